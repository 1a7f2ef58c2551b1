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

describe("of four parameters", () => {
  /** @param {object} [wish] */
  function shown(wish) {
    const { view, next } = plainView({ ...FOUR, ...wish });
    const scene = newSurfaceScene(STILL)(view, { width: 400, height: 300 });
    const setGuess = vi.fn();
    const look = /** @type {any} */ ({ motion: STILL });
    const el = drawn(surface(view, scene, { next, look, actions: { setGuess } }));
    const handle = /** @type {Element} */ (el.querySelector(".handle"));
    return { el, handle, scene, view, setGuess };
  }

  it("stands in the plane of the flattest and the steepest direction", () => {
    const { el, handle } = shown();
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
    const { handle, view, scene, setGuess } = shown();
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
    const { el, view, scene } = shown();
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
        const numbers =
          /** @type {string} */ (one.getAttribute("transform")).match(/[-\d.e]+/g) ?? [];
        const [a, b, c, d] = numbers.map(Number);
        const lengths = [Math.hypot(a, b), Math.hypot(c, d)];
        expect(Math.max(...lengths)).toBeCloseTo(1e4);
        expect(Math.min(...lengths)).toBeLessThan(1e4);
      }
    }
  });
});
