// What is known of rates where the loss is no bowl.

import { say } from "../../words/say.js";

/**
 * @typedef {import("../../core/zones.js").Zone} Zone
 */

/** As powers of ten, where no rate is known to be good. @type {[number, number]} */
export const ENDS_OF_UNKNOWN = [-4, 1];

/**
 * Below the rate of the descent lemma, gradient descent goes down at each step; what it does above, is
 * not said. Of other rules, of batches, and where the curvature has no bound, nothing is known.
 * @param {import("../../core/stretches.js").Plan} plan
 * @param {import("../../core/objective.js").Objective} objective
 * @returns {Zone[]}
 */
export function otherZones({ optimizer, batch_size, outside }, { criticalLr }) {
  const isKnown = optimizer === "gd" && !batch_size && !outside && criticalLr < Infinity;
  if (!isKnown) return [{ name: "", from: 0, to: Infinity }];
  return [
    { name: "goes down", from: 0, to: criticalLr },
    { name: "", from: criticalLr, to: Infinity },
  ];
}

/**
 * The zones, and what is said in place of a forecast.
 * @param {import("../../core/stretches.js").Plan} plan
 * @param {import("../../core/objective.js").Objective} objective
 */
export function otherRates(plan, objective) {
  const all = otherZones(plan, objective);
  return { all, said: all.length > 1 ? say("above: not known") : say("effect not known") };
}

/** What sets the length of a step of a rule without a rate. @param {string} optimizer */
export const otherWithoutRate = (optimizer) =>
  optimizer === "newton"
    ? say("The curvature sets each step's length.")
    : say("The line search tries lengths, and evaluates the loss for each.");
