// What is wrong with the training, as codes with numbers: the twin of gd_widget/training/diagnoses.py.
// js/words makes sentences of them.

import { hasValley } from "./quadratic.js";
import { criticalLr, suggestedLr } from "./rates.js";

/**
 * The codes of gd_widget/core/diagnosis.py that a page can find out.
 * @typedef {"above_critical" | "too_large" | "one_point" | "same_x" | "noise_mean"} Code
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
function diagnoseRun({ plan, bowl, divergedAt: diverged_at }) {
  const lr = Number(plan.lr);
  const critical = criticalLr(plan, bowl);
  if (lr > critical) {
    const suggested = suggestedLr(plan, bowl);
    return [{ code: "above_critical", lr, critical, suggested, diverged_at }];
  }
  return diverged_at === null ? ambiguity(bowl) : [{ code: "too_large", diverged_at }];
}

/**
 * Why no single line fits best, where none does.
 * @param {import("./quadratic.js").Bowl} bowl
 * @returns {Diagnosis[]}
 */
function ambiguity(bowl) {
  const [x, another] = bowl.mean_x; // of more features, there is more to be said
  if (another !== undefined || !hasValley(bowl)) return [];
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
