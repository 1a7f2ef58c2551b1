// What the axes of the surface stand for where there are not two parameters: of more, two of them, or
// the flattest and the steepest direction; of one, that and the loss.

import { paramsAt, placeOf, planeOf, sectionOf } from "../../core/plane.js";
import { gradient } from "../../core/quadratic.js";

export const DIRECTIONS = ["flattest direction", "steepest direction"];

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("./ground.js").Ground} Ground
 * @typedef {import("./ground.js").Pair} Pair
 */

/** @param {View} view @returns {Ground} */
export function curveOf({ labels: { bowl, names } }) {
  return {
    names: [names[0], "loss"],
    isCurve: true,
    bowl,
    placeOf: ({ params }) => [params[0], gradient(bowl, params)[0]],
    paramsAt: ([value]) => [value],
  };
}

/** @param {View} view @param {Pair | null} chosen  the parameters to be the axes @returns {Ground} */
export function planeThrough({ labels: { bowl, names }, row: { params } }, chosen) {
  const plane = planeOf(bowl, chosen);
  return {
    names: chosen?.map((i) => names[i]) ?? DIRECTIONS,
    isCurve: false,
    bowl: sectionOf(bowl, plane, params),
    placeOf: (row) => placeOf(plane, row),
    paramsAt: (place) => paramsAt(plane, place, params),
  };
}
