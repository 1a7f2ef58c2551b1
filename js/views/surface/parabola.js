// The loss of one parameter: a parabola, its tangent where training is, and the step that this makes.

import { svg } from "lit-html";
import { gradient } from "../../core/quadratic.js";
import { arrow } from "./path.js";
import { isFar } from "./way.js";

const PIECES = 200; // of a curve that is no parabola

/** @typedef {import("./surface-scene.js").SurfaceScene} SurfaceScene */

/**
 * The curve, and its tangent at the row shown.
 * @param {import("../../types.js").View} view
 * @param {SurfaceScene} scene
 */
export function parabola({ row }, { frame: { x, y }, ground, at }) {
  const [left, right] = x.domain;
  const tangentAt = (/** @type {number} */ value) =>
    y.at(row.loss + row.grad[0] * (value - row.params[0]));
  return svg`
    <path class="parabola" data-term="parabola" d=${ground.bowl ? arc(ground.bowl, { x, y }) : curve(x, at)} />
    <line class="tangent" data-term="tangent" x1=${x.range[0]} y1=${tangentAt(left)}
      x2=${x.range[1]} y2=${tangentAt(right)} />`;
}

/**
 * That of a quadratic loss.
 * @param {import("../../core/quadratic.js").Bowl} bowl
 * @param {Pick<SurfaceScene["frame"], "x" | "y">} frame
 */
function arc(bowl, { x, y }) {
  const [left, right] = x.domain;
  const [[loss, steepness], [end]] = [left, right].map((value) => gradient(bowl, [value]));
  // Two tangents of a parabola meet midway between the places they touch it at: so a curve of the
  // second degree is drawn exactly by its ends and that point.
  const middle = (left + right) / 2;
  const control = `${x.at(middle)},${y.at(loss + steepness * (middle - left))}`;
  return `M${x.at(left)},${y.at(loss)}Q${control} ${x.at(right)},${y.at(end)}`;
}

/**
 * That of any other loss, in pieces.
 * @param {SurfaceScene["frame"]["x"]} x
 * @param {SurfaceScene["at"]} at
 */
function curve({ domain: [left, right] }, at) {
  const places = Array.from({ length: PIECES + 1 }, (_, i) =>
    at({ params: [left + (i / PIECES) * (right - left)] }),
  );
  return `M${places.join("L")}`;
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
  if (isFar(...here)) return "";
  return svg`
    <line class="drop" x1=${px} x2=${px} y1=${here[1]} y2=${py} />
    ${arrow(here, [px, here[1]], "step aside")}`;
}
