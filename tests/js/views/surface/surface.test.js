// The place of training in the bowl, of any number of parameters.

import { html, render } from "lit-html";
import { describe, expect, it, vi } from "vitest";
import { bowlOf, gradient, leastSquares, levelSet } from "../../../../js/core/quadratic.js";
import { levels } from "../../../../js/views/surface/levels.js";
import { landingArrow } from "../../../../js/views/surface/path.js";
import { hasChoice } from "../../../../js/views/surface/ground.js";
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

/**
 * @param {import("../../plain-view.js").Wish} wish
 * @param {[number, number] | null} [plane]
 * @param {[number, number] | null} [turn]
 */
function draw(wish, plane = null, turn = null, change = vi.fn()) {
  const { view, next } = plainView(wish);
  const scene = newSurfaceScene(STILL, async () => null)(
    view,
    { width: 400, height: 300 },
    { plane, turn },
  );
  const setGuess = vi.fn();
  const look = /** @type {any} */ ({ motion: STILL, plane, turn, change });
  const el = drawn(surface(view, scene, { next, look, inFull: true, actions: { setGuess } }));
  const handle = /** @type {Element} */ (el.querySelector(".handle"));
  return { el, handle, scene, view, next, setGuess, change };
}

it("has names off the path, which move seldom while it plays, and never back", () => {
  const LETTER = 6; // pixels, on average
  /** @type {Record<string, string[]>} */
  const seen = {};
  for (let steps = 1; steps < 60; steps++) {
    const runs = [{ optimizer: "momentum", lr: 0.02 }];
    const { el } = draw({ runs, steps, labels: { makes: { true_params: [2.5, 0.3] } } });
    const line = numbersIn(el.querySelector("polyline.path"), "points");
    const path = line.flatMap((x, i) => (i % 2 ? [] : [[x, line[i + 1]]]));
    for (const name of el.querySelectorAll(".over text")) {
      const [x, y] = ["x", "y"].map((at) => Number(name.getAttribute(at)));
      const text = String(name.textContent);
      const left = name.classList.contains("end") ? x - LETTER * text.length : x;
      const right = left + LETTER * text.length;
      const isOn = path.some(([px, py]) => px > left && px < right && py > y - 9 && py < y + 3);
      expect(isOn, `${text} at step ${steps}`).toBe(false);
      const places = (seen[text] ??= []);
      if (places.at(-1) === `${x} ${y}`) continue;
      expect(places, `${text} is back at step ${steps}`).not.toContain(`${x} ${y}`);
      places.push(`${x} ${y}`);
    }
  }
  expect(Object.keys(seen)).toEqual(["best fit", "true (2.5, 0.3)", "guess"]);
});

/** @param {import("../../../../js/views/surface/surface-scene.js").SurfaceScene} scene */
const bowlIn = ({ ground }) =>
  /** @type {import("../../../../js/core/quadratic.js").Bowl} */ (ground.bowl);

/** Numbers in an attribute. @param {Element | null} el @param {string} name */
const numbersIn = (el, name) => (el?.getAttribute(name)?.match(/-?\d[\d.e]*/g) ?? []).map(Number);

const ONE = {
  points: { x: [1, 2, 3], y: [2, 3, 7] },
  labels: { names: ["slope"] },
  ...{ model: { intercept: null }, guess: [-1], steps: 2, runs: [{ lr: 0.05 }] },
};

describe("of one parameter", () => {
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
    const [tipX, tipY] = numbersIn(el.querySelector(".landing path"), "d");
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
    const { floor } = bowlIn(scene);
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
    const inPlane = [before, after].map((place) => gradient(bowlIn(scene), place)[0]);
    expect(off(params) - off(view.row.params)).toBeCloseTo(inPlane[1] - inPlane[0]);
  });

  it.each([
    [4, 0.02],
    [4, 0],
    [-0.01, 7],
    [3, -3],
  ])("has rings that are longer along the flattest: off by %d and %d", (flat, steep) => {
    const { scene: first, view } = shown({});
    const guess = first.ground.paramsAt([flat, steep]);
    expect(guess).not.toEqual(view.guess);
    for (const turn of [null, /** @type {[number, number]} */ ([0, Math.PI / 2])]) {
      const { scene } = draw({ ...FOUR, guess, steps: 0 }, null, turn);
      const bowl = bowlIn(scene);
      const [[wide], [, high]] = levelSet(bowl, 1);
      const [origin, right, up] = [
        [0, 0],
        [wide, 0],
        [0, high],
      ].map((place) => scene.project(place, 0));
      const [[[flattest], [, steepest]]] = [bowl.cov_x];
      const truly = Math.sqrt(steepest / flattest);
      expect((right[0] - origin[0]) / (origin[1] - up[1])).toBeGreaterThan(Math.min(2, truly));
    }
  });

  it("has its best fit in the middle of the level sets", () => {
    const { el, view, scene } = shown({});
    const [x, y] = scene.at({ params: leastSquares(view.labels.bowl) });
    const matrix = el.querySelector(".level")?.getAttribute("transform");
    expect(matrix).toMatch(new RegExp(`${x} ${y}\\)$`));
    expect(el.querySelector(".best-mark")?.getAttribute("d")).toContain(`M${x - 6},${y}`);
  });
});

