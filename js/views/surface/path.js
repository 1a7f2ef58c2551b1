// The way of training over the surface: where it came from, where it is, where the next step lands.

import { svg } from "lit-html";
import { clamp } from "../charts/clamp.js";

const MOST_DOTS = 60; // steps that are marked on the path
const MOST_PIECES = 400; // of the path
const ARROW_FROM = 4; // pixels; a shorter step is no arrow
const FAR = 1e4; // pixels; nothing is drawn further away

/**
 * @typedef {import("../../core/quadratic.js").Params} Params
 * @typedef {import("../charts/axes.js").Frame} Frame
 */

/**
 * The way training has come, its first steps marked.
 * @param {Pick<import("../../types.js").Run, "history" | "row">} run
 * @param {Frame} frame
 */
export function pathOf({ history, row }, frame) {
  const last = history.indexOf(row.step);
  const every = Math.ceil((last + 1) / MOST_PIECES);
  const places = [];
  for (let i = 0; i < last; i += every) {
    const place = at(history.rowAt(i).params, frame);
    places.push(place);
    // A line that swings from one end of the world to the other takes browsers long to dash.
    if (isFar(...place)) break;
  }
  places.push(at(row.params, frame));
  const dots = places.slice(0, every === 1 ? MOST_DOTS : 0);
  return svg`
    <polyline class="line path" points=${places.map(([px, py]) => `${px},${py}`).join(" ")} />
    <path class="path-dots" d=${dots.map(([px, py]) => `M${px},${py}h0`).join("")} />`;
}

/** Where another run has been, and is. @param {import("../../types.js").Run} run @param {Frame} frame */
export function pathAndPlace(run, frame) {
  const [px, py] = at(run.row.params, frame);
  return svg`${pathOf(run, frame)}<circle class="now" cx=${px} cy=${py} r="4" />`;
}

/**
 * Pixels, no further away than can be drawn.
 * @param {Params} place
 * @param {Frame} frame
 * @returns {[number, number]}
 */
export function at([slope, intercept], { x, y }) {
  const near = (/** @type {number} */ pixels) => clamp(pixels, -FAR, FAR);
  return [near(x.at(slope)), near(y.at(intercept))];
}

/** @param {number[]} pixels */
const isFar = (...pixels) => Math.max(...pixels.map(Math.abs)) >= FAR;

/**
 * The step to come: its tip is where that lands. Of plain gradient descent, it is a part of the
 * negative gradient.
 * @param {import("../../core/table.js").Row} row
 * @param {import("../../types.js").Next} next
 * @param {Frame} frame
 */
export function landingArrow(row, next, frame) {
  if (!next) return "";
  const [x1, y1] = at(row.params, frame);
  const [x2, y2] = at(next.params, frame);
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (isFar(x1, y1, x2, y2) || !(length > ARROW_FROM)) return "";
  const degrees = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  const head = Math.min(10, length);
  return svg`
    <g class="landing" data-term="arrow" transform="translate(${x2} ${y2}) rotate(${degrees})">
      <line x1=${-length} x2=${-head} />
      <path d="M0,0L${-head},${head / 2}V${-head / 2}Z" />
    </g>`;
}
