// The line of words above the picture: what the point that is meant adds, or what can be done.

import { html, nothing } from "lit-html";
import { decimalsFor, fixed } from "../charts/numbers.js";

/** @typedef {import("../../types.js").View} View */

/**
 * It can be read whole where it is cut.
 * @param {View} view
 * @param {number} chosen  the place of a point, -1 for none
 */
export function pointWords(view, chosen) {
  const title = chosen < 0 ? nothing : describe(view, chosen);
  return html`<p class="caption" title=${title}>${words(view, chosen)}</p>`;
}

/** Where there is little room, the first words must do. @param {View} view @param {number} chosen */
function words(view, chosen) {
  const { n } = view.labels.bowl;
  if (view.picture) {
    const all = n.toLocaleString("en");
    return html`${all} points, shaded by number<span>. Zoom in to see more.</span>`;
  }
  if (chosen >= 0) return describe(view, chosen);
  if (view.isOver) return "\xa0";
  return html`Drag the line or a point<span>; double-click to add one.</span>`;
}

/**
 * What one point adds: its residual (line minus point), the square of it, and its part of each
 * component of the gradient, which is the sum of all parts.
 * @param {View} view
 * @param {number} i
 */
function shareOf({ points, row, labels }, i) {
  const { n } = labels.bowl;
  const [slope, intercept] = row.params;
  const residual = slope * points.x[i] + intercept - points.y[i];
  const toIntercept = (2 / n) * residual;
  return {
    residual,
    squared: residual * residual,
    slope: toIntercept * points.x[i],
    intercept: toIntercept,
  };
}

/** @param {View} view @param {number} i */
export function describe(view, i) {
  const { residual, squared, slope, intercept } = shareOf(view, i);
  const spread = Math.sqrt(view.labels.bowl.floor) || Math.abs(residual);
  const d = decimalsFor(spread);
  const part = (/** @type {number} */ value) => fixed(value, decimalsFor(Math.abs(value)));
  return (
    `point ${i + 1}: residual ${fixed(residual, d)}, squared ${fixed(squared, d)}; ` +
    `its part of the gradient ${part(slope)}, ${part(intercept)}`
  );
}
