// The code panel as tests look at it.

import { render } from "lit-html";
import { code } from "../../../../js/views/code/code.js";
import { linesOf } from "../../../../js/views/code/update-lines.js";
import { plainView } from "../../plain-view.js";

/**
 * The panel on an element that is on no page.
 * @param {import("../../plain-view.js").Wish} [wish]
 * @param {number | null} [line]
 * @param {() => void} [slowStep]
 */
export function show(wish, line = null, slowStep = () => {}) {
  const { view, next } = plainView(wish);
  return draw(view, { lines: linesOf(view, next), line, slowStep });
}

/**
 * @param {any} view
 * @param {import("../../../../js/views/code/code.js").Walk} walk
 * @param {boolean | null} [showsCode]
 * @param {boolean} [isRoomy]
 */
export function draw(view, walk, showsCode = true, isRoomy = false) {
  const el = document.createElement("div");
  const look = {
    showsCode,
    change: (/** @type {object} */ changes) => Object.assign(look, changes),
  };
  render(code(view, walk, look, isRoomy), el);
  return Object.assign(el, { look });
}

/** @param {Element} el @param {string} selector */
export const texts = (el, selector) =>
  Array.from(el.querySelectorAll(selector), (found) =>
    (found.textContent ?? "").replace(/\s+/g, " ").trim(),
  );

/** @param {Element} el */
export const items = (el) => [...el.querySelectorAll("[role=list] > [role=listitem]")];
