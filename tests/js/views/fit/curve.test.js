// A fit that is no plain line: the curve of a polynomial, a line through the origin.

import { render } from "lit-html";
import { describe, expect, it } from "vitest";
import { LINE, predict } from "../../../../js/core/model.js";
import { leastSquares } from "../../../../js/core/quadratic.js";
import { plainView } from "../../plain-view.js";
import { fitOf } from "../panels.js";
import { RUNS, drawn } from "../race.js";

const CUBIC = {
  ...{ model: { features: ["x"], degree: 3, intercept: 3 }, guess: [0, 1, 0, -1], steps: 20 },
  labels: { names: ["x", "x^2", "x^3", "intercept"], x_label: "size", y_label: "price" },
};

/** @param {Element} el @param {string} selector */
const placesOf = (el, selector) =>
  (el.querySelector(selector)?.getAttribute("points") ?? "")
    .split(" ")
    .map((pair) => pair.split(",").map(Number));

/** Two scales by two of the dots and what they stand for. @param {Element} el @param {any} view */
function scalesOf(el, { points }) {
  const dots = (el.querySelector(".points")?.getAttribute("d") ?? "").split("M").slice(1);
  const pixels = dots.map((dot) => dot.split(/[,h]/).map(Number));
  const along = (/** @type {Float64Array} */ values, /** @type {0 | 1} */ axis) => {
    const [low, high] = [Math.min(...values), Math.max(...values)].map((v) => values.indexOf(v));
    const [p, q] = [pixels[low][axis], pixels[high][axis]];
    const per = (values[high] - values[low]) / (q - p);
    return (/** @type {number} */ pixel) => values[low] + (pixel - p) * per;
  };
  return [along(points.x, 0), along(points.y, 1)];
}

describe("the curve of a polynomial", () => {
  const { view, next } = plainView(CUBIC);
  const el = drawn(fitOf()(view, { next }));

  /** @param {string} selector @param {number[]} params */
  function expectCurve(selector, params) {
    const [x, y] = scalesOf(el, view);
    const places = placesOf(el, selector);
    expect(places.length).toBeGreaterThan(100);
    for (const [px, py] of places) {
      expect(y(py)).toBeCloseTo(predict(view.labels.model, params, [x(px)]), 1);
    }
  }

  it("is what the model says, from one end of the picture to the other", () => {
    expectCurve("polyline.line", view.row.params);
    const places = placesOf(el, "polyline.line");
    expect([places[0][0], places.at(-1)?.[0]]).toEqual([67, 370]);
  });

  it("has that of the best fit beside it, and earlier ones", () => {
    expectCurve("polyline.goal", leastSquares(view.labels.bowl));
    const ghosts = [...el.querySelectorAll(".ghost")];
    expect(ghosts).toHaveLength(5);
    expectCurve(".ghost", view.history.rowAt(0).params);
  });

  it("has residuals that end on it", () => {
    const [, y] = scalesOf(el, view);
    const ends = [
      ...(el.querySelector(".residuals")?.getAttribute("d") ?? "").matchAll(/V([\d.]+)/g),
    ];
    expect(ends).toHaveLength(100);
    ends.forEach(([, py], i) => {
      const guess = predict(view.labels.model, view.row.params, [view.points.x[i]]);
      expect(y(Number(py))).toBeCloseTo(guess, 1);
    });
  });

  it("is not taken hold of, and its points are; the words say so", () => {
    const names = [...el.querySelectorAll("[role=slider]")].map((one) => one.ariaLabel);
    expect(names).toEqual(["Points"]);
    const words = el.querySelector(".caption")?.textContent?.replace(/\s+/g, " ");
    expect(words).toBe("Drag a point. Double-click to add one.");
  });

  it("is told by its parameters", () => {
    expect(el.querySelector("svg.fit")?.ariaLabel).toMatch(
      /^100 points and, at step 20, the fit: a \[\S+, \S+, …, \S+\]$/,
    );
  });

  it("has the curves of other runs of a race, each in its colour", () => {
    const race = plainView({ ...CUBIC, runs: RUNS });
    const others = drawn(fitOf()(race.view)).querySelectorAll(".other polyline.line");
    expect(others).toHaveLength(2);
  });

  it("is drawn where it is beyond all pictures", () => {
    const far = plainView({ ...CUBIC, guess: [1e200, -1e250, 1e300, 0], steps: 0 });
    expect(drawn(fitOf()(far.view)).innerHTML).not.toMatch(/NaN|Infinity/);
  });

  it("says what a point adds to each part of the gradient, shortened", () => {
    const root = document.createElement("div");
    const fit = fitOf({ motion: /** @type {any} */ ({ redraw() {}, again: null }) });
    render(fit(view), root);
    const points = /** @type {Element} */ (root.querySelector("[aria-label=Points]"));
    points.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    render(fit(view), root);
    expect(root.querySelector(".caption")?.textContent).toMatch(
      /^point \d+: residual \S+, squared \S+; its part of the gradient \S+, \S+, …, \S+$/,
    );
  });
});

it("a line through the origin is drawn as what it is", () => {
  const wish = { model: { features: ["x"], intercept: null }, guess: [2], steps: 3 };
  const { view } = plainView(wish);
  const el = drawn(fitOf()(view));
  const [x, y] = scalesOf(el, view);
  for (const [px, py] of placesOf(el, "polyline.line")) {
    expect(y(py)).toBeCloseTo(view.row.params[0] * x(px), 1);
  }
  expect(LINE.intercept, "unlike any other").toBe(1);
});
