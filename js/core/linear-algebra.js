// The little linear algebra that NumPy does for Python: the twin of gd_widget/core/linear_algebra.py.
// Vectors are lists of numbers, matrices lists of their rows.

import { dot } from "./dot.js";
import { eigen } from "./eigen.js";

export { dot };

const FLAT = 1e-14; // what features of one size vary by at least, where they vary

/** @param {number[]} one @param {ArrayLike<number>} other */
export const minus = (one, other) => one.map((value, i) => value - other[i]);

/** A matrix times a vector. @param {ArrayLike<number>[]} matrix @param {ArrayLike<number>} vector */
export const times = (matrix, vector) => matrix.map((row) => dot(row, vector));

/**
 * So much of each of some vectors, added up.
 * @param {number[][]} vectors
 * @param {number[]} shares
 * @param {number} length  of a vector
 */
const sumOf = (vectors, shares, length) =>
  Array.from({ length }, (_, i) => vectors.reduce((sum, one, j) => sum + shares[j] * one[i], 0));

/**
 * The mean products of p features, and the directions in which these vary.
 * @param {number[][]} products  p rows of p numbers
 */
export function newCovariance(products) {
  // Beside a feature around 1e6, one around 1e-6 is noise. So they are brought to one size first.
  const scale = products.map((row, i) => 2 ** Math.ceil(Math.log2(Math.sqrt(row[i]))) || 1);
  const scaled = products.map((row, i) => row.map((value, j) => value / scale[i] / scale[j]));
  // A line has one feature, and so one direction.
  const found =
    scaled.length > 1 ? eigen(scaled) : scaled.map(([value]) => ({ value, vector: [1] }));
  const all = found.map(({ value, vector }) => ({
    isSeen: value > FLAT * scale.length,
    value,
    vector: vector.map((part, i) => part / scale[i]),
  }));
  const seen = all.filter(({ isSeen }) => isSeen);
  const ways = seen.map(({ vector }) => vector);

  return {
    /** The directions in which nothing varies. */
    flat: all.filter(({ isSeen }) => !isSeen).map(({ vector }) => vector),

    /**
     * What the products take to a vector; where that is not one alone, one of them.
     * @param {number[]} goal
     */
    solve(goal) {
      const along = seen.map(({ vector, value }) => dot(vector, goal) / value);
      return sumOf(ways, along, goal.length);
    },
  };
}

/**
 * Of all slopes that differ in flat directions alone, those of the least parameters: the slopes and
 * the intercept mean_y - mean_x · slopes, which goes through the middle of the data. Least is the
 * sum of their squares.
 * @param {number[]} slopes
 * @param {number[][]} flat
 * @param {number[]} mean_x
 * @param {number} mean_y
 */
export function leastNorm(slopes, flat, mean_x, mean_y) {
  const tilt = times(flat, mean_x);
  const squares = flat.map((one, i) => flat.map((other, j) => dot(one, other) + tilt[i] * tilt[j]));
  const left = mean_y - dot(mean_x, slopes);
  const goals = flat.map((one, i) => tilt[i] * left - dot(one, slopes));
  const moved = sumOf(flat, newCovariance(squares).solve(goals), slopes.length);
  return slopes.map((slope, i) => slope + moved[i]);
}

/**
 * What a symmetric matrix makes a vector of; null where that is not one, or not finite. By elimination.
 * @param {number[][]} matrix
 * @param {number[]} vector
 * @returns {number[] | null}
 */
export function solved(matrix, vector) {
  const rows = matrix.map((row, i) => [...row, vector[i]]);
  const size = Math.max(...matrix.flat().map(Math.abs));
  if (!Number.isFinite(size)) return null;
  for (let k = 0; k < rows.length; k++) {
    const below = rows.slice(k);
    const pivot = below.reduce((most, row) => (Math.abs(row[k]) > Math.abs(most[k]) ? row : most));
    if (!(Math.abs(pivot[k]) > FLAT * size)) return null;
    rows.splice(k, rows.length, pivot, ...below.filter((row) => row !== pivot));
    for (const row of rows.slice(k + 1)) {
      const share = row[k] / pivot[k];
      for (let l = k; l < row.length; l++) row[l] -= share * pivot[l];
    }
  }
  const found = Array(rows.length).fill(0);
  for (let k = rows.length - 1; k >= 0; k--) {
    const [goal] = rows[k].slice(-1);
    found[k] = (goal - dot(rows[k].slice(0, -1), found)) / rows[k][k];
  }
  return found;
}
