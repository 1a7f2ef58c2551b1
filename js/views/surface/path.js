// The way of training over the surface: where it came from, where it is, where the next step lands.

import { svg } from "lit-html";
import { clamp } from "../charts/clamp.js";

const MOST_DOTS = 60; // steps that are marked on the path
const MOST_PIECES = 400; // of the path
const NEAR = 0.7; // pixels; of places nearer to each other one is drawn
const ARROW_FROM = 4; // pixels; a shorter step is no arrow
export const FAR = 1e4; // pixels; nothing is drawn further away

/**
 * @typedef {import("./ground.js").Pair} Pair
 * @typedef {import("./surface-scene.js").SurfaceScene["at"]} At
 */

/**
 * The way training has come, its first steps marked.
 * @param {Pick<import("../../types.js").Run, "history" | "row">} run
 * @param {At} at
 */
export function pathOf({ history, row }, at) {
  const last = history.indexOf(row.step);
  const every = Math.ceil((last + 1) / MOST_PIECES);
  let [line, dots] = ["", ""];
  let [nearX, nearY] = [NaN, NaN];
  for (let i = 0; i < last; i += every) {
    const [px, py] = at({ params: history.paramsAt(i) });
    if (Math.hypot(px - nearX, py - nearY) < NEAR) continue;
    [nearX, nearY] = [px, py];
    const place = pixels(px, py);
    line += `${place} `;
    if (every === 1 && i < MOST_DOTS) dots += `M${place}h0`;
    // A line that swings from one end of the world to the other takes browsers long to dash.
    if (isFar(px, py)) break;
  }
  const now = pixels(...at(row));
  if (every === 1 && last < MOST_DOTS) dots += `M${now}h0`;
  return svg`
    <polyline class="line path" points=${line + now} />
    <path class="path-dots" d=${dots} />`;
}

/** Where another run has been, and is. @param {import("../../types.js").Run} run @param {At} at */
export function pathAndPlace(run, at) {
  const [px, py] = at(run.row);
  return svg`${pathOf(run, at)}<circle class="now" cx=${px} cy=${py} r="4" />`;
}

/** Pixels, no further away than can be drawn. @param {Pair} place */
export const near = (place) =>
  /** @type {Pair} */ (place.map((pixels) => clamp(pixels, -FAR, FAR)));

/** @param {number[]} pixels */
export const isFar = (...pixels) => pixels.some((pixel) => Math.abs(pixel) >= FAR);

/** @param {number} px @param {number} py */
const pixels = (px, py) => `${px.toFixed(1)},${py.toFixed(1)}`;

/**
 * The step to come: its tip is where that lands. Of plain gradient descent, it is a part of the
 * negative gradient.
 * @param {import("../../core/table.js").Row} row
 * @param {import("../../types.js").Next} next
 * @param {At} at
 */
export const landingArrow = (row, next, at) => (next ? arrow(at(row), at(next), "arrow") : "");

/**
 * An arrow, unless it is too short, or too long.
 * @param {Pair} from  pixels
 * @param {Pair} to
 * @param {string} term
 */
export function arrow([x1, y1], [x2, y2], term) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (isFar(x1, y1, x2, y2) || !(length > ARROW_FROM)) return "";
  const degrees = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  const head = Math.min(10, length);
  return svg`
    <g class="landing" data-term=${term} transform="translate(${x2} ${y2}) rotate(${degrees})">
      <line x1=${-length} x2=${-head} />
      <path d="M0,0L${-head},${head / 2}V${-head / 2}Z" />
    </g>`;
}
