// What is wrong with the training, in one sentence with the evidence: the twin of
// gd_widget/core/rates.py.

import { general } from "./format-g.js";
import { criticalLr, fastestLr } from "./quadratic.js";

/**
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./stretches.js").Plan} Plan
 */

/**
 * One sentence for the person training, "" when all is well.
 * @param {import("./trainer.js").Trainer[]} trainers  of all runs
 * @param {string[]} names  what tells these from each other
 */
export function advise(trainers, names) {
  const said = trainers.map(adviseRun);
  const i = said.findIndex(Boolean);
  return i < 0 ? "" : `${names[i] && `${names[i]}: `}${said[i]}`;
}

/** @param {import("./trainer.js").Trainer} trainer */
function adviseRun({ plan, bowl, divergedAt }) {
  const { lr = 0 } = plan;
  const critical = criticalRate(plan, bowl);
  const isTooFast = Number(lr) > critical;
  const cause =
    `the learning rate ${general(Number(lr), 4)} is above ${general(critical, 3)}, ` +
    "the critical rate of these data";
  const overshoots = `more than the one before`;
  const instead = `Try ${general(suggestedRate(plan, bowl))}.`;
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
    `The noise has mean ½, so the best intercept is near ${general(intercept + 0.5)}, ` +
    `not the ${general(intercept)} the data were made with.`
  );
}

/**
 * Why no single line fits best, or "" where one does.
 * @param {import("./quadratic.js").Bowl} bowl
 */
function ambiguity({ n, mean_x, mean_y, var_x }) {
  if (var_x > 0) return "";
  const every = `every line through (${general(mean_x, 4)}, ${general(mean_y, 4)}) fits`;
  return n === 1
    ? `There is one point: ${every} it exactly.`
    : `All x are ${general(mean_x, 4)}: ${every} equally well, so slope and intercept cannot be told apart.`;
}

/**
 * The rate above which a rule diverges on this bowl; infinity where there is none. gd_widget/core/rates.py
 * says why.
 * @param {Plan} plan
 * @param {Bowl} bowl
 */
export function criticalRate({ optimizer, momentum = 0 }, bowl) {
  /** @type {Record<string, number>} */
  const factors = { gd: 1, momentum: 1 + momentum, nesterov: (1 + momentum) / (1 + 2 * momentum) };
  return criticalLr(bowl) * (factors[optimizer] ?? Infinity);
}

/**
 * A good rate, cut to one digit: the fastest one, or with momentum half of the critical rate of
 * gradient descent.
 * @param {Plan} plan
 * @param {Bowl} bowl
 */
function suggestedRate({ optimizer }, bowl) {
  const good = optimizer === "gd" ? fastestLr(bowl) : criticalLr(bowl) / 2;
  return Number(good.toExponential(15).replace(/\.\d+/, ""));
}
