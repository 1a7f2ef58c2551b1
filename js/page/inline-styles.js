// How elements look, written down in their attributes: for a picture that has no style sheet.

// What of an element's style is written down, because it is not what it would be anyway: these
// are passed on from parent to child, ...
const INHERITED = (
  "fill fill-opacity fill-rule " +
  "font-family font-size font-style font-weight " +
  "stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-opacity stroke-width " +
  "dominant-baseline letter-spacing paint-order shape-rendering text-anchor visibility"
).split(" ");
// ... and these are not. How they are where nothing is said:
const NOT_INHERITED = {
  "mix-blend-mode": "normal",
  opacity: "1",
  "stop-color": "rgb(0, 0, 0)",
  "stop-opacity": "1",
  "vector-effect": "none",
};
// What is about the page, and nothing outside it.
const NOT_KEPT = ["class", "style", "tabindex", "aria-hidden"];

/**
 * Write down how an element and all that is in it look, and drop what cannot be seen.
 * @param {Element} from
 * @param {Element} to
 * @param {CSSStyleDeclaration | null} above  the parent's style
 */
export function inlineStyles(from, to, above) {
  const style = getComputedStyle(from);
  const looks = Object.entries(appearance(style, above));
  for (const name of NOT_KEPT) to.removeAttribute(name);
  for (const [name, value] of looks) to.setAttribute(name, value);
  if (from.localName === "svg") to.setAttribute("overflow", style.overflow);
  const copies = [...to.children];
  [...from.children].forEach((child, i) => {
    if (getComputedStyle(child).display === "none") copies[i].remove();
    else inlineStyles(child, copies[i], style);
  });
  // What templates leave behind.
  for (const node of [...to.childNodes]) if (node.nodeType === Node.COMMENT_NODE) node.remove();
}

/**
 * @param {CSSStyleDeclaration} style
 * @param {CSSStyleDeclaration | null} above
 */
function appearance(style, above) {
  /** @type {Record<string, string>} */
  const said = {};
  for (const name of INHERITED) {
    const value = style.getPropertyValue(name);
    if (value && value !== above?.getPropertyValue(name)) said[name] = value;
  }
  for (const [name, usual] of Object.entries(NOT_INHERITED)) {
    const value = style.getPropertyValue(name);
    if (value && value !== usual) said[name] = value;
  }
  return said;
}
