// Losses of a model that is linear in its parameters, y_guess = x @ a, other than the mean square: the
// twin of gd_widget/core/losses.py.

import { general } from "./format-g.js";
import { lowestAlong } from "./line-search.js";
import { dot, minus, solved } from "./linear-algebra.js";
import { inOrder } from "./model.js";
import { curvatures, leastSquares } from "./quadratic.js";

const MOST_STEPS = 100; // of Newton's method, in which the best parameters are found, or not known

/**
 * @typedef {import("./objective.js").About} About
 * @typedef {import("./objective.js").Objective} Objective
 * @typedef {import("./points.js").Sample} Sample
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./quadratic.js").Params} Params
 *
 * Of y_guess, y, and delta.
 * @typedef {(guess: number, y: number, delta: number) => number} AtPoint
 *
 * A loss, as a function of y_guess and y.
 * @typedef {object} Kind
 * @property {string} label  what people call it
 * @property {AtPoint} value  itself, and its derivatives by y_guess
 * @property {AtPoint} slope
 * @property {AtPoint} curvature
 * @property {number | null} steepest  what the curvature never exceeds; null: it has a kink
 */

/** @type {Record<string, Kind>} */
export const KINDS = {
  mae: {
    label: "absolute",
    value: (guess, y) => Math.abs(guess - y),
    slope: (guess, y) => Math.sign(guess - y),
    curvature: () => 0,
    steepest: null,
  },
  huber: {
    label: "Huber",
    value: (guess, y, delta) => {
      const off = Math.abs(guess - y);
      const near = Math.min(off, delta);
      return near * (off - near / 2);
    },
    slope: (guess, y, delta) => Math.min(Math.max(guess - y, -delta), delta),
    curvature: (guess, y, delta) => Number(Math.abs(guess - y) < delta),
    steepest: 1,
  },
  cross_entropy: {
    label: "cross-entropy",
    value: (guess, y) => Math.max(guess, 0) - guess * y + Math.log1p(Math.exp(-Math.abs(guess))),
    slope: (guess, y) => sigmoid(guess) - y,
    curvature: (guess) => sigmoid(guess) * (1 - sigmoid(guess)),
    steepest: 0.25,
  },
};

/** 1 / (1 + e^-guess): the probability of a 1 that a y_guess stands for. @param {number} guess */
export function sigmoid(guess) {
  const small = Math.exp(-Math.abs(guess));
  return guess >= 0 ? 1 / (1 + small) : small / (1 + small);
}

/** What was made of points is made once. @type {WeakMap<object, Map<string, Objective>>} */
const made = new WeakMap();

/**
 * A loss on points.
 * @param {About} about
 * @param {Sample} sample
 * @param {Bowl} bowl  the mean squared error on the same points
 * @returns {Objective}
 */
export function pointLoss(about, sample, bowl) {
  const known = made.get(sample.y) ?? new Map();
  const key = JSON.stringify(about);
  known.set(key, known.get(key) ?? newLoss(about, sample, bowl));
  made.set(sample.y, known);
  return known.get(key);
}

/**
 * @param {About} about
 * @param {Sample} sample
 * @param {Bowl} bowl
 * @returns {Objective}
 */
