// The way of training over the surface: where it came from, where it is, where the next step lands.

import { svg } from "lit-html";
import { isFar } from "./way.js";

const ARROW_FROM = 4; // pixels; a shorter step is no arrow

/**
 * @typedef {import("./ground.js").Pair} Pair
 * @typedef {import("../../types.js").Run} Run
 * @typedef {import("./surface-scene.js").SurfaceScene} SurfaceScene
 * @typedef {SurfaceScene["at"]} At
 */

/**
 * The way a run has come, its first steps marked.
 * @param {Run} run
 * @param {SurfaceScene} scene
 */
export function pathOf(run, { wayOf }) {
  const { line, dots } = wayOf(run);
  return svg`
    <polyline class="line path" points=${line} />
    <path class="path-dots" d=${dots} />`;
}

/** Where another run has been, and is. @param {Run} run @param {SurfaceScene} scene */
export function pathAndPlace(run, scene) {
  const [px, py] = scene.at(run.row);
  return svg`${pathOf(run, scene)}<circle class="now" cx=${px} cy=${py} r="4" />`;
}

/**
 * The step to come: its tip is where that lands. Of plain gradient descent, it is a part of the
 * negative gradient.
 * @param {import("../../core/table.js").Row} row
 * @param {import("../../types.js").Next} next
 * @param {At} at
 */
export function landingArrow(row, next, at) {
  let { params } = next ?? row;
  const from = at(row);
  if (isFar(...from) || !params.every(Number.isFinite)) return "";
  // Of a step that is too long to be drawn, a part, so that it points where it leads. (Each is halved
  // for itself: the sum of two that are near the largest number there is has none.)
  while (isFar(...at({ params }))) params = params.map((to, i) => to / 2 + row.params[i] / 2);
  return arrow(from, at({ params }), "arrow");
}

/**
 * An arrow, unless it is too short; from a place that is far away, there is none.
 * @param {Pair} from  pixels
 * @param {Pair} to
 * @param {string} term
 */
export function arrow([x1, y1], [x2, y2], term) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (isFar(x1, y1) || !(length > ARROW_FROM)) return "";
  const head = Math.min(10, length) / length;
  const [backX, backY] = [head * (x1 - x2), head * (y1 - y2)];
  const [px, py] = [x2 + backX, y2 + backY];
  const side = (/** @type {number} */ way) => `${px - (way * backY) / 2},${py + (way * backX) / 2}`;
  return svg`
    <g class="landing" data-term=${term}>
      <line x1=${x1} y1=${y1} x2=${px} y2=${py} />
      <path d="M${x2},${y2}L${side(1)}L${side(-1)}Z" />
    </g>`;
}
