// A plane through the space of the parameters: the surface is drawn in it, however many there are.
// The twin of gd_widget/core/plane.py.

import { dot, minus, times } from "./linear-algebra.js";
import { once } from "./once.js";
import { gradient, hessian, leastSquares, overHessian, principalAxes } from "./quadratic.js";

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

/** A section's bowl has no intercept of its own. */
const NOWHERE = { intercept: null, mean_x: [0, 0], mean_y: 0, best_slopes: [0, 0], floor: 0 };

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
export const placeOf = ({ origin, directions }, { params }) =>
  /** @type {Pair} */ (times(directions, minus(params, origin)));

/**
 * Parameters moved along a plane to a place in it; across it they stay where they are.
 * @param {Plane} plane
 * @param {Pair} place
 * @param {Params} params
 */
export function paramsAt(plane, place, params) {
  const [right, up] = minus(place, placeOf(plane, { params }));
  const [one, other] = plane.directions;
  return params.map((value, i) => value + right * one[i] + up * other[i]);
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
  const h = hessian(bowl);
  const shape = { ...NOWHERE, n: bowl.n, cov_x: of.map((i) => of.map((j) => h[i][j] / 2)) };
  const [loss, ...grad] = gradient(bowl, params);
  const here = of.map((i) => grad[i]);
  const way = overHessian(shape, here);
  const best_slopes = minus(
    of.map((i) => params[i]),
    way,
  );
  return { ...shape, best_slopes, floor: loss - dot(here, way) / 2 };
}

const stillSection = once((bowl) => {
  const [flattest, steepest] = ends(bowl).map(({ value }) => value / 2);
  const cov_x = [
    [flattest, 0],
    [0, steepest],
  ];
  return { ...NOWHERE, n: bowl.n, cov_x, floor: bowl.floor };
});
