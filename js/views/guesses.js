// What a model says at points.

import { sigmoid } from "../core/losses.js";
import { sampleOf } from "../core/model.js";

/**
 * What some parameters say at the i-th point.
 * @param {import("../core/points.js").Points} points
 * @param {import("../core/model.js").Model} model
 * @param {import("../core/quadratic.js").Params} params
 */
export function guesses(points, model, params) {
  const { intercept } = model;
  const { features } = sampleOf(model, points);
  const slopes = params.filter((_, k) => k !== intercept);
  const base = intercept === null ? 0 : params[intercept];
  return (/** @type {number} */ i) =>
    slopes.reduce((sum, slope, k) => sum + slope * features[k][i], base);
}

/**
 * What some parameters predict at the i-th point: of yes or no, how probable yes is.
 * @param {import("../core/points.js").Points} points
 * @param {import("../core/model.js").Model} model
 * @param {import("../core/quadratic.js").Params} params
 * @param {string} kind  of the loss
 */
export function predictions(points, model, params, kind) {
  const at = guesses(points, model, params);
  return kind === "cross_entropy" ? (/** @type {number} */ i) => sigmoid(at(i)) : at;
}

/**
 * Which loss a run is trained down.
 * @param {Pick<import("../types.js").View, "labels" | "chosen">} view
 * @param {number} [i]  the run
 * @returns {string}
 */
export const kindOf = ({ labels, chosen }, i = chosen) => labels.objectives?.[i]?.kind ?? "mse";
