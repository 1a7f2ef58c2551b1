// A word on the screen, or what a picture shows, explains itself: where a mouse rests on it, a finger
// has tapped it, or the keyboard has come to it. Views mark what there is to explain by data-term.

import { unseenZoom } from "../views/charts/drag.js";
import { translated } from "../words/say.js";
import { TERMS_OF_HELD } from "../words/terms-of-held.js";
import { TERMS_OF_LOSSES } from "../words/terms-of-losses.js";
import { TERMS_OF_MANY } from "../words/terms-of-many.js";
import { TERMS } from "../words/terms.js";

const REST = 400; // milliseconds that a mouse rests before it is told anything

/**
 * @param {HTMLElement} root
 * @param {(said: () => string) => string} inItsLanguage  the view's
 * @returns {() => void} stop
 */
export function explaining(root, inItsLanguage) {
  const page = /** @type {ShadowRoot} */ (root.getRootNode());
  const tip = document.createElement("p");
  tip.className = "tip";
  tip.id = "tip";
  tip.role = "tooltip";
  tip.hidden = true;
  root.append(tip);

  /** @type {Element | null} */
  let explained = null;
  let resting = 0;

  const hide = () => {
    clearTimeout(resting);
    explained?.removeAttribute("aria-describedby");
    explained = null;
    tip.hidden = true;
  };

  /**
   * @param {Element | null} element
   * @param {MouseEvent} [pointer]  that is on it
   */
  const show = (element, pointer) => {
    hide();
    if (!element) return;
    explained = element;
    const term = /** @type {string} */ (element.getAttribute("data-term"));
    const more = element.getAttribute("data-more") ?? "";
    tip.textContent = `${inItsLanguage(() => said(term))} ${more}`.trim();
    tip.hidden = false;
    element.setAttribute("aria-describedby", tip.id);
    const place = pointer ? under(pointer, root) : element.getBoundingClientRect();
    putBeside(place, tip, root);
  };

  // What is drawn lies under what can be taken hold of, and is nothing to a pointer but here.
  const meantAt = (/** @type {MouseEvent} */ { clientX, clientY }) => {
    root.classList.add("feeling");
    const stack = page.elementsFromPoint(clientX, clientY);
    root.classList.remove("feeling");
    return stack.includes(tip) ? explained : meant(stack);
  };

  /** @type {Record<string, (event: any) => void>} */
  const heard = {
    pointermove(event) {
      if (event.pointerType !== "mouse") return;
      clearTimeout(resting);
      if (explained && meantAt(event) !== explained) hide();
      if (explained || event.buttons) return;
      resting = window.setTimeout(() => show(meantAt(event), event), REST);
    },
    pointerleave: ({ target }) => target === root && hide(),
    pointerdown: hide,
    click(event) {
      if (event.pointerType === "touch") show(meantAt(event), event);
    },
    focusin: ({ target }) => target.matches(":focus-visible") && show(meant([target])),
    focusout: hide,
    keydown: ({ key }) => key === "Escape" && hide(),
  };
  // Before anyone who keeps an event to himself, as who drags does.
  for (const [name, hear] of Object.entries(heard)) root.addEventListener(name, hear, true);
  return hide; // what is heard goes with the view
}

/** The first of some elements that is explained, or is in what is. @param {Element[]} elements */
const meant = (elements) =>
  elements.map((element) => element.closest("[data-term]")).find(Boolean) ?? null;

/** In some pages, there are no words but those of a line. @param {string} term */
const said = (term) =>
  translated(
    TERMS[term] ?? TERMS_OF_MANY?.[term] ?? TERMS_OF_LOSSES?.[term] ?? TERMS_OF_HELD?.[term],
  );

/**
 * What a pointer covers, in the pixels that what is on the page is measured in.
 * @param {MouseEvent} event
 * @param {HTMLElement} root
 */
function under({ clientX, clientY }, root) {
  const zoom = unseenZoom(root);
  return new DOMRect(clientX / zoom, clientY / zoom, 0, 20);
}

/**
 * Under it, or over it where there is no room; and nowhere beyond the view's sides. The page may show
 * all of that larger or smaller.
 * @param {DOMRectReadOnly} at
 * @param {HTMLElement} tip
 * @param {HTMLElement} root
 */
function putBeside(at, tip, root) {
  const whole = root.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(at.left, whole.right - width) - whole.left;
  const isLow = at.bottom + height > Math.min(whole.bottom, innerHeight / unseenZoom(root));
  const top = (isLow ? at.top - height : at.bottom) - whole.top;
  const scale = whole.width / root.offsetWidth;
  tip.style.left = `${Math.max(0, left / scale)}px`;
  tip.style.top = `${Math.max(0, top / scale)}px`;
}
