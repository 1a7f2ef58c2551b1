// The place of training in the bowl.

import { html, render } from "lit-html";
import { expect, it } from "vitest";
import { plainView } from "../../plain-view.js";
import { drawSurface } from "../panels.js";

/** @param {unknown} content */
function drawn(content) {
  const root = document.createElement("div");
  render(html`<svg>${content}</svg>`, root);
  return root;
}

it.each([
  ["circle", 0.1],
  ["path", 1.5],
])("where training is in the bowl is a %s at the rate %d", (name, lr) => {
  const { view, next } = plainView({ runs: [{ lr }], steps: 40 });
  const el = drawn(drawSurface(view, next));
  expect(el.querySelector(".handle .now")?.localName).toBe(name);
});
