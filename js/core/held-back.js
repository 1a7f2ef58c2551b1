// Points that are held back: which they are, and how badly what is trained on the others fits them. The
// twin of gd_widget/core/held_back.py, which says how.

import { areFinite, flag, wholeNumber } from "./checks.js";
import { dot } from "./linear-algebra.js";
import { KINDS } from "./losses.js";
import { inOrder } from "./model.js";
import { pointsOf, spliced } from "./points.js";
import { defaultRng } from "./random.js";

const APART = 2n ** 64n; // added to a seed: who is held back is drawn from other numbers than the points
const MOST_POINTS = 20_000; // of more, not all are drawn

/**
 * @typedef {import("./points.js").Points} Points
 * @typedef {import("./points.js").Sample} Sample
 * @typedef {import("./quadratic.js").Params} Params
 *
 * A share of the points, the places of some, or of each whether it is held back.
 * @typedef {number | number[] | boolean[]} Validation
 */

/** Which points are held back, where some are. @type {import("./checks.js").Check} */
export const checkedValidation = {
  must: "a share above 0 and below 1, a mask of true and false, or places of points",
  isRight: (value) =>
    (Number.isFinite(value) && value > 0 && value < 1) ||
    (Array.isArray(value) &&
      value.length > 0 &&
      (value.every(wholeNumber(0).isRight) || value.every(flag.isRight))),
};

/**
 * Of each of n points, whether it is held back; of a share, they are drawn by the seed. Throws where
 * these are no places of points, and where a side would have none.
 * @param {Validation} validation
 * @param {number} n
 * @param {number | bigint | string} seed
 * @returns {boolean[]}
 */
export function heldPlaces(validation, n, seed) {
  let places = [validation].flat();
  if (!Array.isArray(validation)) {
    const drawn = defaultRng(BigInt(seed) + APART).uniform(0, 1, n);
    const order = Array.from(drawn, (_, i) => i).sort((a, b) => drawn[a] - drawn[b] || a - b);
    places = order.slice(0, Math.floor(validation * n + 0.5));
  } else if (typeof validation[0] === "boolean") {
    if (validation.length !== n) {
      const rule = `a mask of ${n}, as many as there are points`;
      throw new Error(`validation must be ${rule}; got ${validation.length}`);
    }
    places = validation.flatMap((is, i) => (is ? [i] : []));
  } else if (validation.some((i) => Number(i) >= n) || new Set(places).size < places.length) {
    const rule = `places from 0 to ${n - 1}, none of them twice`;
    throw new Error(`validation must be ${rule}; got ${JSON.stringify(validation)}`);
  }
  const held = Array.from({ length: n }, () => false);
  for (const place of places) held[Number(place)] = true;
  if (places.length > 0 && places.length < n) return held;
  const got = `${JSON.stringify(validation)}, which holds back ${places.length} of ${n}`;
  throw new Error(`validation must leave at least one point on each side; got ${got}`);
}

/**
 * Some of the points held back, as `held` of the others.
 * @param {Points} points
 * @param {Validation} validation
 * @param {number | bigint | string} seed
 * @returns {Points}
 */
export function holdBack({ features, y }, validation, seed) {
  if (y.length > MOST_POINTS) {
    const rule = `null for data of which only a sample is drawn, as of these ${y.length}`;
    throw new Error(`validation must be ${rule}; got ${JSON.stringify(validation)}`);
  }
  return apart({ features, y }, heldPlaces(validation, y.length, seed));
}

/**
 * The last of some points, as `held` of the others: so they are packed.
 * @param {Points} points
 * @param {number} count
 */
export const lastHeld = (points, count) =>
  apart(
    points,
    Array.from(points.y, (_, i) => i >= points.y.length - count),
  );

/**
 * @param {Pick<Points, "features" | "y">} points
 * @param {boolean[]} held  of each, whether it is
 * @returns {Points}
 */
function apart({ features, y }, held) {
  const part = (/** @type {boolean} */ is) => {
    const some = (/** @type {Float64Array} */ values) => values.filter((_, i) => held[i] === is);
    return pointsOf(features.map(some), some(y));
  };
  return { ...part(false), held: part(true) };
}

/**
 * Some of those held back replaced by others.
 * @param {Points} points
 * @param {number} at
 * @param {number} remove
 * @param {Params[]} insert  x and y of each
 * @returns {Points}
 */
export const splicedHeld = ({ held, ...points }, at, remove, insert) => ({
  ...points,
  held: held && spliced(held, at, remove, insert),
});

/**
 * What was saved of them, looked through: throws where it is not whole.
 * @param {number} count
 * @param {Points} points
 */
export function areHeld(count, { x, held }) {
  const numbers = held ? [...held.features, held.y].flatMap((one) => [...one]) : [];
  const areAll = held?.x.length === count && x.length > 0 && areFinite(numbers);
  if (!areAll || numbers.some((one) => Math.abs(one) > 1e155)) throw new Error("held");
}

/**
 * The loss of some points that are held back, as a function of the parameters; without the ridge.
 * @param {Sample} sample
 * @param {Pick<import("./objective.js").About, "kind" | "delta">} about  that of training
 * @param {number | null} intercept  which of the parameters it is
 * @returns {(params: Params) => number}
 */
export function newHeldBack({ features, y }, { kind, delta = 1 }, intercept) {
  const n = y.length;
  const columns = inOrder({ intercept }, features, new Float64Array(n).fill(1));
  if (kind === "mse") {
    const rows = triangle([...columns, y]);
    return (params) => rows.reduce((sum, row) => sum + dot(row, [...params, -1]) ** 2, 0) / n;
  }
  const { value } = KINDS[kind];
  return (params) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      let guess = 0;
      for (let k = 0; k < params.length; k++) guess += params[k] * columns[k][i];
      sum += value(guess, y[i], delta);
    }
    return sum / n;
  };
}

/**
 * R of columns = Q R, by the modified Gram-Schmidt method: its R is as exact as that of reflections, of
 * columns that are alike, too. Source: Björck, Solving linear least squares problems by Gram-Schmidt
 * orthogonalization (1967).
 * @param {Float64Array[]} columns
 * @returns {number[][]} rows
 */
function triangle(columns) {
  const rest = columns.map((column) => column.slice());
  return rest.map((column, j) => {
    const length = Math.sqrt(dot(column, column));
    return rest.map((other, k) => {
      if (k <= j || length === 0) return k === j ? length : 0;
      const part = dot(column, other) / length;
      for (let i = 0; i < other.length; i++) other[i] -= (part * column[i]) / length;
      return part;
    });
  });
}
