// The fit of yes or no: how probable yes is, as a curve; of two features, the line along which yes and
// no are as probable.

import { svg } from "lit-html";
import { coefficients } from "../../core/model.js";
import { clamp } from "../charts/clamp.js";
import { pointPath } from "./paths.js";

const FAR = 1e4; // pixels; nothing is drawn further away

/**
 * @typedef {import("../../core/model.js").Model} Model
 * @typedef {import("../../core/quadratic.js").Params} Params
 * @typedef {import("../charts/axes.js").Frame} Frame
 */

/**
 * Whether a model tells yes from no by a line in the plane of its two features.
 * @param {Model} model
 */
export const isDecision = ({ features, intercept }) => features.length === 2 && intercept !== null;

/**
 * Where a model of two features says neither yes nor no. While both count nothing there is no such line.
 * @param {Model} model
 * @param {Frame} frame
 * @param {Params} params
 * @param {string} name
 */
export function decisionLine(model, { box, x, y }, params, name) {
  const inUnits = coefficients(model, params);
  const intercept = Number(model.intercept);
  const [right, up] = inUnits.filter((_, i) => i !== intercept);
  // In pixels: from the middle of the picture to the line, and along it.
  const unit = (/** @type {import("../charts/scales.js").Scale} */ { at }) => at(1) - at(0);
  const [across, upwards] = [right / unit(x), up / unit(y)];
  const size = across ** 2 + upwards ** 2;
  if (!(size > 0)) return "";
  const [px, py] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const score = inUnits[intercept] + right * x.invert(px) + up * y.invert(py);
  const [nearX, nearY] = [px - (score * across) / size, py - (score * upwards) / size];
  const length = FAR / Math.sqrt(size);
  const end = (/** @type {1 | -1} */ way) =>
    [nearX - way * length * upwards, nearY + way * length * across].map((pixels) =>
      clamp(pixels, -2 * FAR, 2 * FAR),
    );
  const [[x1, y1], [x2, y2]] = [end(-1), end(1)];
  return svg`<line class=${name} data-term="decision line" x1=${x1} y1=${y1} x2=${x2} y2=${y2} />`;
}

/**
 * Points of yes as crosses, those of no as dots.
 * @param {import("./paths.js").Dots} dots
 * @param {ArrayLike<number>} y
 * @param {Frame} frame
 */
export function yesAndNo(dots, y, frame) {
  const which = (/** @type {0 | 1} */ answer) =>
    Int32Array.from(Array.from(y, (_, i) => i).filter((i) => y[i] === answer));
  const crosses = pointPath(dots, frame, which(1)).replaceAll("h.1", "m-3,-3l6,6m0,-6l-6,6");
  return svg`<path class="points" d=${pointPath(dots, frame, which(0))} />
    <path class="crosses" d=${crosses} />`;
}

/** What a point says that is moved to some height: yes or no, there is nothing between. @param {number} y */
export const nearestAnswer = (y) => Number(y >= 0.5);

/**
 * How residuals are drawn: where the loss is not of their squares, as lines, and where it is of none, not.
 * @param {string} kind  of the loss
 * @param {import("../../types.js").Residuals} wanted
 */
export function otherResiduals(kind, wanted) {
  if (kind === "cross_entropy") return "none";
  return wanted === "squares" ? "lines" : wanted;
}
