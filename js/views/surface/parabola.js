// The loss of one parameter: a parabola, its tangent where training is, and the step that this makes.

import { svg } from "lit-html";
import { gradient } from "../../core/quadratic.js";
import { arrow } from "./path.js";
import { isFar } from "./way.js";

/** @typedef {import("./surface-scene.js").SurfaceScene} SurfaceScene */

/**
 * The curve, and its tangent at the row shown.
 * @param {import("../../types.js").View} view
 * @param {SurfaceScene} scene
 */
export function parabola({ labels: { bowl }, row }, { frame: { x, y }, at }) {
  const [left, right] = x.domain;
  const [loss, steepness] = gradient(bowl, [left]);
  // Two tangents of a parabola meet midway between the places they touch it at: so a curve of the
  // second degree is drawn exactly by its ends and that point.
  const middle = (left + right) / 2;
  const control = `${x.at(middle)},${y.at(loss + steepness * (middle - left))}`;
  const [from, to] = [left, right].map((value) => at({ params: [value] }));
  const tangentAt = (/** @type {number} */ value) =>
    y.at(row.loss + gradient(bowl, row.params)[1] * (value - row.params[0]));
  return svg`
    <path class="parabola" data-term="parabola" d="M${from}Q${control} ${to}" />
    <line class="tangent" data-term="tangent" x1=${x.range[0]} y1=${tangentAt(left)}
      x2=${x.range[1]} y2=${tangentAt(right)} />`;
}

/**
 * The step to come: along the axis, by the tangent's slope times the learning rate; and from there to
 * the curve. A rate is critical where the step leads just to the other arm.
 * @param {import("../../core/table.js").Row} row
 * @param {import("../../types.js").Next} next
 * @param {SurfaceScene["at"]} at
 */
export function stepAside(row, next, at) {
  if (!next) return "";
  const [here, [px, py]] = [at(row), at(next)];
  if (isFar(...here, px, py)) return "";
  return svg`
    <line class="drop" x1=${px} x2=${px} y1=${here[1]} y2=${py} />
    ${arrow(here, [px, here[1]], "step aside")}`;
}
