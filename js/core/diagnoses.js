// What is wrong with the training, as codes with numbers: the twin of gd_widget/training/diagnoses.py.
// js/words makes sentences of them.

import { SLOW, SOON, forecast } from "./forecast.js";
import { diagnoseLoss } from "./loss-diagnoses.js";
import { modelOf } from "./model.js";
import { columnsOf, standardized } from "./scaling.js";
import { once } from "./once.js";
import {
  bowlOf,
  criticalLr as ofDescent,
  errorsAlongAxes,
  gradient,
  free,
  dimension,
  nearFloor,
} from "./quadratic.js";
import { criticalLr, oneDigit, suggestedLr } from "./rates.js";
import { RULES } from "./rules.js";

/**
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./stretches.js").Plan} Plan
 *
 * The codes of gd_widget/core/diagnosis.py that a page can find out.
 * @typedef {"above_critical" | "batches_overshoot" | "too_large" | "creeps_at_best" | "one_point" | "same_x" | "many_fit" | "noise_mean" | "separable" | "trembles" | "no_curvature" | "newton_climbs" | "at_saddle"} Code
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

const FAR = 1e6; // batches have gone far wrong where the loss is so many times what is usual there

/** @param {import("./trainer.js").Trainer} trainer @returns {Diagnosis[]}  one at most */
function diagnoseRun(trainer) {
  const { plan, divergedAt: diverged_at } = trainer;
  const { bowl } = trainer.data.objective;
  const lr = Number(plan.lr);
  const critical = criticalLr(plan, { bowl });
  if (bowl && lr > critical && (diverged_at !== null || isOff(trainer, lr / critical))) {
    const suggested = suggestedLr(plan, bowl);
    return [{ code: "above_critical", lr, critical, suggested, diverged_at }];
  }
  const byBatches = bowl ? batchesOvershoot(trainer) : [];
  if (byBatches.length) return byBatches;
  if (diverged_at !== null) return [{ code: "too_large", diverged_at }];
  return bowl ? [...creepsAtBest(trainer), ...ambiguity(bowl)] : diagnoseLoss(trainer);
}

/**
 * Whether there is an error along a direction too steep for so many times the critical rate.
 * @param {import("./trainer.js").Trainer} trainer
 * @param {number} times
 */
function isOff({ bowl, row }, times) {
  const along = errorsAlongAxes(bowl, row.params);
  const steepest = along[along.length - 1].curvature;
  return bowl.of || along.some(({ curvature, error }) => error > 0 && curvature * times > steepest);
}

/**
 * That single points are steeper than all of them, where batches have gone far wrong.
 * @param {import("./trainer.js").Trainer} trainer
 * @returns {Diagnosis[]}
 */
function batchesOvershoot({ plan, bowl, table, row, data, divergedAt: diverged_at }) {
  const { features, y } = data.sample;
  const usual =
    gradient(
      bowl,
      row.params.map(() => 0),
    )[0] + table.lossAt(0);
  if (!plan.batch_size || !plan.lr || !(row.loss > FAR * usual) || y.length < bowl.n) return [];
  let steepest = 0;
  for (let i = 0; i < y.length; i++) {
    const square = features.reduce((sum, column) => sum + column[i] ** 2, 0);
    steepest = Math.max(steepest, 2 * (square + Number(bowl.intercept !== null)));
  }
  const curvature = 2 / ofDescent(bowl);
  const suggested = oneDigit((1 - (plan.momentum ?? 0)) / steepest);
  return [{ code: "batches_overshoot", lr: plan.lr, steepest, curvature, suggested, diverged_at }];
}

/**
 * Whether even at a good rate a rule needs very many steps, and what would help.
 * @param {import("./trainer.js").Trainer} trainer
 * @returns {Diagnosis[]}
 */
function creepsAtBest({ plan, bowl, table, row, data }) {
  const { optimizer, momentum, outside, batch_size } = plan;
  if (!RULES[optimizer]?.critical || outside || batch_size || bowl.of) return [];
  if (row.loss <= nearFloor(bowl, table.lossAt(0))) return [];
  const start = table.rowAt(0).params;
  // A ridge is another one of other columns; and where points are held back, x.mean() is not the mean
  // of those that are trained on.
  const ways = data.objective.ridge ? 0 : data.sample.points?.held ? 1 : 2;
  const [found] = bestOf(bowl, { optimizer, momentum }, start, ways);
  const mended = found && ways ? centredPowers(data) : null;
  if (!mended) return found ? [found] : [];
  const lr = suggestedLr(plan, mended);
  const cured = forecast({ optimizer, momentum, lr }, mended, start) ?? Infinity;
  return [cured <= SOON ? { ...found, cure: "mean and standardize", cured } : found];
}

/** Of each sample that was asked for. @type {WeakMap<object, Bowl | null>} */
const centred = new WeakMap();

/**
 * The bowl of x - x.mean() in place of x, standardized; null for what is no polynomial. Powers of x
 * far from zero are nearly alike, those of x around zero are not.
 * @param {import("./next-step.js").Data} data
 */
function centredPowers({ bowl, sample }) {
  const { degree = 1, points, y } = sample;
  if (degree === 1 || !points || bowl.intercept === null || y.length < bowl.n) return null;
  if (!centred.has(sample)) {
    const { x, held } = points;
    const all = held ? [...x, ...held.x] : [...x]; // which the mean is of
    const mean = all.reduce((sum, value) => sum + value / all.length, 0);
    const about = [x.map((value) => value - mean)];
    const model = standardized(modelOf(degree, true, true), about);
    centred.set(sample, bowlOf(columnsOf(model, about), y));
  }
  return centred.get(sample) ?? null;
}

const bestOf = once(
  /**
   * @param {Bowl} bowl
   * @param {Plan} plan
   * @param {import("./quadratic.js").Params} start
   * @param {number} ways  how many of the cures are worth a word
   * @returns {Diagnosis[]}
   */
  (bowl, plan, start, ways) => {
    const atBest = (/** @type {Bowl} */ other) =>
      /** @type {const} */ ([{ ...plan, lr: suggestedLr(plan, other) }, other, start]);
    const here = atBest(bowl);
    const steps = forecast(...here) ?? 0;
    if (steps <= SLOW) return [];
    const seen = errorsAlongAxes(bowl, start).filter(({ error }) => error > 0);
    if (!seen.length) return []; // there is nothing to be done
    const ratio = seen[seen.length - 1].curvature / seen[0].curvature;
    let [cure, cured] = [/** @type {string | null} */ (null), /** @type {number | null} */ (null)];
    for (const [way, other] of Object.entries(cures(bowl)).slice(0, ways)) {
      const taken = forecast(...atBest(other)) ?? Infinity;
      if (taken <= SOON) [cure, cured] = [way, taken];
    }
    const newton = forecast({ optimizer: "newton" }, bowl, start);
    const details = { suggested: here[0].lr, steps: steps === Infinity ? null : steps, ratio };
    return [{ code: "creeps_at_best", ...details, newton, cure, cured }];
  },
);

/**
 * What the bowl would be of other columns: standardized, and of a line with their mean at 0.
 * @param {Bowl} bowl
 * @returns {Record<string, Bowl>}
 */
function cures(bowl) {
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
