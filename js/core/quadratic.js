// The error of a model that is linear in its parameters, for all parameters at once: the twin of
// gd_widget/core/quadratic.py.

import { eigen } from "./eigen.js";
import { general } from "./format-g.js";
import { dot, leastNorm, minus, newCovariance, times } from "./linear-algebra.js";
import { inOrder } from "./model.js";
import { once } from "./once.js";

const NEXT_TO_NOTHING = 1e-300; // how steep a valley's floor is taken to be

/**
 * The mean squared error on n points, as a few sums; quadratic.py says what they are.
 * @typedef {object} Bowl
 * @property {number} n
 * @property {number | null} intercept  which of the parameters it is; null: there is none
 * @property {number[]} mean_x  of each feature; 0 where there is no intercept
 * @property {number} mean_y  0 where there is no intercept
 * @property {number[][]} cov_x  mean products of the features about their means
 * @property {number[]} best_slopes  the features' best coefficients
 * @property {number} floor  the least loss
 * @property {number} [of]  the parameters that this is but the shadow of, in a plane
 *
 * @typedef {number[]} Params  in the order of the columns; of a line: slope, intercept
 */

/**
 * The bowl of some points.
 * @param {ArrayLike<number>[]} features  of each, its value at every point
 * @param {ArrayLike<number>} y
 * @param {number | null} [intercept]  which of the parameters it is; null: there is none
 * @returns {Bowl}
 */
export function bowlOf(features, y, intercept = features.length) {
  const n = y.length;
  const about = intercept === null ? aboutZero : aboutMean;
  const { mean: mean_y, offsets: dy } = about(y);
  const centred = features.map(about);
  const mean_x = centred.map(({ mean }) => mean);
  const dx = centred.map(({ offsets }) => offsets);
  const squares = dx.map((one) => dx.map((other) => dot(one, other)));
  const products = dx.map((one) => dot(one, dy));
  const covariance = newCovariance(squares);
  const best_slopes = leastNorm(covariance.solve(products), covariance.flat, mean_x, mean_y);
  const residuals = Float64Array.from(dy);
  best_slopes.forEach((best, j) => dx[j].forEach((value, i) => (residuals[i] -= best * value)));
  const cov_x = squares.map((row) => row.map((sum) => sum / n));
  return { n, intercept, mean_x, mean_y, cov_x, best_slopes, floor: dot(residuals, residuals) / n };
}

/** @param {ArrayLike<number>} values */
const aboutZero = (values) => ({ mean: 0, offsets: Float64Array.from(values) });

/**
 * The sums are shifted: taken about the first point, then about the mean, which is never
 * subtracted itself: far from zero it has been rounded.
 * @param {ArrayLike<number>} values
 */
function aboutMean(values) {
  const offsets = Float64Array.from(values, (value) => value - values[0]);
  const shift = offsets.reduce((sum, offset) => sum + offset, 0) / values.length;
  return { mean: values[0] + shift, offsets: offsets.map((offset) => offset - shift) };
}

/**
 * Throws where squares exceed the range of numbers; the points are for the words.
 * @param {Bowl} bowl
 * @param {Pick<import("./points.js").Points, "x" | "y">} points
 */
export function mustBeFinite({ mean_x, mean_y, cov_x, best_slopes, floor }, { x, y }) {
  const spreads = cov_x.reduce((sum, row, j) => sum + row[j], floor);
  const areSmall = Number.isFinite(spreads + dot(mean_x, mean_x) + mean_y * mean_y);
  if (areSmall && Number.isFinite(dot(best_slopes, best_slopes))) return;
  const rule = areSmall
    ? "x is too small for y: the squares of the best slopes must be finite"
    : "x and y must be small enough for their squares to be finite";
  const size = (/** @type {Float64Array} */ values) =>
    general(values.map(Math.abs).sort()[values.length - 1], 3);
  throw new Error(`${rule}; got values up to ${size(x)} in x and ${size(y)} in y`);
}

/** How many parameters there are. @param {Pick<Bowl, "mean_x" | "intercept">} bowl */
export const dimension = ({ mean_x, intercept }) => mean_x.length + Number(intercept !== null);

/**
 * The features' parts of something that has one for each parameter.
 * @template T
 * @param {Pick<Bowl, "intercept">} bowl
 * @param {T[]} parts
 */
const ofFeatures = ({ intercept }, parts) => parts.filter((_, i) => i !== intercept);

/**
 * The derivatives of the loss where the features' part of it rises by `rise`, and the fit is off by
 * `e` in the middle of the data.
 * @param {Bowl} bowl
 * @param {number[]} rise  cov_x times how far the features' coefficients are off
 * @param {number} e
 */
const slopesAt = (bowl, rise, e) =>
  inOrder(
    bowl,
    rise.map((value, j) => 2 * (value + bowl.mean_x[j] * e)),
    2 * e,
  );

/**
 * Loss, and its derivative by each parameter.
 * @param {Bowl} bowl
 * @param {Params} params
 * @returns {number[]}
 */
