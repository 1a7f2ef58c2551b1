// Dragging by a pointer: by that one alone, until it is let go or another one comes.

import { render, svg } from "lit-html";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { html } from "lit-html";
import { dragging } from "../../../js/views/charts/drag.js";
import { lineHandles } from "../../../js/views/fit/line-handles.js";
import { linear } from "../../../js/views/charts/scales.js";
import { STILL } from "./panels.js";

/** @type {any} */
let handle;
/** @type {any[][]} */
let heard;

/** @param {Element} target */
function onPage(target) {
  document.body.append(target);
  Object.assign(SVGElement.prototype, { setPointerCapture() {} }); // which jsdom has not
}

/** @param {string} type @param {PointerEventInit} [how] @param {Element} [target] */
const pointer = (type, how, target = handle) =>
  target.dispatchEvent(
    new PointerEvent(type, { pointerId: 1, isPrimary: true, bubbles: true, ...how }),
  );

afterEach(() => document.body.replaceChildren());

describe("a handle", () => {
  beforeEach(() => {
    heard = [];
    handle = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    onPage(handle);
    const drag = {
      start: () => heard.push(["start"]),
      to: (/** @type {number} */ x, /** @type {number} */ y) => heard.push(["to", x, y]),
      end: () => heard.push(["end"]),
    };
    // As often as it is drawn it has another handler.
    handle.addEventListener("pointerdown", (/** @type {any} */ event) => dragging(drag)(event));
  });

  it("follows its pointer until that is let go", () => {
    pointer("pointerdown", { clientX: 10, clientY: 10 });
    pointer("pointermove", { clientX: 13, clientY: 8 });
    pointer("pointerup");
    pointer("pointermove", { clientX: 50 });
    expect(heard).toEqual([["start"], ["to", 3, -2], ["end"]]);
  });

  it("heeds no other pointer", () => {
    pointer("pointerdown");
    pointer("pointermove", { pointerId: 2, clientX: 90 });
    pointer("pointerup", { pointerId: 2 });
    pointer("pointermove", { clientX: 3 });
    expect(heard).toEqual([["start"], ["to", 3, 0]]);
    pointer("pointerup");
  });

  it.each([
    ["on it", () => handle],
    ["elsewhere", () => document.body],
  ])("is let go when a second finger comes %s: that is a pinch", (_, target) => {
    pointer("pointerdown");
    pointer("pointerdown", { pointerId: 2, isPrimary: false }, target());
    pointer("pointermove", { clientX: 40 });
    pointer("pointermove", { pointerId: 2, clientX: 90 }, target());
    expect(heard).toEqual([["start"], ["end"]]);
  });

  it.each(["pointercancel", "lostpointercapture"])("is let go at a %s", (type) => {
    pointer("pointerdown");
    pointer(type);
    pointer("pointermove", { clientX: 40 });
    expect(heard).toEqual([["start"], ["end"]]);
  });

  it("is taken by the main button alone", () => {
    pointer("pointerdown", { button: 2 });
    pointer("pointermove", { clientX: 40 });
    expect(heard).toEqual([]);
  });
});

describe("the line as a whole", () => {
  /** 100 pixels in each direction. */
  const BOX = { width: 120, height: 120, left: 10, right: 10, top: 10, bottom: 10 };
  const [x, y] = [linear([-1, 1], [10, 110]), linear([-4, 4], [110, 10])];
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
