// The place of training in the bowl, of any number of parameters.

import { html, render } from "lit-html";
import { describe, expect, it, vi } from "vitest";
import { bowlOf, gradient, leastSquares } from "../../../../js/core/quadratic.js";
import { levels } from "../../../../js/views/surface/levels.js";
import { newSurfaceScene } from "../../../../js/views/surface/surface-scene.js";
import { surface } from "../../../../js/views/surface/surface.js";
import { linear } from "../../../../js/views/charts/scales.js";
import { plainView } from "../../plain-view.js";
import { STILL, drawSurface } from "../panels.js";

/** @param {unknown} content */
function drawn(content) {
  const root = document.createElement("div");
  render(html`<svg>${content}</svg>`, root);
  return root;
}

const X = Array.from({ length: 30 }, (_, i) => i);
const FEATURES = [
  X.map((i) => ((7 * i) % 30) / 10),
  X.map((i) => ((11 * i + 3) % 29) / 50),
  X.map((i) => Math.sin(i)),
];
const FOUR = {
  points: { x: FEATURES[0], y: X.map((i) => Math.cos(3 * i)), features: FEATURES },
  labels: { names: ["rooms", "age", "tax", "intercept"] },
  guess: [2, -3, 1, 4],
};

it.each([
  ["circle", 0.1],
  ["path", 1.5],
])("where training is in the bowl is a %s at the rate %d", (name, lr) => {
  const { view, next } = plainView({ runs: [{ lr }], steps: 40 });
  const el = drawn(drawSurface(view, next));
  expect(el.querySelector(".handle .now")?.localName).toBe(name);
});

/** @param {import("../../plain-view.js").Wish} wish */
function draw(wish) {
  const { view, next } = plainView(wish);
  const scene = newSurfaceScene(STILL)(view, { width: 400, height: 300 });
  const setGuess = vi.fn();
  const look = /** @type {any} */ ({ motion: STILL });
  const el = drawn(surface(view, scene, { next, look, actions: { setGuess } }));
  const handle = /** @type {Element} */ (el.querySelector(".handle"));
  return { el, handle, scene, view, next, setGuess };
}

/** Numbers in an attribute. @param {Element | null} el @param {string} name */
const numbersIn = (el, name) => (el?.getAttribute(name)?.match(/-?\d[\d.e]*/g) ?? []).map(Number);

describe("of one parameter", () => {
  const ONE = {
    points: { x: [1, 2, 3], y: [2, 3, 7] },
    labels: { names: ["slope"] },
    ...{ intercept: null, guess: [-1], steps: 2, runs: [{ lr: 0.05 }] },
  };
  const CURVATURE = (2 / 3) * (1 + 4 + 9);

  it("is the parabola itself, as a curve of the second degree", () => {
    const { el, view, scene } = draw(ONE);
    const { x, y } = scene.frame;
    const [x0, y0, x1, y1, x2, y2] = numbersIn(el.querySelector(".parabola"), "d");
    for (const t of [0, 0.3, 0.5, 0.9, 1]) {
      const on = (/** @type {number[]} */ [a, b, c]) =>
        a * (1 - t) ** 2 + 2 * b * t * (1 - t) + c * t ** 2;
      const [loss] = gradient(view.labels.bowl, [x.invert(on([x0, x1, x2]))]);
      expect(on([y0, y1, y2])).toBeCloseTo(y.at(loss), 6);
    }
    expect(el.querySelector(".level")).toBe(null);
  });

  it("has a tangent through the place where training is, as steep as the gradient", () => {
    const { el, view, scene } = draw(ONE);
    const { x, y } = scene.frame;
    const tangent = el.querySelector(".tangent");
    const [left, right] = ["1", "2"].map((end) => [
      x.invert(Number(tangent?.getAttribute(`x${end}`))),
      y.invert(Number(tangent?.getAttribute(`y${end}`))),
    ]);
    const { params, loss, grad } = view.row;
    const steepness = (right[1] - left[1]) / (right[0] - left[0]);
    expect(steepness).toBeCloseTo(grad[0], 6);
    expect(left[1] + steepness * (params[0] - left[0])).toBeCloseTo(loss, 6);
  });

  it("has the step along the axis, and from its tip to the curve", () => {
    const { el, view, next, scene } = draw(ONE);
    const [tipX, tipY] = numbersIn(el.querySelector(".landing"), "transform");
    const [px, py] = scene.at(next);
    expect([tipX, tipY]).toEqual([px, scene.at(view.row)[1]]);
    const drop = el.querySelector(".drop");
    expect([drop?.getAttribute("x1"), drop?.getAttribute("y2")].map(Number)).toEqual([px, py]);
  });

  it("has its step end just on the other arm where the rate is critical", () => {
    const { view, next, scene } = draw({ ...ONE, runs: [{ lr: 2 / CURVATURE }] });
    expect(scene.at(next)[1]).toBeCloseTo(scene.at(view.row)[1], 9);
    expect(scene.at(next)[0]).not.toBeCloseTo(scene.at(view.row)[0], 0);
  });

  it("is moved to the left and to the right, by both kinds of keys", () => {
    const { handle, view, scene, setGuess } = draw(ONE);
    expect(handle.getAttribute("aria-label")).toBe("Slope");
    expect(handle.getAttribute("aria-valuetext")).toMatch(/^slope [\d.]+, loss [\d.]+$/);
    for (const [key, by] of /** @type {const} */ ([
      ["ArrowUp", 1],
      ["ArrowLeft", -1],
    ])) {
      handle.dispatchEvent(new KeyboardEvent("keydown", { key }));
      const [[value]] = setGuess.mock.lastCall ?? [];
      const { domain } = scene.frame.x;
      expect(value - view.row.params[0]).toBeCloseTo((by * (domain[1] - domain[0])) / 100, 9);
    }
  });

  it("shows no loss below zero, where there is none", () => {
    const { scene } = draw(ONE);
    const { floor } = scene.ground.bowl;
    const [low, high] = scene.frame.y.domain;
    expect(floor - low).toBeLessThan(0.2 * (high - low));
  });
});

