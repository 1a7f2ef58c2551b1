// The heights of a loss on points over a plane, at all nodes of a grid at once: at each of thousands of
// nodes, all points are looked at. On a plane x @ a of a point is a constant, and so much for each step
// to the right and for each step up: these three are computed once.

import { valueAt } from "./contours.js";
import { dot, minus } from "./linear-algebra.js";
import { KINDS, withRidge } from "./losses.js";
import { inOrder } from "./model.js";

/**
 * @typedef {import("./contours.js").Grid} Grid
 * @typedef {import("./losses.js").AtPoint} AtPoint
 * @typedef {import("./quadratic.js").Params} Params
 */

/**
 * @param {import("./objective.js").About} about
 * @param {import("./points.js").Sample} sample
 * @param {import("./quadratic.js").Bowl} bowl  says which parameter is the intercept
 * @param {(place: [number, number]) => Params} paramsAt  those of a place in the plane
 * @param {Omit<Grid, "heights">} nodes
 * @returns {Grid}
 */
export function heightsOver(
  { kind, delta = 1, ridge = 0 },
  { features, y },
  bowl,
  paramsAt,
  nodes,
) {
  const { columns, rows } = nodes;
  const design = inOrder(bowl, features, null);
  const guesses = (/** @type {Params} */ params) =>
    Float64Array.from(y, (_, i) =>
      dot(
        params,
        design.map((column) => column?.[i] ?? 1),
      ),
    );
  const origin = paramsAt([0, 0]);
  const constant = guesses(origin);
  const right = guesses(minus(paramsAt([1, 0]), origin));
  const up = guesses(minus(paramsAt([0, 1]), origin));

  const value = kind === "cross_entropy" ? crossEntropy : KINDS[kind].value;
  const xs = Float64Array.from({ length: columns }, (_, k) => valueAt(nodes.x, k, columns));
  const heights = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const above = valueAt(nodes.y, row, rows);
    const line = heights.subarray(row * columns, (row + 1) * columns);
    for (let i = 0; i < y.length; i++) {
      const [start, by, truth] = [constant[i] + above * up[i], right[i], y[i]];
      for (let k = 0; k < columns; k++) line[k] += value(start + xs[k] * by, truth, delta);
    }
    for (let k = 0; k < columns; k++) line[k] /= y.length;
    if (ridge)
      line.forEach(
        (loss, k) => ([line[k]] = withRidge([loss], paramsAt([xs[k], above]), bowl, ridge)),
      );
  }
  return { ...nodes, heights };
}

const PER_UNIT = 128; // entries of the table
const END = 40; // from there on, what it has is nothing beside the rest

/** log(1 + e^-off). @type {Float64Array | null} */
let table = null;

/**
 * Cross-entropy within 2e-6: its logarithm is looked up, which takes a tenth of the time to compute it.
 * @type {AtPoint}
 */
function crossEntropy(guess, y) {
  table ??= Float64Array.from({ length: END * PER_UNIT + 1 }, (_, i) =>
    Math.log1p(Math.exp(-i / PER_UNIT)),
  );
  const straight = (guess > 0 ? guess : 0) - guess * y;
  const at = Math.abs(guess) * PER_UNIT;
  if (!(at < END * PER_UNIT)) return straight;
  const entry = Math.floor(at);
  return straight + table[entry] + (at - entry) * (table[entry + 1] - table[entry]);
}
