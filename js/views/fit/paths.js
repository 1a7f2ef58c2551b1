// What the fit draws of points and lines, as the paths of SVG.

import { svg } from "lit-html";
import { isIn, keyOf } from "../charts/axes.js";
import { clamp } from "../charts/clamp.js";
import { seenPart } from "./line-handles.js";

const MOST_RESIDUALS = 500; // drawn; of more points, evenly spaced ones
const LITTLE = 0.5; // of the picture, that a line is in
const RING = 8; // pixels that a point may reach beyond its place

/**
 * @typedef {import("../../types.js").Points} Points
 * @typedef {import("../../core/table.js").Row} Row
 * @typedef {import("../charts/axes.js").Frame} Frame
 */

/**
 * All points, or some, as one path: a dot is a line of no length with a round end.
 * @param {Points} points
 * @param {Frame} frame
 * @param {ArrayLike<number>} [some]  their places among the points
 */
export function pointPath({ x: xs, y: ys }, { box, x, y }, some) {
  let path = "";
  for (let k = 0; k < (some ?? xs).length; k++) {
    const i = some ? some[k] : k;
    const [px, py] = [x.at(xs[i]), y.at(ys[i])];
    if (isIn(box, px, py, RING)) path += `M${px.toFixed(1)},${py.toFixed(1)}h0`;
  }
  return path;
}

/**
 * What a path of points depends on.
 * @param {Points} points
 * @param {Frame} frame
 * @param {ArrayLike<number>} [some]
 */
export const keyOfPath = (points, frame, some = []) => [
  points,
  ...keyOf(frame),
  ...Array.from(some),
];

/**
 * From each point to the line: a vertical, or the square over it, whose area is what the loss is
 * the mean of.
 * @param {Points} points
 * @param {Row} row
 * @param {Frame} frame
 * @param {import("../../types.js").Residuals} kind
 */
export function residualPath({ x: xs, y: ys }, { params }, { x, y, box }, kind) {
  const [slope, intercept] = params;
  const every = Math.ceil(xs.length / MOST_RESIDUALS);
  // A diverging line is far away, and so is much of what is not seen.
  const near = (/** @type {number} */ pixels) => clamp(pixels, -1, box.height + 1);
  let path = "";
  for (let i = 0; i < xs.length; i += every) {
    const shown = near(y.at(slope * xs[i] + intercept));
    const from = near(y.at(ys[i]));
    path += `M${x.at(xs[i]).toFixed(1)},${from.toFixed(1)}V${shown.toFixed(1)}`;
    // Towards the middle of the picture, so that the squares of the last points are in it.
    if (kind === "squares") {
      const side = Math.abs(shown - from) * (x.at(xs[i]) > box.width / 2 ? -1 : 1);
      path += `h${side.toFixed(1)}V${from.toFixed(1)}z`;
    }
  }
  return path;
}

/**
 * Whether the line is hardly seen: then nearly all residuals run through the whole picture.
 * @param {Row} row
 * @param {Frame} frame
 */
export function isFarOff({ params }, { x, y }) {
  const [from, to] = seenPart(params, x, y) ?? [0, 0];
  return to - from < LITTLE * (x.domain[1] - x.domain[0]);
}

/**
 * A line across the panel.
 * @param {Row} row
 * @param {Frame} frame
 * @param {string} name
 */
export function lineOf({ params }, { x, y }, name) {
  const part = seenPart(params, x, y);
  if (!part) return "";
  const [from, to] = part;
  const [slope, intercept] = params;
  const yAt = (/** @type {number} */ value) => y.at(slope * value + intercept);
  return svg`<line class=${name} x1=${x.at(from)} y1=${yAt(from)} x2=${x.at(to)} y2=${yAt(to)} />`;
}
