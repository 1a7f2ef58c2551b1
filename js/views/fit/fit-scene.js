// What the fit of one view remembers from drawing to drawing: where its axes are, which part is
// zoomed to, which point is meant, and a finer picture of very many points.

import { isWide } from "../../core/model.js";
import { pointsOf, rangeOf } from "../../core/points.js";
import { boxOf, roomFor } from "../charts/axes.js";
import { clamp } from "../charts/clamp.js";
import { memo } from "../charts/memo.js";
import { linear } from "../charts/scales.js";
import { stillAxis } from "../charts/still-axis.js";
import { zooming } from "../charts/zoom.js";
import { kindOf, predictions } from "../guesses.js";
import { newChoice } from "./choice.js";
import { finerPicture } from "./finer-picture.js";
import { heldPlacesIn } from "./held-points.js";
import { isDecision } from "./yes-or-no.js";

const FARTHEST_LINE = 1.5; // heights of the cloud of points that a first fit may be away from it
const SAMPLE = 100; // points of very many that are drawn one by one, too
const BUTTONS = 30; // pixels on the right, for those of the zoom
const PIECES = 120; // of a curve
const INSET = 0.04; // of the picture, that the ends of a line are in it when it goes on

/**
 * @typedef {import("../../types.js").Points} Points
 * @typedef {import("../../core/quadratic.js").Params} Params
 * @typedef {import("../charts/scales.js").Range} Range
 *
 * Where what is to be drawn stands.
 * @typedef {object} FitScene
 * @property {import("../charts/axes.js").Frame} frame
 * @property {Points} points  that are drawn one by one
 * @property {import("./paths.js").Dots} dots  where these stand
 * @property {import("./paths.js").Dots} [held]  where those stand that are held back
 * @property {import("./paths.js").Dots} all  where all stand, those held back last
 * @property {(i: number) => number} end  where the residual of the i-th ends
 * @property {number} across  which feature is on the horizontal axis; -1: y itself
 * @property {boolean} isPlane  whether both axes are features, and a line tells yes from no
 * @property {Points} seen  from one end of the picture to the other
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
  const rangesOf = memo((/** @type {Float64Array[]} */ ...all) => all.map(rangeOf));
  const sampleOf = memo(evenly);
  const gridOf = memo(grid);
  const seenOf = memo(grid);
  const dotsOf = memo((/** @type {Points} */ { features, y }, /** @type {number} */ j) => ({
    ...{ x: features[j], y },
  }));
  const firstOf = memo(withFit, (range, places, model, params, kind) => [
    ...[...range, places, model, kind],
    ...params,
  ]);
  const planeOf = memo((/** @type {Points} */ { features: [x, y] }) => ({ x, y }));
  const axesOf = memo((/** @type {number} */ _) => [stillAxis(0.04), stillAxis(0.06)]);
  const zoom = zooming(motion);
  const choice = newChoice(motion.redraw);
  /** Of very many points alone. @type {ReturnType<typeof finerPicture> | null} */
  let finer = null;
  /** Of points that are held back alone. @type {ReturnType<typeof heldPlacesIn> | null} */
  let heldPlaces = null;

  return {
    /**
     * Before each drawing.
     * @param {import("../../types.js").View} view
     * @param {import("../charts/axes.js").Size} size
     * @param {number} feature  that is to be on the horizontal axis, of several; -1: y itself
     * @returns {FitScene}
     */
    follow: (view, size, feature) => {
      const { picture, labels, history, row } = view;
      const { model, bowl, makes } = labels;
      const points = picture ? sampleOf(view.points) : view.points;
      const kind = kindOf(view);
      const across = isWide(model) ? feature : 0;
      const isPlane = across < 0 && kind === "cross_entropy" && isDecision(model);
      const guess = predictions(points, model, row.params, kind);
      const { y: truth } = points;
      const dots = isPlane
        ? planeOf(points)
        : across < 0
          ? { x: truth, y: truth.map((_, i) => guess(i)) }
          : dotsOf(points, across);
      const end = across < 0 ? (/** @type {number} */ i) => truth[i] : guess;
      heldPlaces ??= heldPlacesIn?.();
      const { held, all } = heldPlaces?.(view, dots, across, isPlane) ?? { all: dots };
      const box = boxOf(size, BUTTONS);
      const isOwn = across < 0 && !isPlane; // both axes are of y
      const [xs, heights] = picture?.extent ?? rangesOf(all.x, isOwn ? all.x : all.y);
      const places = isWide(model) ? points : gridOf(...xs);
      const first = isPlane ? heights : firstOf(heights, places, model, history.paramsAt(0), kind);
      const ys =
        isWide(model) && !isPlane ? withFit(first, places, model, row.params, kind) : first;
      const [xAxis, yAxis] = axesOf(across);
      const whole = { x: xAxis(xs, motion), y: yAxis(ys, motion) };
      const zoomed = zoom.follow(whole, `${makes?.seed} ${across}`, box);
      const y = linear(zoomed.y, [box.bottom, box.top]);
      box.left = roomFor(y);
      const x = linear(zoomed.x, [box.left, box.right]);
      choice.follow(view);
      if (picture) finer ??= finerPicture(pictureOf, motion.redraw);
      const fine = picture && (finer?.follow(picture, bowl, { x: zoomed.x, y: zoomed.y }) ?? null);
      const isZoomed = zoomed !== whole;
      const ends = isZoomed ? inner(zoomed.x) : xs;
      return {
        ...{
          frame: { box, x, y },
          points,
          dots,
          held,
          all,
          end,
          across,
          isPlane,
          seen: seenOf(...x.domain),
        },
        ...{ ends, isZoomed, zoom, choice, fine },
      };
    },

    /** Ask for nothing any more. */
    close: () => finer?.close(),
  };
}

/**
 * Places from one end to the other, for a curve between them.
 * @param {number} from
 * @param {number} to
 */
function grid(from, to) {
  const x = Float64Array.from({ length: PIECES + 1 }, (_, i) => from + (i / PIECES) * (to - from));
  return pointsOf([x], x);
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
 * A range, widened to hold a fit unless that is far off.
 * @param {Range} ys
 * @param {Points} places  that it is seen at
 * @param {import("../../core/model.js").Model} model
 * @param {Params} params
 * @param {string} kind  of the loss
 * @returns {Range}
 */
function withFit([low, high], places, model, params, kind) {
  const reach = FARTHEST_LINE * (high - low || Math.max(1, Math.abs(low)));
  const at = predictions(places, model, params, kind);
  const near = places.x.map((_, i) => clamp(at(i), low - reach, high + reach));
  const [least, most] = rangeOf(near);
  return [Math.min(low, least), Math.max(high, most)];
}
