// The error of a line, for every line at once: the twin of gd_widget/core/quadratic.py.

import { general } from "./format-g.js";

/**
 * The mean squared error of a line on n points, as six numbers; quadratic.py says what they are.
 * @typedef {object} Bowl
 * @property {number} n
 * @property {number} mean_x
 * @property {number} mean_y
 * @property {number} var_x
 * @property {number} best_slope
 * @property {number} floor
 *
 * @typedef {[number, number]} Params  slope, intercept
 */

/**
 * The bowl of some points.
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} y
 * @returns {Bowl}
 */
export function bowlOf(x, y) {
  const n = x.length;
  // The sums are shifted: taken about the first point, then about the mean, which is never
  // subtracted itself: far from zero it has been rounded.
  /** @param {ArrayLike<number>} values @returns {[number, Float64Array]} */
  const centred = (values) => {
    const offsets = Float64Array.from(values, (value) => value - values[0]);
    const shift = offsets.reduce((sum, offset) => sum + offset, 0) / n;
    return [values[0] + shift, offsets.map((offset) => offset - shift)];
  };
  const [[mean_x, dx], [mean_y, dy]] = [centred(x), centred(y)];
  let [xx, xy] = [0, 0];
  for (let i = 0; i < n; i++) {
    xx += dx[i] ** 2;
    xy += dx[i] * dy[i];
  }
  const best_slope = xx > 0 ? xy / xx : (mean_x * mean_y) / (1 + mean_x * mean_x);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (dy[i] - (xx > 0 ? best_slope * dx[i] : 0)) ** 2;
  return { n, mean_x, mean_y, var_x: xx / n, best_slope, floor: squares / n };
}

/**
 * Throws where squares exceed the range of numbers; the points are for the words.
 * @param {Bowl} bowl
 * @param {import("./points.js").Points} points
 */
export function mustBeFinite({ mean_x, mean_y, var_x, best_slope, floor }, { x, y }) {
  if (Number.isFinite(mean_x ** 2 + mean_y ** 2 + var_x + best_slope ** 2 + floor)) return;
  const size = (/** @type {Float64Array} */ values) =>
    general(values.map(Math.abs).sort()[values.length - 1], 3);
  throw new Error(
    "x and y must be small enough for their squares to be finite; got values up to " +
      `${size(x)} in x and ${size(y)} in y`,
  );
}

/**
 * Loss, and its derivatives by slope and by intercept.
 * @param {Bowl} bowl
 * @param {Params} params
 * @returns {[number, number, number]}
 */
export function gradient({ mean_x, mean_y, var_x, best_slope, floor }, [slope, intercept]) {
  const off = slope - best_slope;
  const e = mean_x * slope + intercept - mean_y;
  const loss = floor + var_x * off * off + e * e;
  return [loss, 2 * (var_x * off + mean_x * e), 2 * e];
}

/**
 * dᵀ H d: how the slope of the loss changes along a direction of (slope, intercept).
 * @param {Bowl} bowl
 * @param {Params} direction
 */
export function curvatureAlong({ mean_x, var_x }, [slope, intercept]) {
  const e = mean_x * slope + intercept;
  return 2 * (var_x * slope * slope + e * e);
}

/**
 * H⁻¹ grad, the way to the bottom; along a valley, where H has no inverse, none.
 * @param {Bowl} bowl
 * @param {Params} grad
 * @returns {Params}
 */
export function overHessian(bowl, [gradSlope, gradIntercept]) {
  const { mean_x, var_x } = bowl;
  if (var_x === 0) {
    const steepest = curvatures(bowl)[1];
    return [gradSlope / steepest, gradIntercept / steepest];
  }
  const slope = (gradSlope - mean_x * gradIntercept) / (2 * var_x);
  return [slope, gradIntercept / 2 - mean_x * slope];
}

/**
 * The Hessian's eigenvalues, smaller first.
 * @param {Bowl} bowl
 * @returns {[number, number]}
 */
export function curvatures({ var_x, mean_x }) {
  const squares = var_x + mean_x * mean_x;
  const larger = squares + 1 + Math.hypot(squares - 1, 2 * mean_x);
  return [(4 * var_x) / larger, larger];
}

/**
 * The best fit. Where many lines fit alike, the one of least slope² + intercept².
 * @param {Bowl} bowl
 * @returns {Params}
 */
export function leastSquares({ best_slope, mean_x, mean_y }) {
  return [best_slope, mean_y - best_slope * mean_x];
}

/**
 * The learning rate below which gradient descent converges on these data.
 * @param {Bowl} bowl
 */
export function criticalLr(bowl) {
  return 2 / curvatures(bowl)[1];
}

/**
 * The constant rate whose slowest error shrinks fastest: 2 / (λmin + λmax). Source: Polyak,
 * Introduction to Optimization (1987), section 1.4. In a valley nothing is wrong, and nothing
 * moves, along its floor: there 1 / λmax arrives in one step.
 * @param {Bowl} bowl
 */
export function fastestLr(bowl) {
  const [slowest, steepest] = errorCurvatures(bowl);
  return 2 / (slowest + steepest);
}

/**
 * The curvatures along which there is an error: in a valley there is one.
 * @param {Bowl} bowl
 * @returns {[number, number]}
 */
export function errorCurvatures(bowl) {
  const [smaller, larger] = curvatures(bowl);
  return [smaller + larger > larger ? smaller : larger, larger];
}

/**
 * The sizes of x and y, in their own units.
 * @param {Bowl} bowl
 * @returns {[number, number]}
 */
export function rootMeanSquares(bowl) {
  const { mean_x, mean_y, var_x } = bowl;
  return [Math.hypot(mean_x, Math.sqrt(var_x)), Math.hypot(mean_y, Math.sqrt(varY(bowl)))];
}

/** The variance of y: what the best line leaves, and what it explains. @param {Bowl} bowl */
const varY = ({ floor, var_x, best_slope }) => floor + var_x * best_slope * best_slope;

/**
 * The gradient's size where a line is off by the spread of y. Where all y are nearly one value, a
 * millionth of their size counts: what is smaller drowns in rounding.
 * @param {Bowl} bowl
 * @returns {Params}
 */
export function naturalGradient(bowl) {
  const [sizeX, sizeY] = rootMeanSquares(bowl);
  const spread = Math.max(Math.sqrt(varY(bowl)), 1e-6 * sizeY);
  return [2 * sizeX * spread, 2 * spread];
}

/**
 * The loss within 1% of the floor; where points lie on a line, a millionth of the first.
 * @param {Bowl} bowl
 * @param {number} firstLoss
 */
export const nearFloor = ({ floor }, firstLoss) =>
  isExact({ floor }, firstLoss) ? 1e-6 * firstLoss : 1.01 * floor;

/**
 * Whether the floor is practically zero.
 * @param {Pick<Bowl, "floor">} bowl
 * @param {number} firstLoss
 */
export const isExact = ({ floor }, firstLoss) => floor < 1e-9 * firstLoss;

/**
 * The lines whose loss is a given height above the floor: an ellipse about the best fit, as the
 * matrix that makes it of the unit circle. Its columns are the two steps, in (slope, intercept),
 * to the ellipse along which the loss grows by one square alone. Null where the bowl is a valley.
 * @param {Bowl} bowl
 * @param {number} height  above the floor, positive
 * @returns {[Params, Params] | null}
 */
export function levelSet({ var_x, mean_x }, height) {
  if (var_x === 0) return null;
  const slope = Math.sqrt(height / var_x);
  return [
    [slope, -mean_x * slope],
    [0, Math.sqrt(height)],
  ];
}
