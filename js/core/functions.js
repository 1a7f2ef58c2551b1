// Well-known functions of two parameters: the twin of gd_widget/core/functions.py, which says where they
// are from.

import { dot, solved } from "./linear-algebra.js";
import { lowestAlong } from "./line-search.js";
import { MADE_BY_CODE } from "./next-step.js";
import { pointsOf } from "./points.js";

/**
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {import("./points.js").Range} Range
 * @typedef {[number, number]} Pair
 *
 * @typedef {object} Known
 * @property {string[]} code  its lines, as one types them in Python
 * @property {Pair} guess  from where, and how fast, there is something to see
 * @property {number} lr
 * @property {Params[]} minima  where it is least of all around
 * @property {number | null} floor  what it is there; null: there is no least value
 * @property {[Range, Range]} frame  the part of the plane to look at, of x and of y
 * @property {(x: number, y: number) => number} value
 * @property {(x: number, y: number) => Pair} gradient  the derivatives by x and by y
 * @property {(x: number, y: number) => [Pair, Pair]} hessian  those of the gradient, by rows
 */

const BEALE = [1.5, 2.25, 2.625];

/** @type {Record<string, Known>} */
export const FUNCTIONS = {
  saddle: {
    code: ["def f(x, y):", "    return x ** 2 - y ** 2"],
    guess: [1.5, 0.001],
    lr: 0.1,
    minima: [],
    floor: null,
    frame: [
      [-2, 2],
      [-2, 2],
    ],
    value: (x, y) => x * x - y * y,
    gradient: (x, y) => [2 * x, -2 * y],
    hessian: () => [
      [2, 0],
      [0, -2],
    ],
  },
  rosenbrock: {
    code: ["def f(x, y):", "    return (1 - x) ** 2 + 100 * (y - x ** 2) ** 2"],
    guess: [-1.2, 1.0],
    lr: 0.001,
    minima: [[1, 1]],
    floor: 0,
    frame: [
      [-2, 2],
      [-1, 3],
    ],
    value: (x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
    gradient: (x, y) => [2 * (x - 1) - 400 * x * (y - x * x), 200 * (y - x * x)],
    hessian: (x, y) => [
      [2 - 400 * (y - 3 * x * x), -400 * x],
      [-400 * x, 200],
    ],
  },
  himmelblau: {
    code: ["def f(x, y):", "    return (x ** 2 + y - 11) ** 2 + (x + y ** 2 - 7) ** 2"],
    guess: [0.0, 0.0],
    lr: 0.01,
    minima: [
      [3, 2],
      [-2.805118086952745, 3.131312518250573],
      [-3.779310253377747, -3.28318599128617],
      [3.584428340330492, -1.848126526964404],
    ],
    floor: 0,
    frame: [
      [-5, 5],
      [-5, 5],
    ],
    value: (x, y) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
    gradient: (x, y) => {
      const [one, other] = [x * x + y - 11, x + y * y - 7];
      return [4 * x * one + 2 * other, 2 * one + 4 * y * other];
    },
    hessian: (x, y) => [
      [12 * x * x + 4 * y - 42, 4 * (x + y)],
      [4 * (x + y), 4 * x + 12 * y * y - 26],
    ],
  },
  beale: {
    code: [
      "def f(x, y):",
      "    return ((1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2",
      "            + (2.625 - x + x * y ** 3) ** 2)",
    ],
    guess: [1.0, 1.0],
    lr: 0.01,
    minima: [[3, 0.5]],
    floor: 0,
    frame: [
      [-4.5, 4.5],
      [-4.5, 4.5],
    ],
    value: (x, y) => sum((value, k) => (value - x + x * y ** k) ** 2),
    gradient: (x, y) => [
      sum((value, k) => 2 * (value - x + x * y ** k) * (y ** k - 1)),
      sum((value, k) => 2 * (value - x + x * y ** k) * k * x * y ** (k - 1)),
    ],
    hessian: (x, y) => {
      const both = sum((value, k) => {
        const slope = k * y ** (k - 1);
        return 2 * (x * slope * (y ** k - 1) + (value - x + x * y ** k) * slope);
      });
      const upwards = sum((value, k) => {
        const bend = k > 1 ? k * (k - 1) * y ** (k - 2) : 0;
        return 2 * ((x * k * y ** (k - 1)) ** 2 + (value - x + x * y ** k) * x * bend);
      });
      return [
        [sum((_, k) => 2 * (y ** k - 1) ** 2), both],
        [both, upwards],
      ];
    },
  },
  valley: {
    code: ["def f(x, y):", "    return (x ** 2 + 100 * y ** 2) / 2"],
    guess: [-1.8, 0.8],
    lr: 0.018,
    minima: [[0, 0]],
    floor: 0,
    frame: [
      [-2, 2],
      [-1, 1],
    ],
    value: (x, y) => (x * x + 100 * y * y) / 2,
    gradient: (x, y) => [x, 100 * y],
    hessian: () => [
      [1, 0],
      [0, 100],
    ],
  },
  plateau: {
    code: ["def f(x, y):", "    return 1 - 1 / (1 + x ** 2 + y ** 2)"],
    guess: [-4.0, 3.0],
    lr: 0.5,
    minima: [[0, 0]],
    floor: 0,
    frame: [
      [-5, 5],
      [-5, 5],
    ],
    value: (x, y) => 1 - 1 / (1 + x * x + y * y),
    gradient: (x, y) => {
      const shrink = 2 / (1 + x * x + y * y) ** 2;
      return [shrink * x, shrink * y];
    },
    hessian: (x, y) => {
      const above = 1 + x * x + y * y;
      const [shrink, bend] = [2 / above ** 2, 8 / above ** 3];
      const both = -bend * x * y;
      return [
        [shrink - bend * x * x, both],
        [both, shrink - bend * y * y],
      ];
    },
  },
};

/**
 * What a page begins with that shows a function in the place of points: the bowl is a stand-in as wide
 * as the frame, and so high that losses are written with three digits of a hundredth of the guess's.
 * @param {string} name
 */
export function functionStart(name) {
  const { code, guess, lr, minima, frame, value } = FUNCTIONS[name];
  const names = ["x", "y"];
  const [x, y] = frame.map(([low, high]) => (high - low) / 2);
  const none = { mean_x: [0, 0], mean_y: 0, floor: 0 };
  const height = 5 * Math.abs(value(guess[0], guess[1]));
  const steep = [
    [height / x ** 2, 0],
    [0, height / y ** 2],
  ];
  return {
    ...{ guess, lr },
    told: { name, names, code, minima, frame },
    model: { features: names, degree: 1, intercept: null, means: null, scales: null },
    points: pointsOf([new Float64Array(0), new Float64Array(0)], new Float64Array(0)),
    bowl: { n: 1, intercept: null, ...none, cov_x: steep, best_slopes: [x, y] },
  };
}

/** Of Beale's, what is missed by x · (1 - yᵏ), k = 1, 2, 3. @param {(value: number, k: number) => number} part */
const sum = (part) => BEALE.reduce((total, value, i) => total + part(value, i + 1), 0);

/** @type {Map<string, import("./objective.js").Objective>} */
const made = new Map();

/**
 * A function as what training goes down. One that only the kernel has is not known here.
 * @param {import("./objective.js").About} about
 * @returns {import("./objective.js").Objective}
 */
export function functionLoss(about) {
  const name = about.function ?? "";
  const known = made.get(name) ?? newLoss(FUNCTIONS[name]);
  made.set(name, known);
  return known;
}

/** @param {Known | undefined} f @returns {import("./objective.js").Objective} */
function newLoss(f) {
  const known = () => {
    if (!f) throw new Error(MADE_BY_CODE);
    return f;
  };
  const at = (/** @type {Params} */ [x, y]) => /** @type {Pair} */ ([x, y]);
  const gradient = (/** @type {Params} */ params) => [
    known().value(...at(params)),
    ...known().gradient(...at(params)),
  ];
  const hessianAt = (/** @type {Params} */ params) => known().hessian(...at(params));
  const floor = f?.floor ?? null;
  const corners = f ? f.frame[0].flatMap((x) => f.frame[1].map((y) => f.value(x, y))) : [];
  const size = Math.max(...corners) - (floor ?? 0); // of what counts
  return {
    ...{ kind: "function", bowl: null, isKnown: Boolean(f), gradient, hessianAt },
    ...{ least: f?.minima[0] ?? null, floor, criticalLr: NaN },
    ofBatch: (_, params) => gradient(params).slice(1),
    lengthAlong: (params, _, direction) =>
      lowestAlong((length) => {
        const there = params.map((one, k) => one + length * direction[k]);
        return dot(gradient(there).slice(1), direction);
      }),
    newtonStep: (params, grad) => solved(hessianAt(params), grad) ?? grad.map(() => 0),
    nearFloor: (firstLoss) => (floor === null ? null : floor + 1e-6 * (firstLoss - floor)),
    isAtFloor: (params) => floor !== null && gradient(params)[0] <= floor + 1e-12 * size,
  };
}
