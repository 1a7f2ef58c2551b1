// The fitted line, taken by either end or anywhere between.

import { html, render, svg } from "lit-html";
import { afterEach, describe, expect, it } from "vitest";
import { lineHandles } from "../../../../js/views/fit/line-handles.js";
import { linear } from "../../../../js/views/charts/scales.js";
import { STILL } from "../panels.js";
import { onPage, pointerOn } from "../pointer.js";

/** @type {any} */
let handle;

const pointer = pointerOn(() => handle);

afterEach(() => document.body.replaceChildren());

/** 100 pixels in each direction. */
const BOX = { width: 120, height: 120, left: 10, right: 110, top: 10, bottom: 110 };
const [x, y] = [linear([-1, 1], [10, 110]), linear([-4, 4], [110, 10])];

describe("the line as a whole", () => {
  /** @type {number[][]} */
  let lines;

  /** @param {number} slope @param {number} intercept */
  function show(slope, intercept) {
    const root = document.createElement("div");
    const setGuess = (/** @type {number[]} */ params) => void lines.push(params);
    const row = /** @type {any} */ ({ params: [slope, intercept] });
    const handles = lineHandles(row, { box: BOX, x, y }, [-1, 1], STILL, setGuess);
    render(html`<svg>${svg`${handles}`}</svg>`, root);
    onPage(root);
    lines = [];
    handle = root.querySelector("[aria-label='Whole line']");
    const grip = /** @type {Element} */ (handle.querySelector(".grip"));
    return ["x1", "y1", "x2", "y2"].map((name) => Number(grip.getAttribute(name)));
  }

  it.each([
    ["seen whole", 2, 1, 0.9],
    ["steep", 40, 3, 0.1],
    ["falling out of the picture", -6, 3, 0.6],
    ["seen at its very end", 30, -31, 0.02],
  ])("is taken where it is drawn: %s", (_, slope, intercept, least) => {
    const [x1, y1, x2, y2] = show(slope, intercept);
    for (const [px, py] of [
      [x1, y1],
      [x2, y2],
    ]) {
      expect(py).toBeCloseTo(y.at(slope * x.invert(px) + intercept), 6);
      expect(px >= 10 && px <= 110 && py >= 10 && py <= 110).toBe(true);
    }
    expect(x.invert(x2) - x.invert(x1)).toBeGreaterThan(least);
  });

  it.each([
    [2, 1, 70],
    [-6, 3, 80],
  ])("of %d x + %d stays under the pointer, with its slope", (slope, intercept, px) => {
    show(slope, intercept);
    const py = y.at(slope * x.invert(px) + intercept) + 5; // beside the line
    pointer("pointerdown", { clientX: px, clientY: py });
    pointer("pointermove", { clientX: px, clientY: py });
    expect(lines).toEqual([[slope, expect.closeTo(intercept, 9)]]);
    pointer("pointermove", { clientX: px + 10, clientY: py + 20 });
    const [tilt, lift] = lines[1];
    expect(tilt).toBe(slope);
    expect(y.at(tilt * x.invert(px + 10) + lift) + 5).toBeCloseTo(py + 20, 6);
    pointer("pointerup");
  });

  it("comes back into the picture from beyond its edge", () => {
    const [, y1, , y2] = show(2, 90);
    expect([y1, y2]).toEqual([10, 10]);
    pointer("pointerdown", { clientX: 60, clientY: 10 });
    pointer("pointermove", { clientX: 60, clientY: 60 });
    expect(lines).toEqual([[2, expect.closeTo(0, 9)]]);
    pointer("pointerup");
  });

  it("moves by arrow keys", () => {
    show(2, 1);
    handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp" }));
    handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", shiftKey: true }));
    expect(lines).toEqual([
      [2, expect.closeTo(1.08, 9)],
      [2, expect.closeTo(0.2, 9)],
    ]);
  });
});

it("an end of the line that is not seen is no circle, and the other one is", () => {
  const row = /** @type {any} */ ({ params: [6, 3] });
  const root = document.createElement("div");
  render(
    html`<svg>${svg`${lineHandles(row, { box: BOX, x, y }, [-1, 1], STILL, () => {})}`}</svg>`,
    root,
  );
  const marks = ["Left", "Right"].map(
    (side) => root.querySelector(`[aria-label^=${side}] .now`)?.localName,
  );
  expect(marks).toEqual(["circle", "path"]);
});
