// The points a line is fitted to, made up: the twin of make_line in gd_widget/data/points.py.

import { holdBack } from "./held-back.js";
import { pointsOf } from "./points.js";
import { defaultRng } from "./random.js";

/**
 * What to make.
 * @typedef {object} LineOptions
 * @property {number} n  how many points
 * @property {string} noise  "uniform" on [0, 1), or "gaussian": N(0, 0.25²)
 * @property {number | bigint | string} seed  a whole number, at least 0
 * @property {import("./quadratic.js").Params} true_params
 * @property {import("./held-back.js").Validation | null} [validation]  which of them are held back
 */

/**
 * Points scattered about a line, the very ones that Python makes of the same seed.
 * @param {LineOptions} options
 */
export function makeLine({ n, noise, seed, true_params: [slope, intercept] }) {
  const rng = defaultRng(seed);
  // In Python's order, of the draws and of the sums too: each sum is rounded.
  const x = rng.uniform(-1, 1, n);
  const off = noise === "uniform" ? rng.uniform(0, 1, n) : rng.normal(0, 0.25, n);
  const y = x.map((value, i) => slope * value + intercept + off[i]);
  return pointsOf([x], y);
}

/** The same, some of them held back. @param {LineOptions} makes */
export function madePoints(makes) {
  const points = makeLine(makes);
  return makes.validation ? holdBack(points, makes.validation, makes.seed) : points;
}
