// The mark of what can be dragged: on its value, or at the border that this is beyond.

import { html, render } from "lit-html";
import { describe, expect, it } from "vitest";
import { mark } from "../../../../js/views/charts/mark.js";

/** 100 pixels in each direction. */
const BOX = { width: 120, height: 120, left: 10, right: 110, top: 10, bottom: 110 };

/** @param {unknown} content */
function drawn(content) {
  const root = document.createElement("div");
  render(html`<svg>${content}</svg>`, root);
  return root;
}

describe("a mark", () => {
  it.each([
    ["in the picture", 40, 50],
    ["at its border, but for what numbers lose", 40, 110.0001],
  ])("%s is a circle", (_, px, py) => {
    const el = drawn(mark(BOX, px, py, 5, 16));
    expect(el.querySelector("path")).toBeNull();
    const circle = el.querySelector("circle.now");
    expect(Number(circle?.getAttribute("cx"))).toBe(px);
    expect(Number(circle?.getAttribute("cy"))).toBeCloseTo(py, 3);
  });

  it.each([
    ["below", 40, 300, "translate(40 110) rotate(90)"],
    ["above, further than can be told", 40, -Infinity, "translate(40 10) rotate(-90)"],
    ["on the right", 1e9, 50, "translate(110 50) rotate(0)"],
    ["beyond a corner", -90, 210, "translate(10 110) rotate(135)"],
  ])("of a value %s is a triangle that points there", (_, px, py, transform) => {
    const el = drawn(mark(BOX, px, py, 5, 16));
    expect(el.querySelector("circle.now")).toBeNull();
    expect(el.querySelector("path.now")?.getAttribute("transform")).toContain(transform);
    expect(el.querySelector("circle.grip"), "it can be taken all the same").not.toBeNull();
  });
});
