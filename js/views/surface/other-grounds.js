// What the axes of the surface stand for where there are not two parameters: of more, two of them, or
// the flattest and the steepest direction; of one, that and the loss.

import { paramsAt, placeOf, planeOf, sectionOf } from "../../core/plane.js";
import { gradient, leastSquares } from "../../core/quadratic.js";
import { say } from "../../words/say.js";
import { shownNames } from "../params.js";

const TWICE = 2; // as wide as high is a ring about the best fit in the plane of directions, at least

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
  const section = sectionOf(bowl, plane, params);
  return {
    names: chosen?.map((i) => shownNames(labels)[i]) ?? directionNames(),
    shorts: chosen ? undefined : [say("flattest"), say("steepest")],
    isCurve: false,
    bowl: section,
    upright: chosen ? undefined : uprightIn(section),
    lossAt: (place) => gradient(bowl, paramsAt(plane, place, params))[0],
    best: placeOf(plane, { params: leastSquares(bowl) }),
    placeOf: (row) => placeOf(plane, row),
    paramsAt: (place) => paramsAt(plane, place, params),
  };
}

/**
 * In the plane of directions, each axis alone would look the flatter one when a guess is nearly right
 * along the steepest. So the vertical one is as long as makes a ring wider than high: twice, or where
 * the bowl is rounder than that, as it truly is.
 * @param {import("../../core/quadratic.js").Bowl} section
 * @returns {NonNullable<Ground["upright"]>}
 */
const uprightIn = ({ cov_x: [[flattest], [, steepest]] }) => {
  const share = Math.min(1, TWICE * Math.sqrt(flattest / steepest)) || 0;
  return ([low, high], [left, right]) => {
    const more = Math.max(0, share * (right - left) - (high - low)) / 2;
    return [low - more, high + more];
  };
};
