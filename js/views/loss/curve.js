// What a run has made of the loss, as a curve with the place where it is. It is a polyline: each frame it
// grows, and the `d` of a path is a property of style, which would be computed anew.

import { svg } from "lit-html";
import { keyOf, within } from "../charts/axes.js";
import { clamp } from "../charts/clamp.js";
import { areSame } from "../charts/memo.js";
import { pixels } from "../charts/numbers.js";

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
      svg`<polyline class="future" points=${seen > row.step ? curve(history, i, history.indexOf(seen), frame) : ""} />
        <polyline class="line" points=${curve(history, 0, i, frame)} />`,
    )}
    <circle class="now" cx=${x.at(row.step)} cy=${cy} r=${radius} />`;
}

/**
 * What has been made of a curve, up to the row before the k-th.
 * @typedef {{ points: string, k: number, latest: number, key: unknown[] }} Made
 */

/**
 * Curves that begin with the first row grow: what has been made of one is kept for as long as it
 * would be made again.
 * @type {WeakMap<Table, Made>}
 */
const kept = new WeakMap();

/**
 * @param {Table} history
 * @param {number} j
 * @param {unknown[]} key
 * @returns {Made}
 */
function madeOf(history, j, key) {
  const made = kept.get(history);
  if (made && made.k <= j && areSame(made.key, key) && history.lossAt(made.k - 1) === made.latest)
    return made;
  const begun = { points: "", k: 0, latest: NaN, key };
  kept.set(history, begun);
  return begun;
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
    `${pixels(x.at(history.stepAt(k)), y.at(near(history.lossAt(k))))} `;
  const width = x.at(history.stepAt(j)) - x.at(history.stepAt(i));
  const isSparse = j - i < (SPARSE * width) / SLIT;
  const made = i
    ? { points: "", k: i, latest: NaN }
    : madeOf(history, j, [...keyOf({ x, y }), history.lossAt(0), isSparse]);
  while (made.k <= j) {
    const { k } = made;
    const slit = Math.floor(x.at(history.stepAt(k)) / SLIT) + 1;
    const last = isSparse ? k : history.indexOf(Math.ceil(x.invert(slit * SLIT)) - 1);
    const end = clamp(last, k, j);
    const places = [...new Set([k, ...history.extremes(k, end), end])].sort((a, b) => a - b);
    const points = made.points + places.map(point).join("");
    if (!isSparse && last >= j) return points; // its last slit has more rows to come
    Object.assign(made, { points, k: end + 1, latest: history.lossAt(end) });
  }
  return made.points;
}