export function gradient(bowl, params) {
  const { intercept, mean_x, mean_y, cov_x, best_slopes, floor } = bowl;
  const slopes = ofFeatures(bowl, params);
  const off = minus(slopes, best_slopes);
  const e = intercept === null ? 0 : dot(mean_x, slopes) + params[intercept] - mean_y;
  const rise = times(cov_x, off);
  return [floor + dot(rise, off) + e * e, ...slopesAt(bowl, rise, e)];
}

/**
 * How the gradient changes with each parameter, the same everywhere.
 * @param {Bowl} bowl
 * @returns {number[][]} its rows
 */
export const hessian = (bowl) =>
  inOrder(
    bowl,
    bowl.cov_x.map((row, i) => slopesAt(bowl, row, bowl.mean_x[i])),
    slopesAt(
      bowl,
      bowl.mean_x.map(() => 0),
      1,
    ),
  );

/**
 * dᵀ H d: how the slope of the loss changes along a direction.
 * @param {Bowl} bowl
 * @param {Params} direction
 */
export function curvatureAlong(bowl, direction) {
  const { intercept, mean_x, cov_x } = bowl;
  const slopes = ofFeatures(bowl, direction);
  const e = intercept === null ? 0 : dot(mean_x, slopes) + direction[intercept];
  return 2 * (dot(times(cov_x, slopes), slopes) + e * e);
}

const covarianceOf = once(({ cov_x }) => newCovariance(cov_x));

/** Whether many parameters fit alike. @param {Bowl} bowl */
export const hasValley = (bowl) => free(bowl) > 0;

/** In how many directions of parameter space others fit alike. @param {Bowl} bowl */
export const free = (bowl) => flat(bowl).length;

/** These directions, of the features' coefficients alone. @param {Bowl} bowl */
export const flat = (bowl) => covarianceOf(bowl).flat;

/**
 * H⁻¹ grad, the way to the bottom; along a valley, where H has no inverse, none.
 * @param {Bowl} bowl
 * @param {Params} grad
 * @returns {Params}
 */
export function overHessian(bowl, grad) {
  const { intercept, mean_x } = bowl;
  const covariance = covarianceOf(bowl);
  const byIntercept = intercept === null ? 0 : grad[intercept] / 2;
  const rest = ofFeatures(bowl, grad).map((value, j) => value / 2 - mean_x[j] * byIntercept);
  const slopes = leastNorm(covariance.solve(rest), covariance.flat, mean_x, byIntercept);
  return inOrder(bowl, slopes, byIntercept - dot(mean_x, slopes));
}

/**
 * The Hessian's eigenvalues, in ascending order, and to each an eigenvector of length 1: the bowl's
 * principal directions. Their largest parts are positive.
 */
export const principalAxes = once((bowl) =>
  eigenOfHessian(bowl).map(({ value, vector }) => ({ value, vector: forward(vector) })),
);

/** Of the two ways along a direction, the one in which its largest part grows. @param {number[]} vector */
function forward(vector) {
  const size = Math.max(...vector.map(Math.abs));
  // Of two that are as large but for rounding, the first one counts.
  const largest = vector.find((part) => Math.abs(part) > 0.999 * size) ?? 0;
  return largest < 0 ? vector.map((part) => -part) : vector;
}

/** @param {Bowl} bowl */
function eigenOfHessian(bowl) {
  const { intercept, mean_x, cov_x } = bowl;
  if (intercept === null || mean_x.length !== 1) {
    const all = eigen(hessian(bowl));
    const rounding = Number.EPSILON * all.length * all[all.length - 1].value;
    return all.map(({ value, vector }) => ({ value: value > rounding ? value : 0, vector }));
  }
  // Of a line the smaller one comes from the determinant: exact however far x is from zero.
  const [mean, squares] = [mean_x[0], cov_x[0][0] + mean_x[0] * mean_x[0]];
  const larger = squares + 1 + Math.hypot(squares - 1, 2 * mean);
  // The same direction, without the difference of two like numbers.
  const steep = squares < 1 ? [mean, larger / 2 - squares] : [larger / 2 - 1, mean];
  const length = Math.hypot(...steep); // 0 in a round bowl, where any direction will do
  const [slope, other] = length ? steep.map((part) => part / length) : [1, 0];
  return [
    { value: (4 * cov_x[0][0]) / larger, vector: inOrder(bowl, [-other], slope) },
    { value: larger, vector: inOrder(bowl, [slope], other) },
  ];
}

/** The Hessian's eigenvalues, in ascending order. @param {Bowl} bowl */
export const curvatures = (bowl) => principalAxes(bowl).map(({ value }) => value);

/**
 * Of each principal direction, its curvature, and what the error along it adds to the loss, in
 * ascending order of curvature. The loss is their sum, and the floor.
 * @param {Bowl} bowl
 * @param {Params} params
 */
export function errorsAlongAxes(bowl, params) {
  const off = minus(params, leastSquares(bowl));
  return principalAxes(bowl).map(({ value, vector }) => ({
    curvature: value,
    error: (value / 2) * dot(vector, off) ** 2,
  }));
}

