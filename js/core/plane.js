// A plane through the space of the parameters: the surface is drawn in it, however many there are.
// The twin of gd_widget/core/plane.py.

import { dot, minus, times } from "./linear-algebra.js";
import { once } from "./once.js";
import { gradient, leastSquares, overHessian, principalAxes } from "./quadratic.js";

/**
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./quadratic.js").Params} Params
 *
 * @typedef {object} Plane
 * @property {Pair | null} of  the parameters that it is of; null: of two principal directions, of which
 *   the first is the flattest in which there is an error, and the second the steepest
 * @property {Params} origin  the place (0, 0)
 * @property {[Params, Params]} directions  at right angles, of length 1
 * @typedef {[number, number]} Pair
 */

/**
 * @param {Bowl} bowl
 * @param {Pair | null} [of]  as the plane's
 * @returns {Plane}
 */
export function planeOf(bowl, of = null) {
  const best = leastSquares(bowl);
  if (of) {
    const along = (/** @type {number} */ i) => best.map((_, k) => Number(k === i));
    return { of, origin: best.map(() => 0), directions: [along(of[0]), along(of[1])] };
  }
  const [flattest, steepest] = ends(bowl);
  return { of, origin: best, directions: [flattest.vector, steepest.vector] };
}

/** The flattest principal direction in which there is an error, and the steepest. @param {Bowl} bowl */
function ends(bowl) {
  const axes = principalAxes(bowl);
  const last = axes.length - 1;
  const first = axes.findIndex(({ value }) => value + axes[last].value > axes[last].value);
  return [axes[first === last ? last - 1 : first], axes[last]];
}

/**
 * Where in a plane a row is, or comes to stand when it is dropped onto that at right angles.
 * @param {Plane} plane
 * @param {{ params: Params }} row
 * @returns {Pair}
 */
export const placeOf = ({ of, origin, directions }, { params }) =>
  /** @type {Pair} */ (of ? of.map((i) => params[i]) : times(directions, minus(params, origin)));

/**
 * Parameters moved along a plane to a place in it; across it they stay where they are.
 * @param {Plane} plane
 * @param {Pair} place
 * @param {Params} params
 */
export function paramsAt(plane, place, params) {
  const { of, directions } = plane;
  if (of) return params.map((value, i) => place[of.indexOf(i)] ?? value);
  const [right, up] = minus(place, placeOf(plane, { params }));
  return params.map((value, i) => value + right * directions[0][i] + up * directions[1][i]);
}

/**
 * The bowl as it is in a plane, a function of the place there: through some parameters, or where it
 * is of principal directions, through the best fit. There nothing moves while training does: what
 * is wrong across the plane adds to the loss, and to nothing else.
 * @param {Bowl} bowl
 * @param {Plane} plane
 * @param {Params} params
 * @returns {Bowl}
 */
export function sectionOf(bowl, { of }, params) {
  if (!of) return stillSection(bowl);
  if (params.length === 2) return bowl;
  const place = of.indexOf(/** @type {number} */ (bowl.intercept));
  const intercept = place < 0 ? null : place;
  const features = of.filter((i) => i !== bowl.intercept).map((i) => featureOf(bowl, i));
  const means = features.map((i) => bowl.mean_x[i]);
  const cov_x = features.map((i, k) =>
    features.map((j, l) => bowl.cov_x[i][j] + (intercept === null ? means[k] * means[l] : 0)),
  );
  const mean_x = intercept === null ? [0, 0] : means;
  const shape = { n: bowl.n, intercept, mean_x, mean_y: 0, cov_x, best_slopes: means, floor: 0 };
  const [loss, ...grad] = gradient(bowl, params);
  const here = of.map((i) => grad[i]);
  const way = overHessian(shape, here);
  const best = minus(
    of.map((i) => params[i]),
    way,
  );
  const best_slopes = best.filter((_, i) => i !== intercept);
  const mean_y = intercept === null ? 0 : dot(means, best_slopes) + best[intercept];
  return { ...shape, best_slopes, mean_y, floor: loss - dot(here, way) / 2 };
}

const stillSection = once((bowl) => {
  const [flattest, steepest] = ends(bowl).map(({ value }) => value / 2);
  const cov_x = [
    [flattest, 0],
    [0, steepest],
  ];
  return { ...bowl, intercept: null, mean_x: [0, 0], mean_y: 0, cov_x, best_slopes: [0, 0] };
});

/** Which feature a parameter belongs to. @param {Bowl} bowl @param {number} i */
const featureOf = ({ intercept }, i) => (intercept !== null && i > intercept ? i - 1 : i);
