// What is wrong with the training, in one sentence with the evidence: the twin of
// gd_widget/advice.py.

import { criticalLr, fastestLr } from "./quadratic.js";

/**
 * One sentence for the person training, "" when all is well.
 * @param {import("./trainer.js").Trainer} trainer
 */
export function advise({ lr, bowl, divergedAt }) {
  const critical = criticalLr(bowl);
  const isTooFast = lr > critical;
  const cause =
    `the learning rate ${short(lr, 4)} is above ${short(critical, 3)}, ` +
    "the critical rate of these data";
  const overshoots = `more than the one before`;
  const instead = `Try ${suggestedLr(bowl)}.`;
  if (divergedAt !== null) {
    const why = isTooFast ? `${cause}, so every step overshot by ${overshoots}, until ` : "";
    const end = `the numbers were too large to hold.`;
    return `Diverged at step ${divergedAt}: ${why}${end}${isTooFast ? ` ${instead}` : ""}`;
  }
  return isTooFast
    ? `T${cause.slice(1)}: every step overshoots by ${overshoots}. ${instead}`
    : ambiguity(bowl);
}

/**
 * Why the fitted intercept is not the true one, where the noise is not centred.
 * @param {string} noise
 * @param {import("./quadratic.js").Params} trueParams
 */
export function noteOnNoise(noise, [, intercept]) {
  if (noise !== "uniform") return "";
  return (
    `The noise has mean ½, so the best intercept is near ${short(intercept + 0.5, 6)}, ` +
    `not the ${short(intercept, 6)} the data were made with.`
  );
}

/**
 * Why no single line fits best, or "" where one does.
 * @param {import("./quadratic.js").Bowl} bowl
 */
function ambiguity({ n, mean_x, mean_y, var_x }) {
  if (var_x > 0) return "";
  const every = `every line through (${short(mean_x, 4)}, ${short(mean_y, 4)}) fits`;
  return n === 1
    ? `There is one point: ${every} it exactly.`
    : `All x are ${short(mean_x, 4)}: ${every} equally well, so slope and intercept cannot be told apart.`;
}

/** The fastest rate, cut to one digit. @param {import("./quadratic.js").Bowl} bowl */
function suggestedLr(bowl) {
  const fastest = fastestLr(bowl);
  const digit = 10 ** Math.floor(Math.log10(fastest));
  return Number((Math.floor(fastest / digit) * digit).toPrecision(1));
}

/** @param {number} value @param {number} digits */
const short = (value, digits) => Number(value.toPrecision(digits));
