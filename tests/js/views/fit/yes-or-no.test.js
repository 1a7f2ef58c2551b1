// The fit of yes or no, and of other losses than the mean square.

import { html, render } from "lit-html";
import { describe, expect, it } from "vitest";
import { sigmoid } from "../../../../js/core/losses.js";
import { objectiveOf } from "../../../../js/core/objective.js";
import { newFitScene } from "../../../../js/views/fit/fit-scene.js";
import { describe as wordsOf } from "../../../../js/views/fit/point-words.js";
import { plainView } from "../../plain-view.js";
import { STILL, fitOf } from "../panels.js";
import { drawn } from "../race.js";

const X = Array.from({ length: 30 }, (_, i) => (i - 15) / 5);
const Y = X.map((x, i) => Number(x + Math.sin(3 * i) > 0));
const OTHER = X.map((_, i) => Math.cos(5 * i));
const LOGISTIC = { points: { x: X, y: Y }, runs: [{ loss: { kind: "cross_entropy" }, lr: 0.5 }] };
const OF_TWO = {
  ...LOGISTIC,
  points: { x: X, y: Y, features: [X, OTHER] },
  labels: { names: ["x0", "x1", "intercept"] },
  guess: [1, 2, 0.5],
};

/** @param {import("../../plain-view.js").Wish} wish */
function shown(wish) {
  const { view, next } = plainView(wish);
  const scene = newFitScene(STILL, async () => null).follow(view, { width: 400, height: 300 }, -1);
  return { view, scene, el: drawn(fitOf()(view, { next })) };
}

describe("yes or no of one feature", () => {
  it("is a curve of how probable yes is, with the best one as the goal", () => {
    const { view, scene, el } = shown(LOGISTIC);
    const { x, y } = scene.frame;
    const { least } = objectiveOf(view);
    for (const [selector, params] of [
      [".line", view.row.params],
      [".goal", least],
    ]) {
      const line = el.querySelector(`polyline${selector}`)?.getAttribute("points") ?? "";
      const places = line.split(" ").map((pair) => pair.split(",").map(Number));
      expect(places.length).toBeGreaterThan(100);
      for (const [px, py] of places)
        expect(y.invert(py)).toBeCloseTo(sigmoid(params[0] * x.invert(px) + params[1]), 2);
    }
    const [low, high] = scene.frame.y.domain;
    expect([low > -0.1, high < 1.1]).toEqual([true, true]);
  });

  it("has neither residuals nor a line to be taken by its ends", () => {
    const { el } = shown(LOGISTIC);
    expect(el.querySelector(".residuals")).toBeNull();
    expect(el.querySelector('[aria-label="The line"]')).toBeNull();
  });

  it("tells what a point adds", () => {
    const { view } = shown(LOGISTIC);
    const guess = view.row.params[0] * X[3] + view.row.params[1];
    const p = sigmoid(guess);
    expect(wordsOf(view, 3)).toContain(`point 4: y ${Y[3]}, predicted ${p.toFixed(3)}, its loss`);
  });
});

describe("points of yes or no", () => {
  /** A fit whose keys are pressed: what is edited by them. @param {import("../../plain-view.js").Wish} wish */
  function editing(wish) {
    const { view } = plainView(wish);
    const fit = fitOf();
    const root = document.createElement("div");
    /** @type {any[][]} */
    const edits = [];
    const draw = () =>
      render(
        html`${fit(view, { editPoints: (/** @type {any[]} */ ...edit) => edits.push(edit) })}`,
        root,
      );
    draw();
    return (/** @type {string} */ key, shiftKey = false) => {
      const points = root.querySelector("[aria-label=Points]");
      points?.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey }));
      draw();
      return edits;
    };
  }

  it("go from no to yes and back, and sideways as others do", () => {
    const press = editing(LOGISTIC);
    press("ArrowRight");
    press("ArrowUp");
    press("ArrowDown");
    const [[i, removed, [[x, y]]], [, , [lower]]] = press("ArrowRight", true);
    expect([i, removed, y]).toEqual([0, 1, 1]);
    expect([x, lower[1]]).toEqual([expect.closeTo(X[0]), 0]);
    const [, , [[right, same]]] = press("ArrowRight", true)[2];
    expect(right).toBeGreaterThan(X[0] + 0.1);
    expect(same).toBe(Y[0]);
  });

  it("are one or the other where they are added, whichever run of a race is chosen", () => {
    const runs = ["mse", "cross_entropy"].map((kind) => ({ loss: { kind }, lr: 0.1 }));
    const [[at, removed, [[, y]]]] = editing({ ...LOGISTIC, runs })("+");
    expect([at, removed]).toEqual([X.length, 0]);
    expect([0, 1]).toContain(y);
  });
});

describe("yes or no of two features", () => {
  it("is a line where both are as probable, among crosses and dots", () => {
    const { view, scene, el } = shown(OF_TWO);
    const { x, y } = scene.frame;
    const line = el.querySelector("line.line");
    const at = (/** @type {1 | 2} */ end) => [
      x.invert(Number(line?.getAttribute(`x${end}`))),
      y.invert(Number(line?.getAttribute(`y${end}`))),
    ];
    for (const [one, other] of [at(1), at(2)]) {
      const [a, b, c] = view.row.params;
      expect(Math.abs(a * one + b * other + c)).toBeLessThan(1e-6 * Math.hypot(one, other));
    }
    const count = (/** @type {string} */ selector, /** @type {RegExp} */ mark) =>
      el.querySelector(selector)?.getAttribute("d")?.match(mark)?.length;
    expect(count(".crosses", /M/g)).toBe(Y.filter(Boolean).length);
    expect(count(".points", /M/g)).toBe(Y.filter((value) => !value).length);
  });

  it("has no line while both features count nothing", () => {
    const { el } = shown({ ...OF_TWO, guess: [0, 0, 0], steps: 0 });
    expect(el.querySelector("line.line")).toBeNull();
  });
});

describe("residuals", () => {
  it.each([
    ["mse", "squares", "squares"],
    ["mae", "squares", "lines"],
    ["huber", "lines", "lines"],
    ["mae", "none", null],
  ])("of %s, wanted as %s, are %s", (kind, residuals, drawnAs) => {
    const { view, next } = plainView({ runs: [{ loss: { kind } }] });
    const el = drawn(fitOf()(view, /** @type {any} */ ({ next, residuals })));
    const found = el.querySelector(".residuals");
    expect(found?.classList.contains(String(drawnAs)) ?? null).toBe(drawnAs && true);
  });
});
