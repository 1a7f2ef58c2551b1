// The fit of several features: what is predicted against what is, or any of them on an axis.

import { render } from "lit-html";
import { describe, expect, it } from "vitest";
import { predict } from "../../../../js/core/model.js";
import { plainView } from "../../plain-view.js";
import { severalFeatures } from "../../several-features.js";
import { STILL, fitOf } from "../panels.js";
import { RUNS, drawn } from "../race.js";

const WISH = {
  points: severalFeatures(3, 60, ([a, b, c], i) => 2 * a - b + c + (i % 5) / 5),
  model: { features: ["rooms", "age", "tax"], intercept: 3 },
  guess: [0, 0, 0, 0],
  labels: { y_label: "price", x_label: "rooms" },
};

/** @param {Element} el @param {string} selector */
const dots = (el, selector) =>
  (el.querySelector(selector)?.getAttribute("d") ?? "")
    .split("M")
    .slice(1)
    .map((dot) => dot.split(/[,hV]/).map(Number));

/** @param {Element} el */
const axisNames = (el) => [...el.querySelectorAll(".ticks .name")].map((name) => name.textContent);

/** How values lie along pixels. @param {ArrayLike<number>} values @param {number[]} pixels */
function scale(values, pixels) {
  const [low, high] = [Math.min, Math.max].map((f) => [...pixels].indexOf(f(...pixels)));
  const per = (values[high] - values[low]) / (pixels[high] - pixels[low]);
  return (/** @type {number} */ pixel) => values[low] + (pixel - pixels[low]) * per;
}

describe("predicted against actual", () => {
  const { view } = plainView(WISH);
  const guesses = Array.from(view.points.y, (_, i) =>
    predict(
      view.labels.model,
      view.row.params,
      view.points.features.map((/** @type {Float64Array} */ values) => values[i]),
    ),
  );
  const el = drawn(fitOf()(view));

  it("has its last two earlier clouds, faintly", () => {
    expect(el.querySelectorAll(".ghost")).toHaveLength(2);
    expect(dots(el, ".ghost")).toHaveLength(60);
    expect(dots(el, ".ghost")).not.toEqual(dots(el, ".guess"));
  });

  it("has a dot for each point, over its y, as high as what is predicted", () => {
    const places = dots(el, ".guess");
    expect(places).toHaveLength(60);
    const x = scale(
      view.points.y,
      places.map(([px]) => px),
    );
    const y = scale(
      guesses,
      places.map(([, py]) => py),
    );
    places.forEach(([px, py], i) => {
      expect(x(px)).toBeCloseTo(view.points.y[i], 1);
      expect(y(py)).toBeCloseTo(guesses[i], 1);
    });
    expect(axisNames(el)).toEqual(["price", "price, predicted"]);
  });

  it("has the diagonal as its goal, and residuals as distances to it", () => {
    const line = /** @type {Element} */ (el.querySelector("line.goal"));
    const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map((n) => Number(line.getAttribute(n)));
    const slope = (y2 - y1) / (x2 - x1);
    const path = el.querySelector(".residuals")?.getAttribute("d") ?? "";
    const residuals = [...path.matchAll(/M([\d.]+),([\d.]+)V([\d.]+)/g)].map((m) => m.map(Number));
    expect(residuals).toHaveLength(60);
    const places = dots(el, ".guess");
    residuals.forEach(([, px, from, to], i) => {
      expect([px, from]).toEqual(places[i].slice(0, 2));
      expect(to).toBeCloseTo(y1 + slope * (px - x1), 0);
    });
  });

  it("has the dots of other runs, each in its colour", () => {
    const race = drawn(fitOf()(plainView({ ...WISH, runs: RUNS }).view));
    expect(race.querySelectorAll(".other .guess")).toHaveLength(2);
  });

  it("lights up the dots of a batch", () => {
    const batch = plainView({ ...WISH, settings: { batch_size: 8 } });
    const lit = drawn(fitOf()(batch.view, { next: batch.next }));
    expect(dots(lit, ".lit")).toHaveLength(8);
  });

  it("draws some of very many", () => {
    const points = severalFeatures(2, 1200, ([a, b]) => a + b);
    const many = plainView({ ...WISH, points, guess: [0, 0, 0], model: { intercept: 2 } });
    expect(dots(drawn(fitOf()(many.view)), ".guess")).toHaveLength(400);
  });
});

describe("a feature on the axis", () => {
  const { view } = plainView(WISH);
  const el = drawn(fitOf()(view, { feature: 1 }));

  it("has the points as they are, and what is predicted of each in the same place", () => {
    const [given, guessed] = [".points:not(.guess)", ".guess"].map((one) => dots(el, one));
    expect(given).toHaveLength(60);
    expect(guessed.map(([px]) => px)).toEqual(given.map(([px]) => px));
    const x = scale(
      view.points.features[1],
      given.map(([px]) => px),
    );
    given.forEach(([px], i) => expect(x(px)).toBeCloseTo(view.points.features[1][i], 1));
    expect(axisNames(el)).toEqual(["age", "price"]);
    expect(el.querySelector(".goal")).toBe(null);
  });

  it("moves the axis at once where another is chosen", () => {
    const fit = fitOf();
    const root = document.createElement("div");
    render(fit(view, { feature: -1 }), root);
    render(fit(view, { feature: 1 }), root);
    expect(dots(root, ".guess")).toEqual(dots(el, ".guess"));
  });
});

describe("points of several features", () => {
  const { view } = plainView(WISH);

  it("cannot be edited; the words say so", () => {
    /** @type {any[]} */
    const edits = [];
    const root = document.createElement("div");
    const fit = fitOf({ motion: STILL });
    const editPoints = (/** @type {any[]} */ ...edit) => void edits.push(edit);
    const draw = () => render(fit(view, { editPoints }), root);
    draw();
    expect(root.querySelector(".caption")?.textContent?.replace(/\s+/g, " ")).toBe(
      "Blue: predicted. These points cannot be dragged.",
    );
    const points = /** @type {Element} */ (root.querySelector("[aria-label=Points]"));
    for (const key of ["ArrowRight", "Delete", "+"])
      points.dispatchEvent(new KeyboardEvent("keydown", { key }));
    root.querySelector(".plot")?.dispatchEvent(new MouseEvent("dblclick"));
    expect(edits).toEqual([]);
    draw();
    expect(root.querySelector(".caption")?.textContent).toMatch(/^point \d+: residual /);
    expect(root.querySelector(".chosen")).toBeTruthy();
    expect(root.querySelector("[aria-label*=line]")).toBe(null);
  });
});