describe("the plane of two parameters", () => {
  const [AGE, ROOMS] = [1, 0];

  it("is a section through the parameters shown, of the loss itself", () => {
    const { scene, view, handle } = draw(FOUR, [AGE, ROOMS]);
    expect(handle.getAttribute("aria-label")).toBe("Age and rooms");
    const params = scene.ground.paramsAt([3, -2]);
    [-2, 3, ...view.row.params.slice(2)].forEach((value, i) =>
      expect(params[i]).toBeCloseTo(value),
    );
    expect(gradient(bowlIn(scene), [3, -2])[0]).toBeCloseTo(gradient(view.labels.bowl, params)[0]);
  });

  it("has level sets that move with the others, and says so", () => {
    const [before, after] = [0, 30].map((steps) => draw({ ...FOUR, steps }, [AGE, ROOMS]).el);
    const level = (/** @type {Element} */ el) =>
      el.querySelector(".level")?.getAttribute("transform");
    expect(level(after)).not.toBe(level(before));
    expect(after.querySelector(".plane .caption")?.textContent).toBe("Rings move.");
    expect(draw(FOUR).el.querySelector(".plane .caption")).toBeNull();
  });

  it.each([
    { plane: null, axis: 0, picked: "2", then: [2, 0] },
    { plane: null, axis: 0, picked: "0", then: [0, 1] },
    { plane: null, axis: 1, picked: "3", then: [0, 3] },
    { plane: [1, 2], axis: 0, picked: "3", then: [3, 2] },
    { plane: [1, 2], axis: 0, picked: "2", then: [2, 1] },
    { plane: [1, 2], axis: 1, picked: "1", then: [2, 1] },
    { plane: [1, 2], axis: 1, picked: "-1", then: null },
  ])(
    "is chosen by its axes, which differ: $plane, then $picked",
    ({ plane, axis, picked, then }) => {
      const { el, change } = draw(FOUR, /** @type {any} */ (plane));
      const select = el.querySelectorAll("select")[axis];
      expect(select.value).toBe(String(plane?.[axis] ?? -1));
      expect([...select.options].map(({ text }) => text)).toEqual([
        ["flattest direction", "steepest direction"][axis],
        ...FOUR.labels.names,
      ]);
      select.value = picked;
      select.dispatchEvent(new Event("change"));
      expect(change).toHaveBeenCalledWith({ plane: then });
    },
  );

  it("is no choice where there are two, or so many that rows do not tell", () => {
    expect(draw({}).el.querySelector(".plane")).toBe(null);
    const names = Array.from({ length: 65 }, (_, i) => `x${i}`);
    const view = /** @type {any} */ ({ labels: { names } });
    expect(hasChoice(view)).toBe(false);
  });
});

