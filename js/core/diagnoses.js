// What is wrong with the training, as codes with numbers: the twin of gd_widget/training/diagnoses.py.
// js/words makes sentences of them.

import { SLOW, SOON, forecast, leftAfter } from "./forecast.js";
import { once } from "./once.js";
import { errorsAlongAxes, gradient, free, dimension, nearFloor } from "./quadratic.js";
import { criticalLr, suggestedLr } from "./rates.js";
import { RULES } from "./rules.js";

/**
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./stretches.js").Plan} Plan
 *
 * The codes of gd_widget/core/diagnosis.py that a page can find out.
 * @typedef {"above_critical" | "too_large" | "creeps_at_best" | "one_point" | "same_x" | "many_fit" | "noise_mean"} Code
 *
 * One thing that was found out: its code with its details and, in a race, the run that it is about.
 * @typedef {{ code: Code, run?: string, [detail: string]: any }} Diagnosis
 */

/**
 * All that there is to say of a race.
 * @param {import("./trainer.js").Trainer[]} trainers  of all runs
 * @param {string[]} names  what tells these from each other
 */
export const diagnose = (trainers, names) =>
  trainers.flatMap((trainer, i) =>
    diagnoseRun(trainer).map((found) => ({ ...found, run: names[i] })),
  );

/** @param {import("./trainer.js").Trainer} trainer @returns {Diagnosis[]}  one at most */
function diagnoseRun(trainer) {
  const { plan, divergedAt: diverged_at } = trainer;
  const { bowl } = trainer.data.objective;
  const lr = Number(plan.lr);
  const critical = criticalLr(plan, { bowl });
  if (bowl && lr > critical) {
    const suggested = suggestedLr(plan, bowl);
    return [{ code: "above_critical", lr, critical, suggested, diverged_at }];
  }
  if (diverged_at !== null) return [{ code: "too_large", diverged_at }];
  return bowl ? [...creepsAtBest(trainer), ...ambiguity(bowl)] : [];
}

/**
 * Whether even at a good rate a rule needs very many steps, and what would help.
 * @param {import("./trainer.js").Trainer} trainer
 * @returns {Diagnosis[]}
 */
function creepsAtBest({ plan, bowl, table, row }) {
  const { optimizer, momentum, outside, batch_size } = plan;
  if (!RULES[optimizer]?.critical || outside || batch_size || bowl.of) return [];
  if (row.loss <= nearFloor(bowl, table.lossAt(0))) return [];
  return bestOf(bowl, { optimizer, momentum }, table.rowAt(0).params);
}

const bestOf = once(
  /**
   * @param {Bowl} bowl
   * @param {Plan} plan
   * @param {import("./quadratic.js").Params} start
   * @returns {Diagnosis[]}
   */
  (bowl, plan, start) => {
    const atBest = (/** @type {Bowl} */ other) =>
      /** @type {const} */ ([{ ...plan, lr: suggestedLr(plan, other) }, other, start]);
    const here = atBest(bowl);
    const goal = nearFloor(bowl, gradient(bowl, start)[0]) - bowl.floor;
    if (leftAfter(SLOW, ...here) <= goal) return [];
    const steps = forecast(...here);
    const seen = errorsAlongAxes(bowl, start).filter(({ error }) => error > 0);
    if (!seen.length) return []; // there is nothing to be done
    const ratio = seen[seen.length - 1].curvature / seen[0].curvature;
    let [cure, cured] = [/** @type {string | null} */ (null), /** @type {number | null} */ (null)];
    for (const [way, other] of Object.entries(cures(bowl))) {
      const taken = forecast(...atBest(other)) ?? Infinity;
      if (taken <= SOON) [cure, cured] = [way, taken];
    }
    const details = { suggested: here[0].lr, steps: steps === Infinity ? null : steps, ratio };
    return [{ code: "creeps_at_best", ...details, cure, cured }];
  },
);

/**
 * What the bowl would be of other columns: standardized, and of a line with their mean at 0.
 * @param {Bowl} bowl
 * @returns {Record<string, Bowl>}
 */
export function cures(bowl) {
  const spreads = bowl.cov_x.map((row, i) => Math.sqrt(row[i]));
  if (bowl.intercept === null || spreads.includes(0)) return {};
  const centred = { ...bowl, mean_x: spreads.map(() => 0) };
  const standardize = {
    ...centred,
    cov_x: bowl.cov_x.map((row, i) => row.map((value, j) => value / spreads[i] / spreads[j])),
    best_slopes: bowl.best_slopes.map((best, j) => spreads[j] * best),
  };
  return dimension(bowl) === 2 ? { standardize, mean: centred } : { standardize };
}

/**
 * Why nothing fits best alone, where many fit alike.
 * @param {import("./quadratic.js").Bowl} bowl
 * @returns {Diagnosis[]}
 */
function ambiguity(bowl) {
  const [x] = bowl.mean_x;
  const alike = free(bowl);
  const d = dimension(bowl);
  if (!alike) return [];
  if (d !== 2 || bowl.intercept !== 1) return [{ code: "many_fit", n: bowl.n, d, free: alike }];
  return [{ code: bowl.n === 1 ? "one_point" : "same_x", x, y: bowl.mean_y }];
}

/**
 * Why the fitted intercept is not the true one, where the noise is not centred.
 * @param {string} noise
 * @param {import("./quadratic.js").Params} trueParams
 * @returns {Diagnosis | undefined}
 */
export const noiseMean = (noise, [, intercept]) =>
  noise === "uniform" ? { code: "noise_mean", intercept, best: intercept + 0.5 } : undefined;
