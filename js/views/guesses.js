// What the model says at the points.

import { sampleOf } from "../core/model.js";

/**
 * Of the row shown, what it says at the i-th point.
 * @param {Pick<import("../types.js").View, "points" | "row" | "labels">} view
 */
export function guesses({ points, row: { params }, labels: { bowl, model } }) {
  const { features } = sampleOf(model, points);
  const { intercept } = bowl;
  const slopes = params.filter((_, k) => k !== intercept);
  const base = intercept === null ? 0 : params[intercept];
  return (/** @type {number} */ i) =>
    slopes.reduce((sum, slope, k) => sum + slope * features[k][i], base);
}
