// Very many points: what is drawn of their picture, and when a finer one is asked for.

import { render } from "lit-html";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeLine } from "../../../../js/core/make-line.js";
import { bowlOf } from "../../../../js/core/quadratic.js";
import { settled } from "../../fake-clock.js";
import { plainView } from "../../plain-view.js";
import { STILL, fitOf } from "../panels.js";

/** @typedef {[number, number]} Pair */

/** @type {[Pair, Pair]} */
const EXTENT = [
  [-1, 1],
  [-2, 6],
];

/** Two columns and one row: none on the left, three on the right. */
const PICTURE = {
  ...{ x: EXTENT[0], y: EXTENT[1], columns: 2, rows: 1, most: 3, extent: EXTENT },
  shades: new Uint8Array([0, 255]),
};

describe("the picture of very many points", () => {
  const POINTS = /** @type {any} */ (
    makeLine({ n: 1000, noise: "uniform", seed: 1, true_params: [3, 2] })
  );
  /** What was drawn on the canvas: where from, and where to. @type {number[][]} */
  let drawn = [];
  const context = {
    ...{ clearRect() {}, fillRect() {}, scale() {}, translate() {} },
    putImageData() {},
    drawImage: (/** @type {any} */ _, /** @type {number[]} */ ...place) => drawn.push(place),
  };
  const redraws = { n: 0 };
  const motion = {
    ...STILL,
    redraw: () => void (redraws.n += 1),
  };
  /** @type {any[][]} */
  let asked = [];
  /** @type {((answer: any) => void)[]} */
  let answers = [];
  const pictureOf = (/** @type {any[]} */ ...part) => {
    asked.push(part);
    return new Promise((resolve) => answers.push(resolve));
  };

  class FakeImageData {
    /** @param {number} width @param {number} height */
    constructor(width, height) {
      this.data = new Uint8ClampedArray(4 * width * height);
    }
  }

  /** @type {HTMLElement} */
  let root;
  /** @type {ReturnType<typeof fitOf>} */
  let fit;

  /** @param {Record<string, any>} [changes] */
  async function show(changes = {}) {
    const { view } = plainView({ points: POINTS, changes: { picture: PICTURE, ...changes } });
    render(fit(view), root);
    await settled();
    return view;
  }

  const press = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (root.querySelector(`[aria-label="${name}"]`)).click();

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.stubGlobal("ImageData", FakeImageData);
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(
      /** @type {any} */ (context),
    );
    [drawn, asked, answers] = [[], [], []];
    fit = fitOf({ motion, pictureOf });
    root = document.createElement("div");
    document.body.append(root);
  });

  afterEach(() => {
    root.remove();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it("is a canvas under the chart, and a hundred points with their residuals", async () => {
    await show();
    expect(root.querySelector("canvas.density + svg.dense")).toBeTruthy();
    expect(drawn).toHaveLength(1);
    const path = (/** @type {string} */ name) => root.querySelector(name)?.getAttribute("d");
    expect(path(".points")?.match(/h\.1/g)).toHaveLength(100);
    expect(path(".residuals")?.match(/V/g)).toHaveLength(100);
    expect(root.textContent).toContain("1,000 points, shaded by number. Zoom in to see more.");
    expect(root.querySelector("[aria-label=Points]")).toBe(null);
  });

  it("is a canvas for very many points alone", async () => {
    await show({ picture: null });
    expect(root.querySelector("canvas")).toBe(null);
    expect(root.querySelector("[aria-label=Points]")).toBeTruthy();
  });

  it("stands where its cells are in the chart, whose axes hold all points", async () => {
    await show();
    const [[left, top, width, height]] = drawn;
    // x from -1.08 to 1.08 on 303 pixels; y from below -2 to above 6 on 268.
    expect(left).toBeCloseTo(67 + (303 * 0.08) / 2.16);
    expect(width).toBeCloseTo((303 * 2) / 2.16);
    expect(top).toBeGreaterThan(8);
    expect(top + height).toBeLessThan(276);
  });

  it("is not drawn again for a step, and is for another theme, picture or part", async () => {
    await show();
    await show({ step: 15 });
    expect(drawn).toHaveLength(1);
    root.classList.add("dark");
    await show();
    expect(drawn).toHaveLength(2);
    await show({ picture: { ...PICTURE } });
    expect(drawn).toHaveLength(3);
    press("Zoom in");
    await show();
    expect(drawn).toHaveLength(4);
  });

  it("is asked for in finer cells after a rest, once, and drawn over the one there is", async () => {
    const shades = new Uint8Array(256 * 256);
    const picture = { ...PICTURE, columns: 256, rows: 256, most: 99, shades };
    await show({ picture });
    vi.advanceTimersByTime(1000);
    expect(asked, "all is seen, and fine enough").toHaveLength(0);
    press("Zoom in");
    await show({ picture });
    vi.advanceTimersByTime(100);
    press("Zoom in");
    await show({ picture });
    vi.advanceTimersByTime(100);
    expect(asked).toHaveLength(0);
    vi.advanceTimersByTime(50);
    expect(asked).toHaveLength(1);
    const [[x, y]] = asked;
    expect(x[1] - x[0]).toBeCloseTo(2.16 / 4);

    // Meanwhile another part is looked at: it is asked for when there is an answer.
    press("Zoom in");
    await show({ picture });
    vi.advanceTimersByTime(1000);
    expect(asked).toHaveLength(1);
    const before = drawn.length;
    const { n } = redraws;
    answers[0]({ ...picture, x, y, extent: undefined });
    await settled();
    expect(redraws.n).toBe(n + 1);
    await show({ picture });
    expect(drawn.length - before).toBe(2);
    vi.advanceTimersByTime(1000);
    expect(asked, "cells of 1/256 of twice what is seen are fine enough").toHaveLength(1);
    press("Zoom in");
    await show({ picture });
    vi.advanceTimersByTime(150);
    expect(asked).toHaveLength(2);
  });

  it("is of these points: an answer about others is dropped, and asked for anew", async () => {
    await show();
    press("Zoom in");
    await show();
    vi.advanceTimersByTime(150);
    expect(asked).toHaveLength(1);
    const others = bowlOf([[1, 2, 3]], [4, 5, 7]);
    const labels = { ...(await show()).labels, bowl: others };
    await show({ labels });
    const before = drawn.length;
    answers[0]({ ...PICTURE, columns: 1000 });
    await settled();
    await show({ labels });
    expect(drawn).toHaveLength(before);
    vi.advanceTimersByTime(150);
    expect(asked).toHaveLength(2);
  });

  it("stays as it is where no finer one is to be had, which is asked for once", async () => {
    await show();
    press("Zoom in");
    await show();
    vi.advanceTimersByTime(150);
    answers[0](null);
    await settled();
    await show();
    vi.advanceTimersByTime(1000);
    await show();
    expect(asked).toHaveLength(1);
  });

  it("has a dot for each point where they lie apart", async () => {
    const shades = new Uint8Array(100);
    shades[37] = 255;
    await show({ picture: { ...PICTURE, columns: 10, rows: 10, shades } });
    const [[left, top], ...others] = drawn;
    expect(others.map(([x, y]) => Math.abs(x - left) + Math.abs(y - top))).toEqual([1, 1, 1, 1]);
  });

  it("is drawn where all x are one", async () => {
    /** @type {[Pair, Pair]} */
    const extent = [[2, 2], EXTENT[1]];
    await show({ picture: { ...PICTURE, x: [2, 2], extent } });
    const [[left, , width]] = drawn;
    expect([left, width]).toEqual([67 + 151.5, 1]);
  });
});
