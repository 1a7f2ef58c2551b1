// What the fit of one view remembers from drawing to drawing: where its axes are, which part is
// zoomed to, which point is meant, and a finer picture of very many points.

import { rangeOf } from "../../core/picture.js";
import { pointsOf } from "../../core/points.js";
import { boxOf, roomFor } from "../charts/axes.js";
import { clamp } from "../charts/clamp.js";
import { memo } from "../charts/memo.js";
import { linear } from "../charts/scales.js";
import { stillAxis } from "../charts/still-axis.js";
import { zooming } from "../charts/zoom.js";
import { newChoice } from "./choice.js";
import { finerPicture } from "./finer-picture.js";

const FARTHEST_LINE = 1.5; // heights of the cloud of points that a first line may be away from it
const SAMPLE = 100; // points of very many that are drawn one by one, too
const BUTTONS = 30; // pixels on the right, for those of the zoom
const INSET = 0.04; // of the picture, that the ends of a line are in it when it goes on

/**
 * @typedef {import("../../types.js").Points} Points
 * @typedef {import("../charts/scales.js").Range} Range
 *
 * Where what is to be drawn stands.
 * @typedef {object} FitScene
 * @property {import("../charts/axes.js").Frame} frame
 * @property {Points} points  that are drawn one by one
 * @property {Range} ends  of the line, where it can be taken
 * @property {boolean} isZoomed
 * @property {import("../charts/zoom.js").Zoom} zoom
 * @property {import("./choice.js").Choice} choice  of a point
 * @property {import("../../core/picture.js").Picture | null} fine
 */

/**
 * @param {import("../../types.js").Motion} motion
 * @param {import("../../types.js").PictureOf} pictureOf
 */
export function newFitScene(motion, pictureOf) {
  const rangesOf = memo((/** @type {Points} */ { x, y }) => [rangeOf(x), rangeOf(y)]);
  const sampleOf = memo(evenly);
  const xAxis = stillAxis(0.04);
  const yAxis = stillAxis(0.06);
  const zoom = zooming(motion);
  const choice = newChoice(motion.redraw);
  const finer = finerPicture(pictureOf, motion.redraw);

  return {
    /**
     * Before each drawing.
     * @param {import("../../types.js").View} view
     * @param {import("../charts/axes.js").Size} size
     * @returns {FitScene}
     */
    follow: (view, size) => {
      const { picture, labels, history } = view;
      const points = picture ? sampleOf(view.points) : view.points;
      const box = boxOf(size, BUTTONS);
      const [xs, heights] = picture?.extent ?? rangesOf(points);
      const ys = withLine(heights, history.rowAt(0).params, xs);
      const all = { x: xAxis(xs, motion), y: yAxis(ys, motion) };
      const seen = zoom.follow(all, labels.makes?.seed, box);
      const y = linear(seen.y, [box.bottom, box.top]);
      box.left = roomFor(y);
      const x = linear(seen.x, [box.left, box.right]);
      choice.follow(view);
      const fine = picture && finer.follow(picture, labels.bowl, { x: seen.x, y: seen.y });
      const isZoomed = seen !== all;
      const ends = isZoomed ? inner(seen.x) : xs;
      return { frame: { box, x, y }, points, ends, isZoomed, zoom, choice, fine };
    },

    /** Ask for nothing any more. */
    close: finer.close,
  };
}

/** Evenly spaced ones. @param {Points} points @returns {Points} */
function evenly({ features, y }) {
  const every = Math.ceil(y.length / SAMPLE);
  const isKept = (/** @type {number} */ _, /** @type {number} */ i) => i % every === 0;
  return pointsOf(
    features.map((one) => one.filter(isKept)),
    y.filter(isKept),
  );
}

/** @param {Range} range @returns {Range} */
const inner = ([low, high]) => [low + INSET * (high - low), high - INSET * (high - low)];

/**
 * The points' range, widened to hold the first line unless that is far off.
 * @param {Range} ys
 * @param {import("../../core/quadratic.js").Params} first
 * @param {Range} xs
 * @returns {Range}
 */
function withLine([low, high], [slope, intercept], xs) {
  const reach = FARTHEST_LINE * (high - low || Math.max(1, Math.abs(low)));
  const ends = xs.map((x) => clamp(slope * x + intercept, low - reach, high + reach));
  return [Math.min(low, ...ends), Math.max(high, ...ends)];
}
