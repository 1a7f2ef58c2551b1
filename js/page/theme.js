// Light or dark: what the page behind the widget is, whoever made it so. A frame is transparent:
// behind it is the page that it is part of, where that may be looked at.

/**
 * Whether the first background colour found behind an element is dark.
 * @param {HTMLElement | ShadowRoot} el
 */
export function isDark(el) {
  if (matchMedia("print").matches) return false; // paper is white
  // (Nodes of another page are of other classes: instanceof would not know them.)
  /** @type {any} */
  let node = el;
  while (node) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      const behind = lightness(getComputedStyle(node).backgroundColor);
      if (behind !== null) return behind < 0.5;
    }
    node = node.parentNode ?? node.host ?? node.defaultView?.frameElement;
  }
  // Nothing has a colour: the browser's own, unless the page says that it knows dark.
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  return scheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
}

/**
 * How light a colour is, from 0 to 1; null where one sees through it.
 * @param {string} color  as browsers compute it: rgb, color(srgb …), lab, lch, oklab or oklch
 */
export function lightness(color) {
  const numbers = color.replace(/^color\(\S+/, "").match(/-?[\d.]+(e-?\d+)?/g) ?? [];
  const [r, g, b, alpha = 1] = numbers.map(Number);
  if (r === undefined || alpha <= 0.5) return null;
  if (color.startsWith("ok")) return r;
  if (color.startsWith("l")) return r / 100;
  // Weights of red, green and blue in brightness: ITU-R BT.601.
  return (0.299 * r + 0.587 * g + 0.114 * b) / (color.startsWith("rgb") ? 255 : 1);
}

/**
 * Be called when the page may have changed its theme.
 * @param {() => void} changed
 * @returns {() => void} stop
 */
export function onThemeChange(changed) {
  // Themes are switched by an attribute of the page, a style sheet, or both in some order.
  const later = () => void requestAnimationFrame(changed);
  const observer = new MutationObserver(later);
  const documents = [document];
  for (const { defaultView } of documents) {
    const frame = defaultView?.frameElement;
    if (frame) documents.push(frame.ownerDocument);
  }
  for (const page of documents) {
    page.addEventListener("load", later, true);
    for (const node of [page.documentElement, page.body]) {
      observer.observe(node, { attributes: true });
    }
  }
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", later);
  return () => {
    observer.disconnect();
    for (const page of documents) page.removeEventListener("load", later, true);
    system.removeEventListener("change", later);
  };
}
