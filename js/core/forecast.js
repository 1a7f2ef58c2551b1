// How many steps training will take until its loss is within 1% of the floor: the twin of
// gd_widget/core/forecast.py, which says why.

import { times } from "./linear-algebra.js";
import { once } from "./once.js";
import { quadratic } from "./objective.js";
import { errorsAlongAxes, gradient, nearFloor } from "./quadratic.js";
import { criticalLr } from "./rates.js";
import { RULES } from "./rules.js";

export const SLOW = 20_000; // a good rate that takes more steps is worth a word
export const SOON = 1_000; // what converges is there after so many; what takes more, creeps
const AHEAD = 10_000; // steps that are looked at one by one

/**
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {import("./stretches.js").Plan} Plan
 */

/**
 * The first step from the start on whose loss is within 1% of the floor. Infinity: there is none;
 * null: that is not known.
 * @param {Plan} plan
 * @param {Bowl} bowl
 * @param {Params} start
 */
export const forecast = (plan, bowl, start) => found(bowl, plan, start);

const found = once(look);

/**
 * @param {Bowl} bowl
 * @param {Plan} plan
 * @param {Params} start
 * @returns {number | null}
 */
function look(bowl, plan, start) {
  const isUnknown = plan.outside || plan.batch_size || bowl.of;
  const rule = isUnknown ? undefined : RULES[plan.optimizer];
  if (!rule) return null;
  const goal = nearFloor(bowl, gradient(bowl, start)[0]);
  if (!rule.critical) return runAhead(plan, bowl, start, goal);
  const left = (/** @type {number} */ count) => leftAfter(count, plan, bowl, start);
  const above = goal - bowl.floor;
  if (left(0) <= above) return 0;
  const soon = firstWithin(above, plan, bowl, start);
  if (soon !== null) return soon;
  if (!(Number(plan.lr) < criticalLr(plan, { bowl }))) return Infinity;
  if ((plan.momentum ?? 0) ** AHEAD > (1e-6 * above) / left(0)) return null; // it may still swing
  let [before, after] = [AHEAD, 2 * AHEAD];
  while (left(after) > above) {
    [before, after] = [after, 2 * after];
    if (after > Number.MAX_SAFE_INTEGER) return Infinity;
  }
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    [before, after] = left(middle) <= above ? [before, middle] : [middle, after];
  }
  return after;
}

/**
 * What is left of the loss, above the floor, after so many steps of a rule that is linear.
 * @param {number} count
 * @param {Plan} plan
 * @param {Bowl} bowl
 * @param {Params} start
 */
export function leftAfter(count, plan, bowl, start) {
  let left = 0;
  for (const { curvature, error } of errorsAlongAxes(bowl, start)) {
    let square = stepAlong(curvature, plan, bowl);
    let state = first(square.length);
    for (let rest = count; rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2) state = times(square, state);
      const rows = square;
      square = rows.map((row) =>
        rows.map((_, j) => row.reduce((sum, one, k) => sum + one * rows[k][j], 0)),
      );
    }
    left += error * state[0] ** 2;
  }
  return left;
}

/** The state of an error of 1, of which nothing is remembered. @param {number} length */
const first = (length) => Array.from({ length }, (_, i) => Number(i === 0));

/**
 * What a rule that is linear does along a direction: the matrix of (error, memory).
 * @param {number} curvature
 * @param {Plan} plan
 * @param {Bowl} bowl
 */
export function stepAlong(curvature, plan, bowl) {
  const { step, memory } = RULES[plan.optimizer];
  const settings = /** @type {any} */ ({ ...plan, objective: quadratic(bowl) });
  const states = [0, ...memory(1, settings)].map((_, i, all) => all.map((_, j) => Number(i === j)));
  const columns = states.map(([error, ...remembered]) =>
    step([error], [curvature * error], remembered, settings).flat(),
  );
  return columns.map((_, i) => columns.map((column) => column[i]));
}

/**
 * The first of the steps looked at that leaves no more than a goal; null: none does.
 * @param {number} goal
 * @param {Plan} plan
 * @param {Bowl} bowl
 * @param {Params} start
 */
function firstWithin(goal, plan, bowl, start) {
  const along = errorsAlongAxes(bowl, start);
  const steps = along.map(({ curvature }) => stepAlong(curvature, plan, bowl));
  let states = steps.map(({ length }) => first(length));
  for (let step = 0; step < AHEAD; step++) {
    if (along.reduce((sum, { error }, i) => sum + error * states[i][0] ** 2, 0) <= goal)
      return step;
    states = states.map((state, i) => times(steps[i], state));
  }
  return null;
}

/**
 * The first step whose loss is at most a goal, by making steps.
 * @param {Plan} plan
 * @param {Bowl} bowl
 * @param {Params} params
 * @param {number} goal
 */
function runAhead(plan, bowl, params, goal) {
  const rule = RULES[plan.optimizer];
  const settings = /** @type {any} */ ({ ...plan, objective: quadratic(bowl) });
  let memory = rule.memory(params.length, settings);
  for (let step = 0; step <= AHEAD; step++) {
    const [loss, ...grad] = gradient(bowl, params);
    if (loss <= goal) return step;
    if (!Number.isFinite(loss)) return Infinity;
    [params, memory] = rule.step(params, grad, memory, settings);
  }
  return null;
}