describe("of four parameters", () => {
  const shown = (/** @type {object} */ wish) => draw({ ...FOUR, ...wish });

  it("stands in the plane of the flattest and the steepest direction", () => {
    const { el, handle } = shown({});
    expect(handle.getAttribute("aria-label")).toBe("Flattest direction and steepest direction");
    expect(handle.getAttribute("aria-valuetext")).toMatch(/^flattest direction [−\d.]+, steepest/);
    expect(el.querySelector("svg.surface")?.getAttribute("aria-label")).toBe(
      "The loss as a map of flattest direction and steepest direction",
    );
  });

  it("has level sets that stand still while training moves", () => {
    const [before, after] = [shown({ steps: 0 }), shown({ steps: 30 })].map(({ el }) =>
      [...el.querySelectorAll(".level")].map((one) => one.getAttribute("transform")),
    );
    expect(before).toHaveLength(9);
    expect(after).toEqual(before);
  });

  it("keeps the other directions where a place is moved to by keys", () => {
    const { handle, view, scene, setGuess } = shown({});
    handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", shiftKey: true }));
    const [params] = setGuess.mock.calls[0];
    const off = (/** @type {number[]} */ at) => gradient(view.labels.bowl, at)[0];
    expect(params).toHaveLength(4);
    const [before, after] = [view.row.params, params].map((of) =>
      scene.ground.placeOf({ params: of }),
    );
    expect(after[0] - before[0]).toBeCloseTo(
      (scene.frame.x.domain[1] - scene.frame.x.domain[0]) / 10,
    );
    expect(after[1]).toBeCloseTo(before[1]);
    // What is wrong in other directions is as wrong as before: the loss changes by the bowl's in the plane.
    const inPlane = [before, after].map((place) => gradient(scene.ground.bowl, place)[0]);
    expect(off(params) - off(view.row.params)).toBeCloseTo(inPlane[1] - inPlane[0]);
  });

  it("has its best fit in the middle of the level sets", () => {
    const { el, view, scene } = shown({});
    const [x, y] = scene.at({ params: leastSquares(view.labels.bowl) });
    const matrix = el.querySelector(".level")?.getAttribute("transform");
    expect(matrix).toMatch(new RegExp(`${x} ${y}\\)$`));
    expect(el.querySelector(".best-mark")?.getAttribute("d")).toContain(`M${x - 6},${y}`);
  });
});

describe("levels", () => {
  const frame = {
    box: /** @type {any} */ (null),
    x: linear([-1, 1], [0, 300]),
    y: linear([-1, 1], [200, 0]),
  };

  it("are parallels in a valley, cut to what can be drawn", () => {
    const valleys = [
      bowlOf([[2, 2]], [0, 1]),
      bowlOf(
        [
          [1, 2, 4],
          [1, 2, 4],
        ],
        [1, 2, 3],
        null,
      ),
    ];
    for (const bowl of valleys) {
      const all = [...drawn(levels(bowl, frame)).querySelectorAll(".level")];
      expect(all).toHaveLength(9);
      for (const one of all) {
        const [a, b, c, d] = numbersIn(one, "transform");
        const lengths = [Math.hypot(a, b), Math.hypot(c, d)];
        expect(Math.max(...lengths)).toBeCloseTo(1e4);
        expect(Math.min(...lengths)).toBeLessThan(1e4);
      }
    }
  });
});
