// What the two axes of the surface stand for: of a line, its two parameters.

import { objectiveOf } from "../../core/objective.js";
import { leastSquares } from "../../core/quadratic.js";
import { shownNames } from "../params.js";
import { landscape } from "./landscape.js";
import { curveOf, planeThrough } from "./other-grounds.js";

export const CHOICE = 24; // pixels of height, where the axes can be chosen
const MOST = 64; // parameters: of more, rows tell the place in the plane of directions alone

/**
 * @typedef {import("../../core/quadratic.js").Params} Params
 * @typedef {import("../charts/scales.js").Range} Range
 * @typedef {[number, number]} Pair
 *
 * @typedef {object} Ground
 * @property {string[]} names  of the axes
 * @property {string[]} [shorts]  these, where there is less room
 * @property {boolean} isCurve  whether the second one is the loss
 * @property {import("../../core/quadratic.js").Bowl | null} bowl  the loss over them, where it is exactly
 *   quadratic
 * @property {(place: Pair) => number} lossAt  the same, whatever it is
 * @property {Pair | null} best  the place of the least loss; null: not known
 * @property {(row: { params: Params }) => Pair} placeOf  where parameters are
 * @property {(place: Pair) => Params} paramsAt  those shown, moved to a place
 * @property {(up: Range, across: Range) => Range} [upright]  what the vertical axis must hold beside what
 *   stands somewhere, for the horizontal one
 */

/** Whether the axes can be chosen. @param {import("../../types.js").View} view */
export const hasChoice = ({ labels: { names } }) => names.length > 2 && names.length <= MOST;

/**
 * @param {import("../../types.js").View} view
 * @param {Pair | null} chosen  the parameters to be the axes, where there are more than two
 * @returns {Ground}
 */
export function groundOf(view, chosen) {
  const objective = objectiveOf(view);
  const { bowl } = objective;
  const { names } = view.labels;
  if (names.length === 1) return curveOf(view, objective);
  if (!bowl) return landscape(view, objective, chosen);
  if (names.length > 2) return planeThrough(view, bowl, chosen);
  return {
    ...{ names: shownNames(view.labels), isCurve: false, bowl },
    lossAt: (place) => objective.gradient(place)[0],
    best: /** @type {Pair} */ (leastSquares(bowl)),
    placeOf: ({ params }) => /** @type {Pair} */ (params),
    paramsAt: (place) => place,
  };
}
