// Which learning rates converge, and which one to try: the twin of gd_widget/core/rates.py, which
// says why.

import { criticalLr as ofDescent, fastestLr } from "./quadratic.js";
import { RULES } from "./rules.js";

/**
 * @typedef {import("./objective.js").Objective} Objective
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./stretches.js").Plan} Plan
 */

/**
 * The rate above which a rule diverges; infinity where none is known, as on no bowl and of batches.
 * @param {Plan} plan
 * @param {Pick<Objective, "bowl">} objective
 */
export const criticalLr = ({ optimizer, momentum = 0, batch_size }, { bowl }) =>
  bowl && !batch_size
    ? ofDescent(bowl) * (RULES[optimizer]?.critical?.({ momentum }) ?? Infinity)
    : Infinity;

/**
 * What the loss never exceeds along directions in which a rule's errors do not grow.
 * @param {Plan} plan
 * @param {number} before  the loss at a step
 * @param {number} after  and after one more with the same plan
 */
export const mostBelowCritical = ({ momentum = 0 }, before, after) =>
  momentum ? ((1 + momentum) / (1 - momentum) ** 2) * (after + momentum * before) : before;

/**
 * A good rate: the fastest one, or with momentum half of the critical rate of gradient descent.
 * @param {Plan} plan
 * @param {Bowl} bowl
 */
export const suggestedLr = ({ optimizer }, bowl) =>
  oneDigit(
    optimizer === "gd" ? Math.min(fastestLr(bowl), 0.999 * ofDescent(bowl)) : ofDescent(bowl) / 2,
  );

/** A rate cut to one digit, but for rounding, so that it can be read and typed. @param {number} rate */
export const oneDigit = (rate) => Number(rate.toExponential(6).replace(/\.\d+/, ""));
