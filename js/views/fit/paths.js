// What the fit draws of points and lines, as the paths of SVG.

import { svg } from "lit-html";
import { isIn, keyOf } from "../charts/axes.js";
import { clamp } from "../charts/clamp.js";
import { pixels } from "../charts/numbers.js";
import { seenPart } from "./line-handles.js";

const MOST_RESIDUALS = 500; // drawn; of more points, evenly spaced ones
const LITTLE = 0.5; // of what is fitted
const RING = 8; // pixels that a point may reach beyond its place

/**
 * @typedef {{ x: ArrayLike<number>, y: ArrayLike<number> }} Dots  where points stand in the plane
 * @typedef {Pick<import("../../core/table.js").Row, "params">} Row
 * @typedef {import("../charts/axes.js").Frame} Frame
 */

/**
 * All points, or some, as one path: a dot is a line of almost no length with a round end. (Firefox has
 * one of none begin where it would be without the zoom of a page.)
 * @param {Dots} points
 * @param {Frame} frame
 * @param {ArrayLike<number>} [some]  their places among the points
 */
export function pointPath({ x: xs, y: ys }, { box, x, y }, some) {
  let path = "";
  for (let k = 0; k < (some ?? xs).length; k++) {
    const i = some ? some[k] : k;
    const [px, py] = [x.at(xs[i]), y.at(ys[i])];
    if (isIn(box, px, py, RING)) path += `M${pixels(px, py)}h.1`;
  }
  return path;
}

/**
 * What a path of points depends on.
 * @param {Dots} points
 * @param {Frame} frame
 * @param {ArrayLike<number>} [some]
 */
export const keyOfPath = (points, frame, some = []) => [
  points,
  ...keyOf(frame),
  ...Array.from(some),
];

/** The places of as many as are drawn of all. @param {ArrayLike<number>} all */
export const evenly = ({ length }) => {
  const every = Math.ceil(length / MOST_RESIDUALS);
  return Int32Array.from({ length: Math.ceil(length / every) }, (_, k) => k * every);
};

/** A diverging line is far away, and so is much of what is not seen. @param {Frame} frame */
const nearest =
  ({ box }) =>
  (/** @type {number} */ pixels) =>
    clamp(pixels, -1, box.height + 1);

/**
 * Where residuals begin: at which dots, and what of their paths stays while a fit moves.
 * @param {Dots} dots
 * @param {Frame} frame
 */
export function residualStarts({ x: xs, y: ys }, frame) {
  const near = nearest(frame);
  return Array.from(evenly(xs), (i) => {
    const [px, py] = [frame.x.at(xs[i]), frame.y.at(ys[i])];
    const from = near(py);
    return { i, px, from, isCut: from !== py, path: `M${pixels(px, from)}V` };
  });
}

/**
 * From each dot to what it should be at, or the other way round: a vertical, or the square over it,
 * whose area is what the loss is the mean of. And whether most run through the whole picture: what
 * is fitted is hardly seen.
 * @param {ReturnType<typeof residualStarts>} starts
 * @param {(i: number) => number} end  of the i-th
 * @param {Frame} frame
 * @param {import("../../types.js").Residuals} kind
 * @returns {[string, boolean]}
 */
export function residualPath(starts, end, frame, kind) {
  const near = nearest(frame);
  let all = "";
  let far = 0;
  for (const { i, px, from, isCut, path } of starts) {
    const py = frame.y.at(end(i));
    const shown = near(py);
    far += Number(isCut || shown !== py);
    all += path + shown.toFixed(1);
    // Towards the middle of the picture, so that the squares of the last points are in it.
    if (kind === "squares") {
      const side = Math.abs(shown - from) * (px > frame.box.width / 2 ? -1 : 1);
      all += `h${side.toFixed(1)}V${from.toFixed(1)}z`;
    }
  }
  return [all, far > LITTLE * starts.length];
}

/**
 * How high a line is at both sides of the panel, in pixels.
 * @param {Row} row
 * @param {Frame} frame
 */
export const endsOf = ({ params: [slope, intercept] }, { x, y }) =>
  x.domain.map((value) => y.at(slope * value + intercept));

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
