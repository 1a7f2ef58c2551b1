// What training does along each principal direction.

import { html, render } from "lit-html";
import { describe, expect, it } from "vitest";
import { curvatures, errorsAlongAxes } from "../../../../js/core/quadratic.js";
import { planOf } from "../../../../js/core/stretches.js";
import { directionsOf, times, wordsOf } from "../../../../js/views/directions/along.js";
import { directions } from "../../../../js/views/directions/directions.js";
import { plainView } from "../../plain-view.js";

const X = Array.from({ length: 40 }, (_, i) => i);

/** Features whose sizes are far apart. @param {number} d @param {object} [wish] */
function viewOf(d, wish) {
  const features = Array.from({ length: d }, (_, j) =>
    X.map((i) => Math.sin((i + 1) * (j + 1) * 1.7) / (1 + j)),
  );
  const points = { x: features[0], y: X.map((i) => Math.cos(3 * i)), features };
  const guess = features.map((_, i) => i + 1);
  return plainView({ points, guess, model: { intercept: null }, runs: [{ lr: 0.5 }], ...wish })
    .view;
}

/** @param {any} view */
const planFor = (view) => planOf(view.run, view.settings, view.labels.bowl.n);

/** @param {any} view */
const foundIn = (view) => directionsOf(view, planFor(view));

/** @param {any} view @param {number} [width] */
function drawn(view, width = 400) {
  const root = document.createElement("div");
  render(html`${directions(view, { width, height: 160 })}`, root);
  return root;
}

describe("along each direction", () => {
  it("the steepest comes first, and what is left is what the steps have left", () => {
    const view = viewOf(4);
    const found = foundIn(view);
    expect(found.map(({ curvature }) => curvature)).toEqual(
      [...curvatures(view.labels.bowl)].reverse(),
    );
    for (const { curvature, left, factor } of found) {
      expect(factor).toBeCloseTo(1 - 0.5 * curvature, 12);
      expect(left / Math.abs(Number(factor)) ** view.row.step).toBeCloseTo(1, 6);
    }
  });

  it.each(["momentum", "nesterov"])("the factor of %s is that of the long run", (optimizer) => {
    const view = viewOf(3, { runs: [{ optimizer, lr: 0.02, steps: 400 }] });
    const { history, labels } = view;
    const after = (/** @type {number} */ step) =>
      errorsAlongAxes(labels.bowl, history.rowAt(step).params).reverse();
    foundIn(view).forEach(({ factor }, i) => {
      // Complex roots swing: of a window of steps, the largest one counts.
      const most = (/** @type {number} */ from) =>
        Math.max(...Array.from({ length: 40 }, (_, k) => after(from + k)[i].error));
      const measured = (most(160) / most(60)) ** (1 / 200);
      expect(Math.abs(measured - Number(factor))).toBeLessThan(0.01);
    });
  });

  it("there is no factor where steps leave no fixed share", () => {
    const wishes = [
      { runs: [{ optimizer: "adam" }] },
      { runs: [{ optimizer: "bfgs" }] },
      { runs: [{ outside: true }] },
      { settings: { batch_size: 8 } },
    ];
    for (const wish of wishes) {
      const view = viewOf(3, wish);
      expect(foundIn(view).map(({ factor }) => factor)).toEqual([null, null, null]);
      expect(drawn(view).querySelector(".caption")?.textContent).toMatch(/no fixed share/);
    }
  });

  it.each([
    [0.5, "×0.5"],
    [-0.52, "×−0.52"],
    [0.99934, "×0.9993"],
    [1.0002, "×1.0002"],
    [1, "×1"],
    [0, "×0"],
    [-1.3e-15, "×0"],
  ])("a factor of %d has the digits that tell it from 1", (factor, words) => {
    expect(times(factor)).toBe(words);
  });
});

describe("in words", () => {
  const wordsFor = (/** @type {any} */ view) =>
    wordsOf(foundIn(view), planFor(view), view.labels.bowl);

  it("the flattest is slowest at a low rate, and the steepest just below the critical one", () => {
    const [steepest] = [...curvatures(viewOf(4).labels.bowl)].reverse();
    const said = [0.1, 1.99 / steepest, 2.5 / steepest].map((lr) =>
      wordsFor(viewOf(4, { runs: [{ lr }], steps: 2 })),
    );
    expect(said[0]).toMatch(/^Slowest: flattest, ×0.9\d+. Diverges: steepest, at /);
    expect(said[1]).toMatch(/^Slowest: steepest, ×0.99. Diverges: steepest, at /);
    expect(said[2]).toMatch(/^The steepest diverges: ×−1.5\./);
  });

  it("none is slowest where momentum has them all swing", () => {
    const view = viewOf(2, { runs: [{ optimizer: "momentum", lr: 1 }] });
    expect(wordsFor(view)).toMatch(/^Slowest: all alike, ×0.95\./);
  });

  it("what has no error is not slow", () => {
    const features = [X.map((i) => Math.sin(i)), X.map((i) => Math.sin(i)), X.map((i) => i / 50)];
    const points = { x: features[0], y: X, features };
    const view = plainView({ points, guess: [1, 0, 0], model: { intercept: null } }).view;
    const [, , flat] = foundIn(view);
    expect(Math.abs(Number(flat.factor) - 1)).toBeLessThan(1e-12);
    expect(wordsFor(view)).not.toContain("×1.");
  });
});

describe("the picture", () => {
  it("has a bar for each direction, and numbers where there is room", () => {
    const el = drawn(viewOf(4));
    expect(el.querySelector(".bars")?.getAttribute("d")?.match(/M/g)).toHaveLength(4);
    expect(el.querySelector(".factors")).toBe(null);
    const texts = [...el.querySelectorAll("text")].map((text) => text.textContent);
    expect(texts.filter((text) => text?.startsWith("×"))).toHaveLength(4);
    expect(texts).toEqual(expect.arrayContaining(["curvature", "factor", "steepest", "flattest"]));
  });

  it("has the factors of many as bars, too", () => {
    const el = drawn(viewOf(30));
    expect(el.querySelector(".factors")?.getAttribute("d")?.match(/M/g)).toHaveLength(30);
    expect(el.innerHTML).not.toMatch(/NaN|Infinity/);
    expect(el.querySelectorAll("text").length).toBeLessThan(15);
  });

  it("says what it shows", () => {
    const picture = drawn(viewOf(4)).querySelector("svg");
    expect(picture?.getAttribute("role")).toBe("img");
    expect(picture?.getAttribute("aria-label")).toMatch(/^The error along 4 principal .* Slowest/);
  });

  it("has room for what has diverged, and for what is gone", () => {
    for (const [lr, steps] of [
      [40, 60],
      [0.5, 3000],
    ]) {
      const el = drawn(viewOf(3, { runs: [{ lr }], steps }));
      expect(el.innerHTML).not.toMatch(/NaN|Infinity/);
    }
  });
});
