// What the axes of the surface stand for where there are not two parameters: of more, two of them, or
// the flattest and the steepest direction; of one, that and the loss.

import { paramsAt, placeOf, planeOf, sectionOf } from "../../core/plane.js";
import { gradient, leastSquares } from "../../core/quadratic.js";
import { say } from "../../words/say.js";
import { shownNames } from "../params.js";

export const directionNames = () => [say("flattest direction"), say("steepest direction")];

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("./ground.js").Ground} Ground
 * @typedef {import("./ground.js").Pair} Pair
 */

/** @param {View} view @param {import("../../core/objective.js").Objective} objective @returns {Ground} */
export function curveOf({ labels }, { bowl, gradient, least }) {
  /** @type {Ground["placeOf"]} */
  const placeOf = ({ params }) => [params[0], gradient(params)[0]];
  return {
    ...{ names: [shownNames(labels)[0], say("loss")], isCurve: true, bowl, placeOf },
    lossAt: ([value]) => gradient([value])[0],
    best: least && placeOf({ params: least }),
    paramsAt: ([value]) => [value],
  };
}

/**
 * @param {View} view
 * @param {import("../../core/quadratic.js").Bowl} bowl
 * @param {Pair | null} chosen  the parameters to be the axes
 * @returns {Ground}
 */
export function planeThrough({ labels, row: { params } }, bowl, chosen) {
  const plane = planeOf(bowl, chosen);
  return {
    names: chosen?.map((i) => shownNames(labels)[i]) ?? directionNames(),
    isCurve: false,
    bowl: sectionOf(bowl, plane, params),
    lossAt: (place) => gradient(bowl, paramsAt(plane, place, params))[0],
    best: placeOf(plane, { params: leastSquares(bowl) }),
    placeOf: (row) => placeOf(plane, row),
    paramsAt: (place) => paramsAt(plane, place, params),
  };
}
