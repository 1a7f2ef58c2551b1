// What the model says, as it is drawn: a line, a curve, or of several features a dot for each point.

import { svg } from "lit-html";
import { isLine } from "../../core/model.js";
import { pointsOf } from "../../core/points.js";
import { clamp } from "../charts/clamp.js";
import { guesses } from "../guesses.js";
import { evenly, lineOf, pointPath } from "./paths.js";

const PIECES = 120; // of a curve
const FAR = 1e4; // pixels; nothing is drawn further away

/** @typedef {import("../../core/model.js").Model} Model */

/** Whether a picture of the plane has not all there is. @param {Model} model */
export const isWide = ({ features }) => features.length > 1;

/**
 * Places from one end to the other, for a curve between them.
 * @param {number} from
 * @param {number} to
 */
export function grid(from, to) {
  const x = Float64Array.from({ length: PIECES + 1 }, (_, i) => from + (i / PIECES) * (to - from));
  return pointsOf([x], x);
}

/**
 * @param {Model} model
 * @param {import("./fit-scene.js").FitScene} scene
 * @param {Pick<import("../../core/table.js").Row, "params">} row
 * @param {string} name
 */
export function fitted(model, { frame, seen, points, dots }, { params }, name) {
  if (isLine(model)) return lineOf({ params }, frame, name);
  const at = guesses(isWide(model) ? points : seen, model, params);
  if (isWide(model)) {
    const places = { x: dots.x, y: points.y.map((_, i) => at(i)) };
    return svg`<path class="points guess" d=${pointPath(places, frame, evenly(points.y))} />`;
  }
  const place = (/** @type {number} */ x, /** @type {number} */ i) =>
    `${frame.x.at(x).toFixed(1)},${clamp(frame.y.at(at(i)) || 0, -FAR, FAR).toFixed(1)}`;
  return svg`<polyline class=${name} points=${Array.from(seen.x, place).join(" ")} />`;
}
