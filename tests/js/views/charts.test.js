// What charts are made of: numbers as they are read, and scales.

import { html, render } from "lit-html";
import { describe, expect, it } from "vitest";
import { axes, roomFor } from "../../../js/views/charts/axes.js";
import { decimals, fixed, plain } from "../../../js/views/charts/numbers.js";
import { linear, log } from "../../../js/views/charts/scales.js";
import { readout } from "../../../js/views/controls/readout.js";
import { stillAxis } from "../../../js/views/charts/still-axis.js";
import { plainView } from "../plain-view.js";

describe("numbers", () => {
  it.each([
    [1.005, 2, "1.00"],
    [-2.5, 2, "−2.50"],
    [-0.001, 2, "0.00"],
    [12345678, 2, "1.23e+7"],
    [-1e300, 2, "−1.00e+300"],
  ])("shows %d with %i decimals as %s", (value, digits, text) => {
    expect(fixed(value, digits)).toBe(text);
  });

  it.each([
    [0.1, "0.1"],
    [0.75123, "0.751"],
    [-20, "−20"],
    [0, "0"],
    [0.0003, "0.0003"],
    [0.00003, "3e−5"],
    [1e12, "1e+12"],
  ])("writes %d as a person would: %s", (value, text) => {
    expect(plain(value)).toBe(text);
  });

  it("writes out steps, however many", () => {
    const { view } = plainView();
    const row = { ...view.row, step: 12345678 };
    const el = document.createElement("div");
    render(readout(Object.create(view, { row: { value: row } })), el);
    expect(el.querySelector(".value.step")?.textContent).toBe("12,345,678");
  });

  it("gives each quantity the decimals its size asks for", () => {
    const bowl = {
      ...{ n: 100, intercept: 1, mean_x: [0], mean_y: 2.5 },
      ...{ cov_x: [[0.33]], best_slopes: [3], floor: 0.0732 },
    };
    expect(decimals(bowl)).toEqual({ slope: 2, intercept: 2, loss: 4 });
    expect(decimals({ ...bowl, best_slopes: [3000] }).slope).toBe(0);
    expect(decimals({ ...bowl, best_slopes: [0], floor: 0, mean_y: 0 }).loss).toBe(2);
  });
});

describe("scales", () => {
  it("map and invert", () => {
    for (const scale of [linear([2, 10], [300, 0]), log([0.01, 100], [0, 400])]) {
      expect(scale.at(scale.domain[0])).toBeCloseTo(scale.range[0], 9);
      expect(scale.at(scale.domain[1])).toBeCloseTo(scale.range[1], 9);
      expect(scale.invert(scale.at(3))).toBeCloseTo(3, 9);
    }
  });

  it.each([
    [[-1.1, 1.1], 4, [-1, -0.5, 0, 0.5, 1]],
    [[0.05, 0.64], 5, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]],
    [[0, 100], 10, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]],
    [[0, 7], 2, [0, 5]],
    [[-3e-9, 4e-9], 3, [-2e-9, 0, 2e-9, 4e-9]],
    [[1e300, 9e300], 4, [2e300, 4e300, 6e300, 8e300]],
    [[5, 5], 4, []],
  ])("have round ticks: %j", (domain, count, ticks) => {
    expect(linear(/** @type {[number, number]} */ (domain), [0, 100]).ticks(count)).toEqual(ticks);
  });

  it("have a few ticks even where one more is none", () => {
    const [low, high] = [1e17, 1e17 + 64];
    expect(linear([low, high], [0, 100]).ticks(10).length).toBeLessThan(100);
  });

  it.each([
    [[0.05, 10], 2, [0.1, 1, 10]],
    [[0.06, 0.9], 3, [0.1, 0.2, 0.5]],
    [[1e-9, 1e9], 3, [1e-9, 1e-4, 1e1, 1e6]],
    [[1, 1e300], 2, [1, 1e101, 1e202]],
  ])("have log ticks that can be read: %j", (domain, count, ticks) => {
    const found = log(/** @type {[number, number]} */ (domain), [0, 100]).ticks(count);
    expect(found).toHaveLength(ticks.length);
    found.forEach((tick, i) => {
      expect(tick / ticks[i]).toBeCloseTo(1, 9);
    });
  });
});

describe("an axis", () => {
  const still = { isDragging: false, again: null };

  it("stays where it is while all is in it, and goes where it must", () => {
    const axis = stillAxis(0.1);
    const first = axis([0, 10], still);
    expect(first).toEqual([-1, 11]);
    expect(axis([2, 9], still)).toEqual(first);
    expect(axis([0, 20], still)).toEqual([-2, 22]);
    expect(axis([0, 1], still)).toEqual([-0.1, 1.1]);
  });

  it("does not slip away under what is being dragged", () => {
    const axis = stillAxis(0.1);
    const first = axis([0, 10], still);
    expect(axis([0, 50], { ...still, isDragging: true })).toEqual(first);
    expect(axis([0, 50], still)).toEqual([-5, 55]);
  });

  it("moves smoothly, asking for frames until it is there; at once where nothing may move", () => {
    const axis = stillAxis(0.1);
    axis([0, 10], still);
    let asked = 0;
    const motion = { isDragging: false, again: () => void (asked += 1) };
    const way = [axis([0, 20], motion)[1]];
    while (asked === way.length) way.push(axis([0, 20], motion)[1]);
    expect(way.length).toBeGreaterThan(5);
    expect(way).toEqual([...way].sort((a, b) => a - b));
    expect(way.at(-1)).toBe(22);
  });
});

describe("the labels of axes", () => {
  const box = { width: 400, height: 300, top: 8, right: 14, bottom: 36, left: 48 };

  /** @param {[number, number]} xs @param {[number, number]} ys */
  function labels(xs, ys) {
    const root = document.createElement("div");
    const [x, y] = [linear(xs, [48, 386]), linear(ys, [264, 8])];
    render(html`<svg>${axes({ box, x, y, xName: "", yName: "" })}</svg>`, root);
    const texts = (/** @type {string} */ name) =>
      [...root.querySelectorAll(`.ticks .${name}:not(.name)`)].map((text) => text.textContent);
    return [texts("middle"), texts("end")];
  }

  it("have as many digits as tell them apart", () => {
    const [x, y] = labels([0.123456, 0.123459], [1e6, 1e6 + 2]);
    expect(x).toEqual(["0.123456", "0.123457", "0.123458", "0.123459"]);
    expect(y).toEqual(["1000000", "1000000.5", "1000001", "1000001.5", "1000002"]);
    expect(labels([-1, 1], [0, 3])[0]).toEqual(["−1", "−0.5", "0", "0.5", "1"]);
  });

  it("are fewer where they are long", () => {
    const [x] = labels([1e9 + 0.001, 1e9 + 0.004], [0, 1]);
    expect(x.length).toBeLessThan(4);
    expect(new Set(x).size).toBe(x.length);
  });

  it("are given the room they need", () => {
    const y = (/** @type {[number, number]} */ ys) => linear(ys, [264, 8]);
    expect(roomFor(y([-1, 7]))).toBe(48);
    expect(roomFor(y([2.589404, 2.58941]))).toBeGreaterThan(60);
    expect(roomFor(y([5, 5]))).toBe(48);
  });
});