describe("from the side", () => {
  const TURN = /** @type {[number, number]} */ ([0.5, 0.6]);
  const fromAbove = /** @type {[number, number]} */ ([0, Math.PI / 2]);

  it("is turned on and off by a button", () => {
    for (const [turn, then] of [
      [null, [0.5, 0.6]],
      [TURN, null],
    ]) {
      const { el, change } = draw({}, null, /** @type {any} */ (turn));
      const button = /** @type {HTMLElement} */ (el.querySelector("button.scale"));
      expect(button.getAttribute("aria-pressed")).toBe(String(turn !== null));
      button.click();
      expect(change).toHaveBeenCalledWith({ turn: then });
    }
  });

  it("has its path on the bowl: a place's height is its loss", () => {
    const { scene, view } = draw({}, null, [0.5, 0]);
    const heights = [0, 5, 14].map((step) => {
      const row = view.history.rowAt(step);
      const [, floorY] = scene.project(row.params, 0);
      return (floorY - scene.at(row)[1]) / (row.loss - view.labels.bowl.floor);
    });
    expect(heights[1]).toBeCloseTo(heights[0], 9);
    expect(heights[2]).toBeCloseTo(heights[0], 9);
    expect(heights[0]).toBeGreaterThan(0);
  });

  it("has level sets that are where their losses are", () => {
    const { el, scene, view } = draw({}, null, TURN);
    const { bowl } = view.labels;
    [...el.querySelectorAll(".level")].forEach((level, i) => {
      const [a, b, , , px, py] = numbersIn(level, "transform");
      const height = scene.top * ((9 - i) / 9) ** 2;
      const params = leastSquares(bowl).map((best, k) => best + levelSet(bowl, height)[0][k]);
      expect(gradient(bowl, params)[0] - bowl.floor).toBeCloseTo(height, 9);
      expect(scene.at({ params })).toEqual([expect.closeTo(px + a, 6), expect.closeTo(py + b, 6)]);
    });
  });

  it("cuts off those of a section through more parameters, which may be a valley", () => {
    // From right above a height is not seen: what a pixel stands for can be told.
    const { el, scene } = draw(FOUR, null, fromAbove);
    const bowl = bowlIn(scene);
    const best = leastSquares(bowl);
    const [px, py] = scene.project(best, 0);
    const perX = scene.project([best[0] + 1, best[1]], 0)[0] - px;
    const perY = scene.project([best[0], best[1] + 1], 0)[1] - py;
    const { x, y } = scene.frame;
    [...el.querySelectorAll(".level")].forEach((level, i) => {
      const height = scene.top * ((9 - i) / 9) ** 2;
      const corners = [...(level.getAttribute("d") ?? "").matchAll(/([-\d.]+),([-\d.]+)/g)];
      const places = corners.map(([, across, up]) => [
        best[0] + (Number(across) - px) / perX,
        best[1] + (Number(up) - py) / perY,
      ]);
      const losses = places.map((place) => (gradient(bowl, place)[0] - bowl.floor) / height);
      expect(losses.length).toBeGreaterThan(3);
      expect(Math.max(...losses)).toBeLessThan(1.3); // pixels are rounded to tenths
      for (const [k, { domain }] of [x, y].entries()) {
        const [low, high] = domain;
        const room = 0.21 * (high - low);
        for (const place of places) expect(place[k]).toBeGreaterThan(low - room);
        for (const place of places) expect(place[k]).toBeLessThan(high + room);
      }
    });
  });

  it("from right above is the map, as wide as high", () => {
    const { scene } = draw({}, null, fromAbove);
    const { x, y } = scene.frame;
    const places = [
      [0, 0],
      [1, 0],
      [0, 1],
    ].map((place) => scene.project(place, 7));
    const [origin, right, up] = places;
    expect(right[1]).toBeCloseTo(origin[1], 9);
    expect(up[0]).toBeCloseTo(origin[0], 9);
    const scaled = [right[0] - origin[0], origin[1] - up[1]];
    const lengths = [x, y].map(({ domain: [low, high] }) => high - low);
    expect(scaled[0] * lengths[0]).toBeCloseTo(scaled[1] * lengths[1], 9);
  });

  it("is turned by keys and by a pointer, between the side and above", () => {
    const { handle, change, setGuess } = draw({}, null, TURN);
    expect(handle.getAttribute("aria-label")).toBe("Turn the picture");
    expect(handle.getAttribute("aria-valuetext")).toBe("29° around, 34° up");
    const pressed = (/** @type {string} */ key, shiftKey = false) => {
      handle.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey }));
      return change.mock.lastCall?.[0].turn;
    };
    expect(pressed("ArrowRight")).toEqual([0.55, 0.6]);
    expect(pressed("ArrowUp")).toEqual([0.5, expect.closeTo(0.55)]);
    expect(pressed("ArrowUp", true)).toEqual([0.5, 0.1]);
    expect(pressed("ArrowDown", true)).toEqual([0.5, expect.closeTo(1.1)]);
    expect(setGuess).not.toHaveBeenCalled();
  });

  const turns = [-2, 0.5, 1.4, 2.6].flatMap((around) =>
    [0.1, 0.6, Math.PI / 2].map((up) => /** @type {[number, number]} */ ([around, up])),
  );

  it.each([
    [60, 90],
    [-60, 90],
    [60, -90],
    [-60, -90],
    [0, 90],
  ])("has a far guess in the picture, however it is turned: %d and %d", (flat, steep) => {
    const guess = draw(FOUR).scene.ground.paramsAt([flat, steep]);
    for (const turn of turns) {
      const { scene, view } = draw({ ...FOUR, guess, steps: 3 }, null, turn);
      const { box } = scene.frame;
      const [px, py] = scene.at(view.history.rowAt(0));
      expect([px > box.left, px < box.right, py > box.top, py < box.bottom]).not.toContain(false);
    }
  });

  it("has no name on another, however it is turned", () => {
    const LETTER = 7; // pixels, of the widest words
    const tiny = {
      x: X.map((i) => (i - 11) * 1e-12),
      y: X.map((i) => 2e-12 + ((7 * i) % 5) * 1e-13),
    };
    const of = [
      FOUR,
      {},
      { points: tiny, guess: [-1, 1e-12], runs: [{ loss: { kind: "mae" } }] },
      { points: tiny, guess: [-1, 1e-12], runs: [{ loss: { kind: "huber", delta: 1e-12 } }] },
    ];
    for (const wish of of) {
      for (const turn of turns) {
        const { el, scene } = draw(wish, null, turn);
        const names = [...el.querySelectorAll(".over text")].filter((one) => one.textContent);
        expect(names.length).toBeGreaterThanOrEqual(3);
        const boxes = names.map((one) => {
          const [x, y] = ["x", "y"].map((name) => Number(one.getAttribute(name)));
          const width = LETTER * String(one.textContent).length;
          const kind = one.classList;
          const left = kind.contains("middle")
            ? x - width / 2
            : kind.contains("end")
              ? x - width
              : x;
          return { text: one.textContent, left, right: left + width, y };
        });
        for (const one of boxes) {
          expect(one.left).toBeGreaterThanOrEqual(0);
          expect(one.right).toBeLessThanOrEqual(scene.frame.box.width);
          const over = boxes.filter(
            (other) =>
              other !== one &&
              Math.abs(other.y - one.y) < 14 &&
              other.left < one.right &&
              one.left < other.right,
          );
          expect(over, `over ${one.text}, turned ${turn}`).toEqual([]);
        }
      }
    }
  });

  it("is nothing to one parameter, whose loss is seen as a height anyway", () => {
    const { el, scene } = draw(ONE, null, TURN);
    expect(scene.turn).toBe(null);
    expect(el.querySelector("button.scale")).toBe(null);
  });
});