/**
 * The best fit. Where many fit alike, the one whose parameters have the least sum of squares.
 * @param {Bowl} bowl
 * @returns {Params}
 */
export const leastSquares = (bowl) =>
  inOrder(bowl, bowl.best_slopes, bowl.mean_y - dot(bowl.best_slopes, bowl.mean_x));

/**
 * The learning rate below which gradient descent converges on these data.
 * @param {Bowl} bowl
 */
export const criticalLr = (bowl) => 2 / errorCurvatures(bowl)[1];

/**
 * The constant rate whose slowest error shrinks fastest: 2 / (λmin + λmax). Source: Polyak,
 * Introduction to Optimization (1987), section 1.4. In a valley nothing is wrong, and nothing
 * moves, along its floor: of a line's, 1 / λmax arrives in one step.
 * @param {Bowl} bowl
 */
export function fastestLr(bowl) {
  const [slowest, steepest] = errorCurvatures(bowl);
  return 2 / (slowest + steepest);
}

/**
 * The least and the greatest of the curvatures along which there is an error: in a line's valley
 * there is one.
 * @param {Bowl} bowl
 * @returns {[number, number]}
 */
export function errorCurvatures(bowl) {
  const all = curvatures(bowl);
  const steepest = all[all.length - 1];
  return [all.find((one) => one + steepest > steepest) ?? steepest, steepest];
}

/**
 * The sizes of the columns that the parameters multiply, and of y, in their own units.
 * @param {Bowl} bowl
 */
export function rootMeanSquares(bowl) {
  const { mean_x, mean_y, cov_x } = bowl;
  const sizes = mean_x.map((mean, j) => Math.hypot(mean, Math.sqrt(cov_x[j][j])));
  return { columns: inOrder(bowl, sizes, 1), y: Math.hypot(mean_y, Math.sqrt(varY(bowl))) };
}

/** The variance of y: what the best fit leaves, and what it explains. @param {Bowl} bowl */
export const varY = ({ floor, cov_x, best_slopes }) =>
  floor + Math.max(0, dot(times(cov_x, best_slopes), best_slopes)); // below zero by rounding alone

/**
 * The standard deviation of y. Where all y are nearly one value, a millionth of their size counts:
 * what is smaller drowns in rounding.
 */
export const spread = once((bowl) =>
  Math.max(Math.sqrt(varY(bowl)), 1e-6 * rootMeanSquares(bowl).y),
);

/**
 * Whether the loss there is the floor, but for a trillionth of the square of `spread`.
 * @param {Bowl} bowl
 * @param {Params} params
 */
export const isAtFloor = (bowl, params) =>
  gradient(bowl, params)[0] - bowl.floor <= 1e-12 * spread(bowl) ** 2;

/**
 * The loss within 1% of the floor; where points lie on a line, a millionth of the first.
 * @param {Bowl} bowl
 * @param {number} firstLoss
 */
export const nearFloor = (bowl, firstLoss) =>
  isExact(bowl) ? 1e-6 * firstLoss : 1.01 * bowl.floor;

/**
 * Whether rounding leaves the loss enough digits to tell what is near the floor: the best
 * coefficients of columns that are nearly sums of each other may be very large.
 * @param {Bowl} bowl
 */
export function hasDigits(bowl) {
  const best = bowl.best_slopes.map(Math.abs);
  const sizes = bowl.cov_x.map((row) => row.map(Math.abs));
  const atZero = varY(bowl) + bowl.mean_y ** 2;
  return (
    Number.EPSILON * dot(best, times(sizes, best)) <= 0.1 * (nearFloor(bowl, atZero) - bowl.floor)
  );
}

/** Whether the floor is practically zero. @param {Bowl} bowl */
export const isExact = (bowl) => bowl.floor <= 1e-9 * spread(bowl) ** 2;

/**
 * The params whose loss is a given height above the floor: an ellipse about the best fit, as the
 * matrix that makes it of the unit circle. Its columns are the two steps to the ellipse along which
 * the loss grows by one square alone. In a valley one of them is as good as endless.
 * @param {Bowl} bowl  of two parameters
 * @param {number} height  above the floor, positive
 * @returns {[Params, Params]}
 */
export function levelSet(bowl, height) {
  const { intercept, mean_x, cov_x } = bowl;
  const step = (/** @type {number} */ steepness) =>
    Math.sqrt(height) / Math.sqrt(Math.max(steepness, NEXT_TO_NOTHING));
  if (intercept !== null) {
    const slope = step(cov_x[0][0]);
    return [inOrder(bowl, [slope], -mean_x[0] * slope), inOrder(bowl, [0], step(1))];
  }
  const [[one, both], [, other]] = cov_x;
  const tilt = both / other || 0; // by how much the second one makes way for the first
  const alone = step(one - tilt * both);
  return [
    [alone, -tilt * alone],
    [0, step(other)],
  ];
}
