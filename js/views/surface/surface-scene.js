// What the surface of one view remembers from drawing to drawing: where its axes are.

import { leastSquares } from "../../core/quadratic.js";
import { boxOf, roomFor } from "../charts/axes.js";
import { clamp } from "../charts/clamp.js";
import { linear } from "../charts/scales.js";
import { stillAxis } from "../charts/still-axis.js";

const MARGIN = 0.12;
const OVERSHOOT = 0.6; // of the way from the guess, beyond the best fit
const FARTHEST = 20; // lengths of the picture that a diverging path is followed

/** @typedef {import("../../core/quadratic.js").Params} Params */

/** @param {import("../../types.js").Motion} motion */
export function newSurfaceScene(motion) {
  const slopes = stillAxis(MARGIN);
  const intercepts = stillAxis(MARGIN);

  /**
   * Before each drawing: where what is to be drawn stands.
   * @param {import("../../types.js").View} view
   * @param {import("../charts/axes.js").Size} size
   * @returns {import("../charts/axes.js").Frame}
   */
  return ({ labels, row, history }, size) => {
    const box = boxOf(size, 12);
    const best = leastSquares(labels.bowl);
    const { params: guess } = history.rowAt(0);
    const landmarks = [best, labels.makes?.true_params ?? best, guess, beyond(guess, best)];
    const needed = (/** @type {0 | 1} */ i) =>
      spanOf(
        landmarks.map((params) => params[i]),
        row.params[i],
      );
    const y = linear(intercepts(needed(1), motion), [box.bottom, box.top]);
    box.left = roomFor(y);
    const x = linear(slopes(needed(0), motion), [box.left, box.right]);
    return { box, x, y };
  };
}

/**
 * A place on the other side of the best fit: the bowl is seen whole, and a rate that overshoots
 * has somewhere to go.
 * @param {Params} guess
 * @param {Params} best
 * @returns {Params}
 */
const beyond = (guess, best) => [
  best[0] + OVERSHOOT * (best[0] - guess[0]),
  best[1] + OVERSHOOT * (best[1] - guess[1]),
];

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