describe("levels", () => {
  const [x, y] = [linear([-1, 1], [0, 300]), linear([-1, 1], [200, 0])];
  const sceneOf = (/** @type {any} */ bowl) =>
    /** @type {any} */ ({
      ...{ ground: { bowl }, frame: { x, y }, turn: null },
      project: (/** @type {number[]} */ [right, up]) => [x.at(right), y.at(up)],
    });

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
      const all = [...drawn(levels(sceneOf(bowl))).querySelectorAll(".level")];
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

describe("a step that is longer than can be drawn", () => {
  const HUGE = { runs: [{ lr: 1e7 }], steps: 0 };

  it("is an arrow out of the picture, that points where it leads", () => {
    const { el, view, next, scene } = draw({ ...HUGE, guess: [-1, 1] });
    const line = el.querySelector(".landing line");
    const [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map((at) => Number(line?.getAttribute(at)));
    expect([x1, y1]).toEqual(scene.at(view.row));
    expect(Math.hypot(x2 - x1, y2 - y1)).toBeGreaterThan(1000);
    const { x, y } = scene.frame;
    const [byX, byY] = [0, 1].map((i) => next.params[i] - view.row.params[i]);
    const [across, up] = [x.at(byX) - x.at(0), y.at(byY) - y.at(0)];
    expect(Math.atan2(y2 - y1, x2 - x1)).toBeCloseTo(Math.atan2(up, across), 3);
  });

  it("of one parameter goes along the axis, and no way down is in sight", () => {
    const { el, scene } = draw({ ...ONE, ...HUGE });
    const [tip] = numbersIn(el.querySelector(".landing path"), "d");
    expect(tip).toBeGreaterThan(scene.frame.box.right);
    expect(Number(el.querySelector(".drop")?.getAttribute("x1"))).toBe(tip);
  });

  it("is one at the largest numbers, too, whose sum is none", () => {
    const most = Number.MAX_VALUE;
    const at = (/** @type {any} */ { params }) =>
      params.map((/** @type {number} */ one) => 1e5 * (one / most));
    const row = /** @type {any} */ ({ params: [0.05 * most, 0] });
    const next = /** @type {any} */ ({ params: [most, 0] });
    expect(landingArrow(row, next, at)).not.toBe("");
  });

  it("is none where numbers end", () => {
    const { view, scene } = draw({ guess: [-1, 1], steps: 0 });
    const next = /** @type {any} */ ({ params: [Infinity, 0] });
    expect(landingArrow(view.row, next, scene.at)).toBe("");
  });
});
