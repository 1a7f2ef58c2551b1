// What each learning rate does with these data.

import { errorCurvatures } from "./quadratic.js";
import { criticalLr } from "./rates.js";

const CREEP = 0.01; // of the slowest error: where a step takes away less, training creeps

/**
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./stretches.js").Plan} Plan
 *
 * Rates that do the same; of those without a name nothing can be said.
 * @typedef {"" | "creeps" | "converges" | "oscillates" | "diverges"} ZoneName
 * @typedef {{ name: ZoneName, from: number, to: number }} Zone
 */

/** Whether these are plain steps against the whole gradient. @param {Plan} plan */
export const isPlain = ({ optimizer, outside, batch_size }) =>
  optimizer === "gd" && !outside && !batch_size;

/**
 * What the rates from 0 upward do. Of batches that differ, and of rules that divide by the
 * gradient's size, no rate can be said to converge.
 * @param {Plan} plan
 * @param {Bowl} bowl
 * @returns {Zone[]}
 */
export function zones(plan, bowl) {
  const critical = plan.outside ? Infinity : criticalLr(plan, bowl);
  if (critical === Infinity) return [{ name: "", from: 0, to: Infinity }];
  /** @type {Zone} */
  const last = { name: "diverges", from: critical, to: Infinity };
  if (!isPlain(plan)) {
    return [{ name: plan.batch_size ? "" : "converges", from: 0, to: critical }, last];
  }
  // The errors are those along the bowl's axes: one step leaves 1 - lr·λ of each, λ being the
  // curvature there.
  const [slowest, steepest] = errorCurvatures(bowl);
  const swings = 1 / steepest;
  const creeps = Math.min(CREEP / slowest, swings);
  /** @type {Zone[]} */
  const all = [
    { name: "creeps", from: 0, to: creeps },
    { name: "converges", from: creeps, to: swings },
    { name: "oscillates", from: swings, to: critical },
    last,
  ];
  return all.filter(({ from, to }) => from < to);
}

/**
 * A rate between two zones does what the slower ones do; but at the critical rate, where the last
 * one begins, nothing converges any more.
 * @param {number} lr
 * @param {Zone[]} all
 */
export function zoneOf(lr, all) {
  const last = all[all.length - 1];
  return lr >= last.from ? last.name : (all.find(({ to }) => lr <= to) ?? last).name;
}
