// The element of a view on the page, with its style sheet; and one with words instead of a view.

import { css } from "./styles.js";
import { isDark } from "./theme.js";

/**
 * A place of the view's own, in the one a host has given: no rule of the page's style sheets, made
 * for a `.panel` or a `button` of its own, reaches into it.
 * @param {HTMLElement} el
 */
export const placeIn = (el) => el.shadowRoot ?? el.attachShadow({ mode: "open" });

/** What a host sees of a view: nobody outside knows what is in its place. @param {Node} root */
export const hostOf = (root) =>
  /** @type {HTMLElement} */ (/** @type {ShadowRoot} */ (root.getRootNode()).host);

/** The style sheet of all views of a page. @type {CSSStyleSheet | undefined} */
let sheet;

/** @param {ShadowRoot} place */
export function addRoot(place) {
  if (!sheet) {
    // Allowed even where a page's policy allows no style but its own.
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  place.adoptedStyleSheets = [sheet];
  const root = document.createElement("div");
  root.className = "gd-widget";
  place.append(root);
  return root;
}

/**
 * Instead of a view: why there is none.
 * @param {ShadowRoot} place
 * @param {unknown} error
 * @returns {() => void} take it away
 */
export function complain(place, error) {
  const root = addRoot(place);
  root.classList.toggle("dark", isDark(place));
  const words = document.createElement("p");
  words.className = "notice error";
  words.role = "alert";
  words.textContent = error instanceof Error ? error.message : String(error);
  root.append(words);
  return () => root.remove();
}
