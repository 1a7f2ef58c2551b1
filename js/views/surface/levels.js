// The level sets of the loss, as they are seen from above.

import { svg } from "lit-html";
import { gradient, leastSquares, levelSet } from "../../core/quadratic.js";

const LEVELS = 9; // ellipses, each at √10 of the next one's height

/** @typedef {import("../charts/axes.js").Frame} Frame */

/**
 * Level sets at round heights, so that they stay where they are whatever is dragged: exact
 * ellipses, each the unit circle under a matrix. In a valley they are pairs of parallel lines.
 * @param {import("../../core/quadratic.js").Bowl} bowl
 * @param {Frame} frame
 */
export function levels(bowl, frame) {
  const { x, y } = frame;
  const corners = x.domain.flatMap((slope) =>
    y.domain.map((intercept) => gradient(bowl, [slope, intercept])[0] - bowl.floor),
  );
  const highest = Math.floor(2 * Math.log10(Math.max(...corners)));
  const heights = Array.from({ length: LEVELS }, (_, i) => 10 ** ((highest - i) / 2));
  const [bestSlope, bestIntercept] = leastSquares(bowl);
  const perSlope = x.at(1) - x.at(0);
  const perIntercept = y.at(1) - y.at(0);
  return heights.map((height) => {
    const axesOfIt = levelSet(bowl, height);
    if (!axesOfIt) return valley(bowl, height, frame);
    const [[a, b], [c, d]] = axesOfIt;
    const matrix = [a * perSlope, b * perIntercept, c * perSlope, d * perIntercept];
    const all = [...matrix, x.at(bestSlope), y.at(bestIntercept)].join(" ");
    return svg`<circle class="level" r="1" transform="matrix(${all})" />`;
  });
}

/**
 * Where all x are equal, the lines of one loss: two parallels beside the line of best fits.
 * @param {import("../../core/quadratic.js").Bowl} bowl
 * @param {number} height
 * @param {Frame} frame
 */
function valley({ mean_x: [mean_x], mean_y }, height, { x, y }) {
  const edge = (/** @type {number} */ offset) =>
    x.domain.map((slope) => `${x.at(slope)},${y.at(mean_y + offset - mean_x * slope)}`);
  const side = Math.sqrt(height);
  const corners = [...edge(side), ...edge(-side).reverse()];
  return svg`<polygon class="level" points=${corners.join(" ")} />`;
}
