// Very many points as a picture: how many there are in each cell of a grid.

import { rangeOf } from "./points.js";

/**
 * @typedef {Pick<import("./points.js").Points, "x" | "y">} Points
 * @typedef {import("./points.js").Range} Range
 *
 * What a picture is of; x and y are what its grid covers, in the units of the data.
 * @typedef {object} About
 * @property {Range} x
 * @property {Range} y
 * @property {number} columns
 * @property {number} rows
 * @property {number} most  points in the fullest cell
 * @property {[Range, Range]} [extent]  of all points
 *
 * `shades`: of each cell, from the lowest row up, in a row from the left. 0: no point there; else
 * 1 for one point, to 255 for the most there are in a cell, by the logarithm of their number.
 * @typedef {About & { shades: Uint8Array }} Picture
 */

const MOST_POINTS = 20_000; // that are drawn one by one
const CELLS = 256; // in each direction

/**
 * Where all points are, if they are too many to be drawn one by one.
 * @param {Points} points
 * @returns {Picture | null}
 */
export function overview({ x, y }) {
  if (x.length <= MOST_POINTS) return null;
  /** @type {[Range, Range]} */
  const extent = [rangeOf(x), rangeOf(y)];
  return { ...countIn({ x, y }, ...extent), extent };
}

/**
 * Where the points in a part are.
 * @param {Points} points
 * @param {Range} x
 * @param {Range} y
 * @returns {Picture}
 */
export function countIn(points, x, y) {
  const counts = new Float64Array(CELLS * CELLS);
  const [columnOf, rowOf] = [cellIn(x), cellIn(y)];
  let most = 0;
  for (let i = 0; i < points.x.length; i++) {
    const [column, row] = [columnOf(points.x[i]), rowOf(points.y[i])];
    if (!(column >= 0 && column < CELLS && row >= 0 && row < CELLS)) continue;
    most = Math.max(most, ++counts[row * CELLS + column]);
  }
  const shareOf = (/** @type {number} */ n) => (most > 1 ? Math.log(n) / Math.log(most) : 1);
  const shade = (/** @type {number} */ n) => n && 1 + Math.round(254 * shareOf(n));
  return { x, y, columns: CELLS, rows: CELLS, most, shades: Uint8Array.from(counts, shade) };
}

/** The cell that a value is in; the highest value is in the last one. @param {Range} range */
function cellIn([low, high]) {
  const scale = high > low ? CELLS / (high - low) : 0;
  return (/** @type {number} */ value) =>
    value === high ? CELLS - 1 : Math.floor((value - low) * scale);
}
