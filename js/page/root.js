// The element of a view on the page, with its style sheet; and one with words instead of a view.

import { css } from "./styles.js";
import { isDark } from "./theme.js";

/** @param {HTMLElement | ShadowRoot} el */
export function addRoot(el) {
  const root = document.createElement("div");
  root.className = "gd-widget";
  if (el instanceof ShadowRoot) {
    // Ours alone: and allowed even where a page's policy allows no style but its own.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    el.adoptedStyleSheets = [sheet];
  } else {
    const style = document.createElement("style");
    style.textContent = css;
    root.append(style);
  }
  el.append(root);
  return root;
}

/**
 * Instead of a view: why there is none.
 * @param {HTMLElement | ShadowRoot} el
 * @param {unknown} error
 * @returns {() => void} take it away
 */
export function complain(el, error) {
  const root = addRoot(el);
  root.classList.toggle("dark", isDark(el));
  const words = document.createElement("p");
  words.className = "notice error";
  words.setAttribute("role", "alert");
  words.textContent = error instanceof Error ? error.message : String(error);
  root.append(words);
  return () => root.remove();
}