function newLoss(about, { features, y }, bowl) {
  const { kind, delta = 1, ridge = 0 } = about;
  const { value, slope, curvature, steepest } = KINDS[kind];
  const { n, intercept } = bowl;
  const columns = inOrder(bowl, features, null);
  const d = columns.length;
  const each = columns.map((_, i) => i);
  /** The i-th point's part of the k-th column. @param {number} k @param {number} i */
  const at = (k, i) => columns[k]?.[i] ?? 1;

  /**
   * Go through some points, or all.
   * @param {Params} params
   * @param {ArrayLike<number> | null} some
   * @param {(i: number, guess: number) => void} visit
   */
  const visitAll = (params, some, visit) => {
    const count = some ? some.length : y.length;
    for (let j = 0; j < count; j++) {
      const i = some ? some[j] : j;
      let guess = 0;
      for (let k = 0; k < d; k++) guess += params[k] * at(k, i);
      visit(i, guess);
    }
    return count;
  };

  /** @param {Params} params @param {ArrayLike<number> | null} [some] @returns {number[]} */
  const gradient = (params, some = null) => {
    let loss = 0;
    const sums = each.map(() => 0);
    const count = visitAll(params, some, (i, guess) => {
      loss += value(guess, y[i], delta);
      const steep = slope(guess, y[i], delta);
      for (let k = 0; k < d; k++) sums[k] += steep * at(k, i);
    });
    return withRidge([loss / count, ...sums.map((sum) => sum / count)], params, bowl, ridge);
  };

  /** How the gradient changes with each parameter: rows. @param {Params} params */
  const hessianAt = (params) => {
    const rows = each.map(() => each.map(() => 0));
    const count = visitAll(params, null, (i, guess) => {
      const steep = curvature(guess, y[i], delta);
      for (const k of each) for (const l of each) rows[k][l] += steep * at(k, i) * at(l, i);
    });
    const pulls = (/** @type {number} */ k, /** @type {number} */ l) => k === l && k !== intercept;
    return rows.map((row, k) => row.map((sum, l) => sum / count + (pulls(k, l) ? 2 * ridge : 0)));
  };

  /** @type {Objective["lengthAlong"]} */
  const lengthAlong = (params, _, direction) =>
    lowestAlong((length) => {
      const there = params.map((one, k) => one + length * direction[k]);
      return dot(gradient(there).slice(1), direction);
    });

  /** Whether some parameters tell all 0 from all 1. @param {Params} params */
  const tellsApart = (params) => {
    let all = true;
    visitAll(params, null, (i, guess) => (all &&= (y[i] === 1 ? guess : -guess) > 0));
    return all;
  };

  /** By Newton's method with a line search, from where it is near. */
  const find = () => {
    const none = { best: /** @type {Params | null} */ (null), isSeparable: false };
    if (steepest === null) return none;
    let params = kind === "huber" ? leastSquares(bowl) : each.map(() => 0);
    for (let step = 0; step < MOST_STEPS; step++) {
      if (kind !== "huber" && !ridge && tellsApart(params)) return { ...none, isSeparable: true };
      const [loss, ...grad] = gradient(params);
      const newton = solved(hessianAt(params), grad);
      const way = newton ?? grad;
      if (newton && Math.abs(dot(way, grad)) <= 1e-15 * loss)
        return { ...none, best: minus(params, newton) };
      const length = lengthAlong(params, grad, way);
      params = params.map((one, k) => one + length * way[k]);
    }
    return none;
  };

  // Of very many parameters a page has two directions: in these the points are others.
  const isKnown = y.length === n && !bowl.of;
  const [size] = gradient(each.map(() => 0));
  /** @type {ReturnType<typeof find> | null} */
  let found = null;
  const known = () => (found ??= find());
  const floorOf = (/** @type {Params | null} */ best) => (best ? gradient(best)[0] : null);
  /** @type {Objective & { label: string, isSeparable: boolean }} */
  const objective = {
    ...{ kind, label: KINDS[kind].label, bowl: null, isKnown, gradient, hessianAt, lengthAlong },
    ofBatch: (/** @type {Int32Array} */ batch, /** @type {Params} */ params) =>
      gradient(params, batch).slice(1),
    newtonStep: (/** @type {Params} */ params, /** @type {Params} */ grad) =>
      solved(hessianAt(params), grad) ?? each.map(() => 0),

    /** Of more points than a page has, whoever has them all says it. */
    get least() {
      return isKnown ? known().best : (about.least?.params ?? null);
    },

    get floor() {
      return isKnown ? floorOf(objective.least) : (about.least?.loss ?? null);
    },

    get isSeparable() {
      return isKnown ? known().isSeparable : Boolean(about.separable);
    },

    /** 2 / L, L what the curvature never exceeds; NaN for a loss with a kink. */
    get criticalLr() {
      if (steepest === null) return NaN;
      const most = (steepest * curvatures(ridged(bowl, -ridge))[d - 1]) / 2 + 2 * ridge;
      return most ? 2 / most : Infinity;
    },

    nearFloor: (/** @type {number} */ firstLoss) => {
      const { floor } = objective;
      if (floor === null) return null;
      return floor > 1e-9 * size ? 1.01 * floor : 1e-6 * firstLoss;
    },

    isAtFloor: (/** @type {Params} */ params) => {
      const { floor } = objective;
      return floor !== null && gradient(params)[0] <= floor + 1e-12 * size;
    },
  };
  return objective;
}

/**
 * Loss and derivatives with ridge · ‖a‖² added, in which an intercept does not count.
 * @param {number[]} gradient
 * @param {Params} params
 * @param {Pick<Bowl, "intercept">} bowl
 * @param {number} ridge
 */
export function withRidge([loss, ...grad], params, { intercept }, ridge) {
  const kept = params.map((one, i) => (i === intercept ? 0 : one));
  return [loss + ridge * dot(kept, kept), ...grad.map((by, i) => by + 2 * ridge * kept[i])];
}

/**
 * The mean squared error with ridge · ‖a‖² added: a bowl again. One below 0 takes it away again.
 * @param {Bowl} bowl
 * @param {number} ridge
 * @returns {Bowl}
 */
export function ridged(bowl, ridge) {
  const { cov_x, best_slopes, floor } = bowl;
  const steeper = cov_x.map((row, j) => row.map((one, k) => one + (j === k ? ridge : 0)));
  const products = cov_x.map((row) => dot(row, best_slopes));
  const best = solved(steeper, products) ?? best_slopes;
  return {
    ...bowl,
    cov_x: steeper,
    best_slopes: best,
    floor: floor + ridge * dot(best, best_slopes),
  };
}

/**
 * Throws where a loss is not for such y: cross-entropy is for 0 and 1.
 * @param {About} about
 * @param {ArrayLike<number>} y
 */
export function mustSuit({ kind }, y) {
  const others = [...new Set(Array.from(y))].filter((one) => one !== 0 && one !== 1);
  if (kind !== "cross_entropy" || !others.length) return;
  const few = others.sort((a, b) => a - b).slice(0, 3);
  const more = others.length > 3 ? ` and ${others.length - 3} others` : "";
  const got = few.map((one) => general(one)).join(", ");
  throw new Error(`y must be 0 or 1 for loss='cross_entropy'; got ${got}${more}`);
}

/**
 * The loss of one point, whose x @ a is `guess`, and its derivative by that.
 * @param {About} about
 * @param {number} guess
 * @param {number} y
 * @returns {[number, number]}
 */
export function ofPoint({ kind, delta = 1 }, guess, y) {
  const { value, slope } = KINDS[kind];
  return [value(guess, y, delta), slope(guess, y, delta)];
}
