// What the two axes of the surface stand for: two parameters, or the flattest and the steepest
// direction where there are more. Of one parameter, that and the loss.

import { paramsAt, placeOf, planeOf, sectionOf } from "../../core/plane.js";
import { dimension, gradient } from "../../core/quadratic.js";

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
 * @returns {Ground}
 */
export function groundOf({ labels: { bowl, names }, row: { params } }) {
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
  const plane = planeOf(bowl, d === 2 ? [0, 1] : null);
  return {
    names: plane.of?.map((i) => names[i]) ?? ["flattest direction", "steepest direction"],
    isCurve: false,
    bowl: sectionOf(bowl, plane, params),
    placeOf: (row) => placeOf(plane, row),
    paramsAt: (place) => paramsAt(plane, place, params),
  };
}
