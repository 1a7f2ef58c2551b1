// What is seen after a press, a turn of the wheel, a pinch and a drag.

import { render } from "lit-html";
import { beforeEach, describe, expect, it } from "vitest";
import { zooming } from "../../../../js/views/charts/zoom.js";
import { zoomButtons } from "../../../../js/views/fit/zoom-buttons.js";
import { STILL } from "../panels.js";

/** @typedef {import("../../../../js/views/charts/scales.js").Range} Range */

/** 100 by 100 pixels between the axes. */
const BOX = { width: 120, height: 120, left: 10, right: 110, top: 10, bottom: 110 };

const ALL = { x: /** @type {Range} */ ([0, 8]), y: /** @type {Range} */ ([-4, 4]) };

/** @type {import("../../../../js/types.js").Motion} */
let motion;

/** @type {ReturnType<typeof zooming>} */
let zoom;

/** @type {HTMLElement} */
let root;

/** @param {any} [options] */
function seen({ all = ALL, data = 1 } = {}) {
  const part = zoom.follow(all, data, BOX);
  render(zoomButtons(zoom), root);
  return part;
}

/** @param {string} name */
const button = (name) =>
  /** @type {HTMLButtonElement} */ (root.querySelector(`[aria-label="${name}"]`));

/** @param {string} name */
function press(name) {
  button(name).click();
  return seen();
}

const disabled = () =>
  ["Zoom in", "Zoom out", "Show all"].filter((name) => button(name).ariaDisabled === "true");

/** A pointer's place, in an svg at the page's corner. @param {number} clientX @param {number} clientY */
function at(clientX, clientY) {
  const currentTarget = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  return { currentTarget, clientX, clientY };
}

/** @param {any} fields */
function turn({ place = [60, 60], ...fields }) {
  let isTaken = false;
  const preventDefault = () => (isTaken = true);
  zoom.onWheel({ deltaY: 0, deltaMode: 0, ...at(place[0], place[1]), preventDefault, ...fields });
  return isTaken;
}

/** @param {number[][]} places  of the fingers that are there */
function touch(...places) {
  const touches = places.map(([clientX, clientY]) => ({ clientX, clientY }));
  zoom.onTouch.handleEvent({ touches, ...at(0, 0), preventDefault() {} });
  return seen();
}

beforeEach(() => {
  motion = { ...STILL };
  zoom = zooming(motion);
  root = document.createElement("div");
  document.body.replaceChildren(root);
  seen();
});

describe("the buttons", () => {
  it("see half as much about the middle, twice as much, and all", () => {
    expect(seen()).toBe(ALL);
    expect(disabled()).toEqual(["Zoom out", "Show all"]);
    expect(press("Zoom in")).toEqual({ x: [2, 6], y: [-2, 2] });
    expect(disabled()).toEqual([]);
    expect(press("Zoom in")).toEqual({ x: [3, 5], y: [-1, 1] });
    expect(press("Zoom out")).toEqual({ x: [2, 6], y: [-2, 2] });
    expect(press("Show all")).toBe(ALL);
    expect(disabled()).toEqual(["Zoom out", "Show all"]);
  });

  it("end where numbers do", () => {
    for (let i = 0; i < 40; i++) press("Zoom in");
    const { x } = seen();
    expect(x[1] - x[0]).toBeCloseTo(8e-6, 12);
    expect(4 >= x[0] && 4 <= x[1]).toBe(true);
  });

  it("keep the focus where there is nothing left to do, and are passed over by Tab", () => {
    press("Zoom in");
    button("Show all").focus();
    press("Show all");
    expect(document.activeElement).toBe(button("Show all"));
    expect(button("Show all").tabIndex).toBe(-1);
    press("Show all");
    expect(seen()).toBe(ALL);
    press("Zoom in");
    expect(button("Show all").tabIndex).toBe(0);
  });

  it("move smoothly, and several presses add up", () => {
    let frames = 0;
    motion.again = () => void (frames += 1);
    button("Zoom in").click();
    button("Zoom in").click();
    const first = seen();
    expect(first.x[0]).toBeGreaterThan(0);
    expect(first.x[0]).toBeLessThan(3);
    let part = first;
    for (let now = -1; now !== frames;) {
      now = frames;
      part = seen();
    }
    expect(part).toEqual({ x: [3, 5], y: [-1, 1] });
  });

  it("have arrows move what is seen, as far as there is something", () => {
    press("Zoom in");
    const key = (/** @type {string} */ key, shiftKey = false) => {
      const event = new KeyboardEvent("keydown", {
        key,
        shiftKey,
        bubbles: true,
        cancelable: true,
      });
      button("Zoom in").dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(key("ArrowRight")).toBe(true);
    const { x, y } = seen();
    expect([...x, ...y].map((end) => Number(end.toFixed(9)))).toEqual([2.4, 6.4, -2, 2]);
    key("ArrowDown", true);
    expect(seen().y).toEqual([-4, 0]);
    press("Show all");
    expect(key("ArrowRight"), "a step, as anywhere else").toBe(false);
  });
});

describe("the wheel", () => {
  it("is the page's without a key", () => {
    expect(turn({ deltaY: -120 })).toBe(false);
    expect(seen()).toBe(ALL);
  });

  it.each(["ctrlKey", "metaKey"])("zooms with %s about the pointer", (key) => {
    expect(turn({ deltaY: -120, place: [10, 110], [key]: true })).toBe(true);
    const { x, y } = seen();
    expect([x[0], y[0]]).toEqual([0, -4]);
    expect(x[1]).toBeCloseTo(8 * Math.exp(-0.5));
    expect(y[1]).toBeCloseTo(-4 + 8 * Math.exp(-0.5));
  });

  it("goes as far for a line as for many pixels, and back to all", () => {
    turn({ deltaY: -3, deltaMode: 1, ctrlKey: true });
    const { x } = seen();
    expect(x[1] - x[0]).toBeCloseTo(8 * Math.exp(-0.5));
    turn({ deltaY: 500, ctrlKey: true });
    turn({ deltaY: 500, ctrlKey: true });
    expect(seen()).toBe(ALL);
  });
});

describe("fingers", () => {
  it("pinch about what is between them, and move it", () => {
    touch([50, 60], [70, 60]);
    expect(touch([40, 60], [80, 60])).toEqual({ x: [2, 6], y: [-2, 2] });
    const { x, y } = touch([50, 70], [90, 70]);
    expect([...x, ...y].map((end) => Number(end.toFixed(9)))).toEqual([1.6, 5.6, -1.6, 2.4]);
    touch([50, 70]);
    touch([0, 0], [99, 0]);
    expect(seen(), "a new pinch begins where things are").toEqual({ x, y });
  });

  it("drag nothing while all is seen", () => {
    expect(zoom.pan).toBe(null);
    press("Zoom in");
    expect(zoom.pan).not.toBe(null);
  });
});

describe("what is seen", () => {
  it("is all of other data", () => {
    press("Zoom in");
    expect(seen({ data: 2 })).toBe(ALL);
  });

  it("stays where it is while all changes, unless there is less", () => {
    press("Zoom in");
    expect(seen({ all: { x: [-10, 10], y: [-4, 4] } })).toEqual({ x: [2, 6], y: [-2, 2] });
    expect(seen({ all: { x: [0, 5], y: [-1, 1] } })).toEqual({ x: [1, 5], y: [-1, 1] });
  });
});
