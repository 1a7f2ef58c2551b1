// What a run has made of the loss, as a curve with the place where it is.

import { svg } from "lit-html";
import { within } from "../charts/axes.js";
import { clamp } from "../charts/clamp.js";

const SLIT = 2; // pixels, in which no more of a curve is drawn than where it is lowest and highest
const SPARSE = 3; // rows in a slit, of which no fewer would be drawn
const BEYOND = 10; // times the end of the axis

/**
 * @typedef {import("../../types.js").Run} Run
 * @typedef {import("../../core/table.js").Table} Table
 * @typedef {import("../charts/axes.js").Frame} Frame
 */

/**
 * What a run has made of the loss so far, faintly what came later, and where it is.
 * @param {Pick<Run, "history" | "row">} run
 * @param {number} seen
 * @param {Frame} frame
 * @param {number} radius
 */
export function curveAndPlace({ history, row }, seen, frame, radius) {
  const { box, x, y } = frame;
  const i = history.indexOf(row.step);
  const [low, high] = y.domain;
  const cy = y.at(clamp(row.loss, low, high));
  return svg`
    ${within(
      box,
      svg`<path class="future" d=${curve(history, i, history.indexOf(seen), frame)} />
        <path class="line" d=${curve(history, 0, i, frame)} />`,
    )}
    <circle class="now" cx=${x.at(row.step)} cy=${cy} r=${radius} />`;
}

/**
 * The curve from the i-th to the j-th row known. Of more rows than there are slits, the first, the
 * last, the lowest and the highest in each.
 * @param {Table} history
 * @param {number} i
 * @param {number} j
 * @param {Frame} frame
 */
function curve(history, i, j, { x, y }) {
  const [low, high] = y.domain;
  // A curve that leaves the picture at its top goes on a little beyond.
  const near = (/** @type {number} */ loss) => clamp(loss, low, BEYOND * high);
  const point = (/** @type {number} */ k) =>
    `${x.at(history.stepAt(k)).toFixed(1)},${y.at(near(history.lossAt(k))).toFixed(1)}`;
  let path = "";
  let k = i;
  const width = x.at(history.stepAt(j)) - x.at(history.stepAt(i));
  const isSparse = j - i < (SPARSE * width) / SLIT;
  for (; isSparse && k <= j; k++) path += `${path ? "L" : "M"}${point(k)}`;
  while (k <= j) {
    const slit = Math.floor(x.at(history.stepAt(k)) / SLIT) + 1;
    const last = history.indexOf(Math.ceil(x.invert(slit * SLIT)) - 1);
    const end = clamp(last, k, j);
    for (const at of new Set([k, ...history.extremes(k, end), end].sort((a, b) => a - b))) {
      path += `${path ? "L" : "M"}${point(at)}`;
    }
    k = end + 1;
  }
  return path;
}
