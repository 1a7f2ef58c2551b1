// What a model says at points.

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
