// One step of training: from a row, and what makes the next one, to where that leads.

import { batch as batchOf } from "./batches.js";
import { RULES } from "./rules.js";
import { sameRule } from "./stretches.js";
import { template } from "./template.js";

export const MADE_BY_CODE = template(
  "Made by code in Python: its kernel is needed for further steps.",
);
export const NOT_ALL_HERE = template(
  "Not all that it takes is in this page: its kernel is needed for further steps.",
);

/**
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {import("./points.js").Sample} Sample
 * @typedef {import("./stretches.js").Plan} Plan
 * @typedef {import("./stretches.js").Stretch} Stretch
 * @typedef {import("./objective.js").Objective} Objective
 *
 * What is trained on, and its loss. `bowl` is the mean squared error of the same points.
 * @typedef {{ bowl: Bowl, sample: Sample, objective: Objective }} Data
 */

/**
 * What training does after a row: which points it looks at (null: all of them), the gradient
 * there, and where that leads. Only where whyNot() knows no reason against it.
 * @param {Pick<import("./table.js").Row, "step" | "params" | "grad" | "memory">} row
 * @param {object} how
 * @param {Stretch} how.stretch  what makes the next row
 * @param {Stretch | null} how.last  what made this one
 * @param {Data} data
 * @returns {{ batch: Int32Array | null, grad: Params, params: Params, memory: number[] }}
 */
export function nextStep({ step, params: before, ...row }, { stretch, last }, { bowl, objective }) {
  const { optimizer, batch_size } = stretch;
  const rule = RULES[optimizer];
  const batch = batch_size
    ? batchOf(bowl.n, batch_size, stretch.batch + step + 1 - stretch.step)
    : null;
  const grad = batch ? objective.ofBatch(batch, before) : row.grad;
  const settings = /** @type {any} */ ({ ...stretch, objective });
  // Another rule's memory is none of its own; the rule's own may now be longer, or shorter.
  const known = last && sameRule(last, stretch) ? row.memory : [];
  const carried = rule.memory(before.length, settings).map((none, i) => known[i] ?? none);
  const [params, memory] = rule.step(before, grad, carried, settings);
  return { batch, grad, params, memory };
}

/**
 * Why this page cannot make steps with a plan, "" where it can.
 * @param {Plan} plan
 * @param {Data} data
 */
export function whyNot({ outside, batch_size }, { bowl, sample, objective }) {
  if (outside) return MADE_BY_CODE;
  const { length } = sample.y;
  if (!bowl.of && objective.isKnown && (!batch_size || length === bowl.n)) return "";
  return NOT_ALL_HERE;
}

/**
 * A row of the table, but for what a rule remembers: what some parameters are worth.
 * @param {number} step
 * @param {Params} params
 * @param {Pick<Objective, "gradient">} objective
 * @param {number} lr
 * @returns {number[]}
 */
export const rowOf = (step, params, objective, lr) => [
  ...[step, ...params, ...objective.gradient(params), lr],
];
