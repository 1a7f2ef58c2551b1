// What the surface of one view remembers from drawing to drawing: where its axes are.

import { objectiveOf } from "../../core/objective.js";
import { gradient, leastSquares } from "../../core/quadratic.js";
import { boxOf, keyOf, roomFor } from "../charts/axes.js";
import { clamp } from "../charts/clamp.js";
import { memo } from "../charts/memo.js";
import { linear } from "../charts/scales.js";
import { stillAxis } from "../charts/still-axis.js";
import { fromTheSide } from "./from-the-side.js";
import { CHOICE, groundOf, hasChoice } from "./ground.js";
import { cornersOf, heightIn, newHeights } from "./landscape.js";
import { topOf } from "./levels.js";
import { near, newWays } from "./way.js";

const MARGIN = 0.12;
const OVERSHOOT = 0.6; // of the way from the guess, beyond the best fit
const FARTHEST = 20; // lengths of the picture that a diverging path is followed

/**
 * @typedef {import("./ground.js").Pair} Pair
 * @typedef {import("./ground.js").Params} Params
 *
 * Where what is to be drawn stands.
 * @typedef {object} SurfaceScene
 * @property {import("../charts/axes.js").Frame} frame
 * @property {import("./ground.js").Ground} ground
 * @property {Pair | null} turn  null: from above; else about the vertical, and up from the side; radians
 * @property {import("./landscape.js").Relief | null} relief  the heights of what is no bowl, once known
 * @property {number} top  of what is drawn from the side, over the floor
 * @property {(place: number[], height: number) => Pair} project  the pixels of a place, at a height
 * @property {(row: { params: Params }) => Pair} at  the pixels of parameters
 * @property {unknown[]} key  what all that depends on
 * @property {(run: import("./way.js").Run) => import("./way.js").Way} wayOf
 * @property {Pair[][]} lines  the same of all runs, in pixels
 */

/**
 * @param {import("../../types.js").Motion} motion
 * @param {import("../../types.js").HeightsOf} heightsOf
 */
export function newSurfaceScene(motion, heightsOf) {
  const ways = newWays();
  const newAxes = memo((/** @type {unknown} */ _) => [stillAxis(MARGIN), stillAxis(MARGIN)]);
  /** Of what is no bowl. @type {ReturnType<typeof newHeights> | null} */
  let heights = null;

  /**
   * Before each drawing: where what is to be drawn stands.
   * @param {import("../../types.js").View} view
   * @param {import("../charts/axes.js").Size} size
   * @param {Pick<import("../../types.js").Look, "plane" | "turn">} look
   * @returns {SurfaceScene}
   */
  return (view, { width, height }, look) => {
    const { labels, row, history } = view;
    const ground = groundOf(view, look.plane);
    const [across, upwards] = newAxes(look.plane);
    const box = boxOf({ width, height: height - (hasChoice(view) ? CHOICE : 0) }, 12);
    const objective = objectiveOf(view);
    const { params: guess } = history.rowAt(0);
    // Of a loss whose best parameters are not known, those of the squares are not far.
    const best = (!objective.bowl && objective.least) || leastSquares(labels.bowl);
    const landmarks = [best, trueParams(labels) ?? best, guess, beyond(guess, best)];
    const places = labels.function
      ? cornersOf(labels.function.frame)
      : landmarks.map((params) => ground.placeOf({ params }));
    const now = ground.placeOf(row);
    const needed = (/** @type {0 | 1} */ i) =>
      spanOf(
        places.map((place) => place[i]),
        now[i],
      );
    const level = across(needed(0), motion);
    const upright = ground.upright?.(needed(1), level) ?? needed(1);
    const y = linear(upwards(upright, motion), [box.bottom, box.top]);
    box.left = roomFor(y);
    const x = linear(level, [box.left, box.right]);
    const frame = { box, x, y };
    const { bowl, isCurve } = ground;
    const turn = isCurve ? null : look.turn;
    if (!bowl) heights ??= newHeights(heightsOf, motion.redraw);
    const relief = heights && !bowl && !isCurve ? heights(view, ground, frame, objective) : null;
    const top = bowl && turn ? topOf({ bowl, frame }) / 2 : (relief?.top ?? 1);
    /** How high a place is over the floor. @param {Pair} place */
    const over = (place) =>
      bowl ? gradient(bowl, place)[0] - bowl.floor : heightIn(relief, place);
    const project = turn
      ? fromTheSide(turn, frame, clamp(over(ground.placeOf({ params: guess })), top, 2 * top))
      : (/** @type {number[]} */ [right, up]) => /** @type {Pair} */ ([x.at(right), y.at(up)]);
    const key = [bowl, relief, ...keyOf(frame), ...(turn ?? [])];
    const at = (/** @type {{ params: Params }} */ row) => {
      const place = ground.placeOf(row);
      return near(project(place, turn ? over(place) : 0));
    };
    const wayOf = (/** @type {import("./way.js").Run} */ run) => ways(run, { at, key });
    const lines = view.runs.map((run) => wayOf(run).places);
    return { frame, ground, turn, relief, top, project, key, at, wayOf, lines };
  };
}

/**
 * What the points were made with, where that is something the model knows.
 * @param {import("../../types.js").Labels} labels
 */
export const trueParams = ({ makes, names }) =>
  makes?.true_params.length === names.length ? makes.true_params : null;

/**
 * A place on the other side of the best fit: the bowl is seen whole, and a rate that overshoots
 * has somewhere to go.
 * @param {Params} guess
 * @param {Params} best
 */
const beyond = (guess, best) => best.map((value, i) => value + OVERSHOOT * (value - guess[i]));

/**
 * What an axis must hold: the landmarks, and where training is, followed a while when it runs
 * away.
 * @param {number[]} landmarks
 * @param {number} now
 * @returns {[number, number]}
 */
function spanOf(landmarks, now) {
  const [low, high] = [Math.min(...landmarks), Math.max(...landmarks)];
  const reach = FARTHEST * (high - low || Math.max(1, Math.abs(low)));
  const seen = clamp(now, low - reach, high + reach);
  return [Math.min(low, seen), Math.max(high, seen)];
}
