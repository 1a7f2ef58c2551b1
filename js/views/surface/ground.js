// What the two axes of the surface stand for: of a line, its two parameters.

import { dimension } from "../../core/quadratic.js";
import { curveOf, planeThrough } from "./other-grounds.js";

export const CHOICE = 24; // pixels of height, where the axes can be chosen
const MOST = 64; // parameters: of more, rows tell the place in the plane of directions alone

/**
 * @typedef {import("../../core/quadratic.js").Params} Params
 * @typedef {[number, number]} Pair
 *
 * @typedef {object} Ground
 * @property {string[]} names  of the axes
 * @property {boolean} isCurve  whether the second one is the loss
 * @property {import("../../core/quadratic.js").Bowl} bowl  over them
 * @property {(row: { params: Params }) => Pair} placeOf  where parameters are
 * @property {(place: Pair) => Params} paramsAt  those shown, moved to a place
 */

/** Whether the axes can be chosen. @param {import("../../types.js").View} view */
export const hasChoice = ({ labels: { names } }) => names.length > 2 && names.length <= MOST;

/**
 * @param {import("../../types.js").View} view
 * @param {Pair | null} chosen  the parameters to be the axes, where there are more than two
 * @returns {Ground}
 */
export function groundOf(view, chosen) {
  const { bowl, names } = view.labels;
  const d = dimension(bowl);
  if (d === 1) return curveOf(view);
  if (d > 2) return planeThrough(view, chosen);
  return {
    ...{ names, isCurve: false, bowl },
    placeOf: ({ params }) => /** @type {Pair} */ (params),
    paramsAt: (place) => place,
  };
}
