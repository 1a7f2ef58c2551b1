// What a model says that is no line: a curve, or of several features a dot for each point.

import { svg } from "lit-html";
import { isWide } from "../../core/model.js";
import { clamp } from "../charts/clamp.js";
import { pixels } from "../charts/numbers.js";
import { predictions } from "../guesses.js";
import { evenly, pointPath } from "./paths.js";

const FAR = 1e4; // pixels; nothing is drawn further away

/**
 * @param {import("../../core/model.js").Model} model
 * @param {import("./fit-scene.js").FitScene} scene
 * @param {Pick<import("../../core/table.js").Row, "params">} row
 * @param {string} name
 * @param {string} kind  of the loss
 */
export function fitted(model, { frame, seen, points, dots }, { params }, name, kind) {
  const at = predictions(isWide(model) ? points : seen, model, params, kind);
  if (isWide(model)) {
    const places = { x: dots.x, y: points.y.map((_, i) => at(i)) };
    const kind = name === "ghost" ? name : "guess";
    return svg`<path class="points ${kind}" d=${pointPath(places, frame, evenly(points.y))} />`;
  }
  const place = (/** @type {number} */ x, /** @type {number} */ i) =>
    pixels(frame.x.at(x), clamp(frame.y.at(at(i)) || 0, -FAR, FAR));
  return svg`<polyline class=${name} points=${Array.from(seen.x, place).join(" ")} />`;
}
