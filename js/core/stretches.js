// What makes a row: a rule and the settings it heeds. They change seldom, so they are kept once
// for each stretch of steps made alike: the twin of Stretch in gd_widget/core/table.py.

import { batchesPerEpoch } from "./batches.js";
import { RULES } from "./rules.js";

/**
 * Settings of training, whether a rule heeds them or not.
 * @typedef {object} Common  those that all runs share
 * @property {number | null} batch_size  null: every step sees all points
 * @property {number} momentum
 * @property {number} alpha
 * @property {number[]} betas
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

const PARTS = ["optimizer", "outside", "lr", "batch_size", "momentum", "alpha", "betas"];

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
