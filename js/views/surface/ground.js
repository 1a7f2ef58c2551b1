// What the two axes of the surface stand for: two parameters, or the flattest and the steepest
// direction where there are more. Of one parameter, that and the loss.

import { paramsAt, placeOf, planeOf, sectionOf } from "../../core/plane.js";
import { dimension, gradient } from "../../core/quadratic.js";

export const DIRECTIONS = ["flattest direction", "steepest direction"];

/**
 * @typedef {import("../../core/quadratic.js").Params} Params
 * @typedef {import("../../core/plane.js").Pair} Pair
 *
 * @typedef {object} Ground
 * @property {string[]} names  of the axes
 * @property {boolean} isCurve  whether the second one is the loss
 * @property {import("../../core/quadratic.js").Bowl} bowl  over them
 * @property {(row: { params: Params }) => Pair} placeOf  where parameters are
 * @property {(place: Pair) => Params} paramsAt  those shown, moved to a place
 */

/**
 * @param {import("../../types.js").View} view
 * @param {Pair | null} chosen  the parameters to be the axes, where there are more than two
 * @returns {Ground}
 */
export function groundOf({ labels: { bowl, names }, row: { params } }, chosen) {
  const d = dimension(bowl);
  if (d === 1) {
    const lossAt = (/** @type {Params} */ of) => gradient(bowl, of)[0];
    return {
      names: [names[0], "loss"],
      isCurve: true,
      bowl,
      placeOf: ({ params: of }) => [of[0], lossAt(of)],
      paramsAt: ([value]) => [value],
    };
  }
  const of = d === 2 ? /** @type {Pair} */ ([0, 1]) : chosen;
  const plane = planeOf(bowl, of);
  return {
    names: of?.map((i) => names[i]) ?? DIRECTIONS,
    isCurve: false,
    bowl: sectionOf(bowl, plane, params),
    placeOf: (row) => placeOf(plane, row),
    paramsAt: (place) => paramsAt(plane, place, params),
  };
}
