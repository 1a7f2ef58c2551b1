// What makes a row: a rule and the settings it heeds. They change seldom, so they are kept once
// for each stretch of steps made alike: the twin of Stretch in gd_widget/core/table.py.

import { batchesPerEpoch } from "./batches.js";
import { lastUpTo } from "./rows.js";
import { RULES } from "./rules.js";
import { RULE_SETTINGS } from "./settings.js";

/**
 * Settings of training, whether a rule heeds them or not.
 * @typedef {object} Common  those that all runs share
 * @property {number | null} batch_size  null: every step sees all points
 * @property {number} momentum
 * @property {number} alpha
 * @property {number[]} betas
 * @property {number} history_size
 *
 * @typedef {object} Own  those in which runs may differ
 * @property {string} optimizer  a key of RULES, or what code is called that is not ours
 * @property {boolean} [outside]  whether it is such code
 * @property {number | null} lr
 *
 * What makes a row: the optimizer, and those settings that it heeds.
 * @typedef {Pick<Own, "optimizer" | "outside"> & Partial<Own & Common>} Plan
 *
 * Steps made with one plan: the first of them, the passes over the points completed before it, and
 * which batch it begins with, counted since the batch size is what it is.
 * @typedef {Plan & { step: number, epoch: number, batch: number }} Stretch
 */

/** What made rows, where that was more than is kept. */
const UNTOLD = { optimizer: "", outside: true };

/**
 * What makes the steps to come on n points.
 * @param {Own} own
 * @param {Common} common
 * @param {number} n
 * @returns {Plan}
 */
export function planOf({ optimizer, outside, lr }, common, n) {
  if (outside) return { optimizer, outside };
  /** @type {Record<string, any>} */
  const settings = { ...common, lr };
  // The batches of all points are none.
  if ((common.batch_size ?? 0) >= n) settings.batch_size = null;
  const heeded = RULES[optimizer].settings.map((name) => [name, settings[name]]);
  return { optimizer, ...Object.fromEntries(heeded) };
}

/**
 * Whether one rule makes the steps of both, so that it remembers from one to the other.
 * @param {Plan} one
 * @param {Plan} other
 */
export const sameRule = (one, other) =>
  one.optimizer === other.optimizer && Boolean(one.outside) === Boolean(other.outside);

const PARTS = ["outside", ...Object.keys(RULE_SETTINGS)];

/** @param {any} one @param {any} other @returns {boolean} whether two plans make the same rows */
export const samePlan = (one, other) =>
  PARTS.every((name) => String(one[name]) === String(other[name]));

/**
 * Steps to one pass over n points.
 * @param {Plan} plan
 * @param {number} n
 */
export const perEpoch = ({ batch_size }, n) => batchesPerEpoch(n, batch_size ?? null);

/**
 * Passes over n points completed at a step of a stretch.
 * @param {Stretch} stretch
 * @param {number} step
 * @param {number} n
 */
export const epochAt = (stretch, step, n) =>
  stretch.epoch + (step - stretch.step + 1) / perEpoch(stretch, n);

/**
 * What makes the row after a step: as the one before, or a new beginning.
 * @param {Stretch | null} last  what made the row of this step; null: nothing, it is the first
 * @param {number} step
 * @param {Plan} plan
 * @param {number} n
 * @returns {Stretch}
 */
export function stretchAfter(last, step, plan, n) {
  if (!last) return { ...plan, step: step + 1, epoch: 0, batch: 0 };
  if (samePlan(last, plan)) return last;
  const goesOn = (last.batch_size ?? null) === (plan.batch_size ?? null);
  const batch = goesOn ? last.batch + step + 1 - last.step : 0;
  return { ...plan, step: step + 1, epoch: epochAt(last, step, n), batch };
}

/** The stretches of a table, in order. */
export function newStretches() {
  /** @type {Stretch[]} */
  let all = [];

  const indexOf = (/** @type {number} */ step) => lastUpTo(step, all.length, (i) => all[i].step);

  return {
    /** What made the row of a step; null: the first row is the guess. @param {number} step */
    at: (step) => all[indexOf(step)] ?? null,

    /** The first of the steps up to this one that its rule has made without a break. @param {number} step */
    beginOf(step) {
      let i = indexOf(step);
      while (i > 0 && sameRule(all[i - 1], all[i])) i -= 1;
      return all[i]?.step ?? 0;
    },

    /** What made the rows after a step, up to another. @param {number} after @param {number} to */
    between: (after, to) => all.slice(Math.max(0, indexOf(after + 1)), indexOf(to) + 1),

    /** These are all there are from the first one's step on. @param {Stretch[]} stretches */
    write(stretches) {
      const [first] = stretches;
      if (first) all = all.slice(0, indexOf(first.step - 1) + 1).concat(stretches);
    },

    /** This one has made the steps from its own to another. @param {Stretch} stretch @param {number} to */
    put(stretch, to) {
      const first = indexOf(stretch.step - 1) + 1;
      all.splice(first, indexOf(to) + 1 - first, stretch);
    },

    /** Forget those after a step. @param {number} step */
    truncate(step) {
      all.length = indexOf(step) + 1;
    },

    /**
     * Keep those that made one of some steps; one that is untold stands for others.
     * @param {number[]} steps  in order
     */
    keep(steps) {
      /** @type {Stretch[]} */
      const told = [];
      let last = -1;
      for (const made of steps.map(indexOf)) {
        if (made === last) continue;
        if (made > last + 1) {
          const { step, epoch, batch } = all[last + 1];
          told.push({ ...UNTOLD, step, epoch, batch });
        }
        told.push(all[made]);
        last = made;
      }
      all = told;
    },
  };
}
