// The level sets of the loss, as they are seen from above.

import { svg } from "lit-html";
import { gradient, leastSquares, levelSet } from "../../core/quadratic.js";
import { FAR } from "./path.js";

const LEVELS = 9; // ellipses, each at √10 of the next one's height

/** @typedef {import("../charts/axes.js").Frame} Frame */

/**
 * Level sets at round heights, so that they stay where they are whatever is dragged: exact
 * ellipses, each the unit circle under a matrix. So long that they are parallels in the picture,
 * as in a valley, they are cut to what can be drawn.
 * @param {import("../../core/quadratic.js").Bowl} bowl  of two parameters
 * @param {Frame} frame
 */
export function levels(bowl, { x, y }) {
  const corners = x.domain.flatMap((right) =>
    y.domain.map((up) => gradient(bowl, [right, up])[0] - bowl.floor),
  );
  const highest = Math.floor(2 * Math.log10(Math.max(...corners)));
  const heights = Array.from({ length: LEVELS }, (_, i) => 10 ** ((highest - i) / 2));
  const [right, up] = leastSquares(bowl);
  const inPixels = (/** @type {number[]} */ [stepRight, stepUp]) => {
    const [dx, dy] = [stepRight * (x.at(1) - x.at(0)), stepUp * (y.at(1) - y.at(0))];
    const cut = Math.min(1, FAR / Math.hypot(dx, dy));
    return [cut * dx, cut * dy];
  };
  return heights.map((height) => {
    const matrix = [...levelSet(bowl, height).flatMap(inPixels), x.at(right), y.at(up)];
    return svg`<circle class="level" r="1" transform="matrix(${matrix.join(" ")})" />`;
  });
}
