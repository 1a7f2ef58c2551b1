// The update rules, what one step of training does with the gradient: the twin of
// gd_widget/core/rules.py, which says where each comes from.
//
// Each rule is one pure function from (params, grad, memory, settings) to [params, memory], of any
// number of parameters. `memory` is whatever the rule carries from one step to the next, as a list
// of numbers; plain gradient descent carries nothing. This file knows nothing of where a gradient
// comes from.

import { dot, minus, times } from "./linear-algebra.js";

/**
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {import("./objective.js").Objective} Objective
 * @typedef {number[]} Memory
 *
 * What the user can turn while training, and the loss for those rules that look along it.
 * @typedef {object} Settings
 * @property {number} lr
 * @property {number} momentum
 * @property {number} alpha
 * @property {number[]} betas
 * @property {number} history_size
 * @property {Objective} objective
 *
 * @typedef {(params: Params, grad: Params, memory: Memory, settings: Settings) => [Params, Memory]} Step
 */

/**
 * Move against the gradient, by the learning rate: a -= lr * a.grad.
 * @param {Params} params
 * @param {Params} grad
 * @param {Memory} memory
 * @param {Pick<Settings, "lr">} settings
 * @returns {[Params, Memory]}
 */
export function gradientDescent(params, grad, memory, { lr }) {
  return [params.map((value, i) => value - lr * grad[i]), memory];
}

// -------------------------------------------------- first order, with a memory of gradients

/** Keep a share of the last step's velocity, and add the gradient to it. @type {Step} */
function momentum(params, grad, memory, { lr, momentum }) {
  const velocity = grad.map((part, i) => momentum * memory[i] + part);
  return [params.map((value, i) => value - lr * velocity[i]), velocity];
}

/** Momentum that looks ahead: the gradient, and the velocity it has just changed. @type {Step} */
function nesterov(params, grad, memory, { lr, momentum }) {
  const velocity = grad.map((part, i) => momentum * memory[i] + part);
  return [params.map((value, i) => value - lr * (grad[i] + momentum * velocity[i])), velocity];
}

/** A rate of its own for each parameter: less, the more it has been moved already. @type {Step} */
function adagrad(params, grad, memory, { lr }) {
  const squares = grad.map((part, i) => memory[i] + part * part);
  const step = (/** @type {number} */ i) => (lr * grad[i]) / (Math.sqrt(squares[i]) + 1e-10);
  return [params.map((value, i) => value - step(i)), squares];
}

/** AdaGrad that forgets: the gradient over its own size of late. @type {Step} */
function rmsprop(params, grad, memory, { lr, alpha }) {
  const squares = grad.map((part, i) => alpha * memory[i] + (1 - alpha) * part * part);
  const step = (/** @type {number} */ i) => (lr * grad[i]) / (Math.sqrt(squares[i]) + 1e-8);
  return [params.map((value, i) => value - step(i)), squares];
}

/** Momentum over RMSProp's size, both freed of their beginning at zero. @type {Step} */
function adam(params, grad, memory, { lr, betas: [beta1, beta2] }) {
  const d = grad.length;
  const means = grad.map((part, i) => beta1 * memory[i] + (1 - beta1) * part);
  const squares = grad.map((part, i) => beta2 * memory[d + i] + (1 - beta2) * part * part);
  const t = memory[2 * d] + 1;
  const rate = lr / (1 - beta1 ** t);
  const size = Math.sqrt(1 - beta2 ** t);
  const step = (/** @type {number} */ i) =>
    (rate * means[i]) / (Math.sqrt(squares[i]) / size + 1e-8);
  return [params.map((value, i) => value - step(i)), [...means, ...squares, t]];
}

// --------------------------------------- with a line search: these choose their step

/** Turn away from the gradient so that what the last step has gained is not undone. @type {Step} */
function conjugateGradient(params, grad, memory, { objective }) {
  const [lastGrad, last] = cut(memory, grad.length);
  const turn = dot(grad, minus(grad, lastGrad)) / (dot(lastGrad, lastGrad) || 1);
  const direction = grad.map((part, i) => (turn > 0 ? turn : 0) * last[i] - part);
  return [down(params, grad, direction, objective), [...grad, ...direction]];
}

/** Guess the curvature from how the gradient changes; aim at that bowl's bottom. @type {Step} */
function bfgs(params, grad, memory, { objective }) {
  const d = grad.length;
  const size = memory.length - 2 * d;
  const [step, lastGrad] = cut(memory.slice(size), d);
  let inverse = square(memory.slice(0, size), d);
  const change = minus(grad, lastGrad);
  if (isCurved(step, change)) {
    const gained = dot(step, change);
    const turned = times(inverse, change);
    const more = (1 + dot(change, turned) / gained) / gained;
    inverse = inverse.map((row, i) =>
      row.map(
        (value, j) =>
          value + more * step[i] * step[j] - (turned[i] * step[j] + step[i] * turned[j]) / gained,
      ),
    );
  }
  const direction = times(inverse, grad).map((value) => -value);
  const next = down(params, grad, direction, objective);
  return [next, [...triangle(inverse), ...minus(next, params), ...grad]];
}

/** BFGS that remembers steps, not a matrix: of each, how the gradient has changed. @type {Step} */
function lbfgs(params, grad, memory, { objective }) {
  const [step, lastGrad, ...older] = cut(memory, grad.length);
  const all = [step, minus(grad, lastGrad), ...older]; // the newest first
  const pairs = cut(all, 2).filter(([one, change]) => isCurved(one, change));
  // Down through the changes of the gradient, and back up through the steps.
  let rest = grad;
  const alongs = pairs.map(([one, change]) => {
    const along = dot(one, rest) / dot(one, change);
    rest = rest.map((part, i) => part - along * change[i]);
    return along;
  });
  if (pairs[0]) {
    const [one, change] = pairs[0];
    const scale = dot(one, change) / dot(change, change);
    rest = rest.map((part) => scale * part);
  }
  for (const [i, [one, change]] of [...pairs.entries()].reverse()) {
    const back = alongs[i] - dot(change, rest) / dot(one, change);
    rest = rest.map((part, j) => part + back * one[j]);
  }
  const next = down(
    params,
    grad,
    rest.map((part) => -part),
    objective,
  );
  return [next, [...minus(next, params), ...grad, ...all.slice(0, -2).flat()]];
}

/** Divide the gradient by the curvature: on a bowl, one step to the bottom. @type {Step} */
function newton(params, grad, memory, { objective }) {
  return [minus(params, objective.newtonStep(params, grad)), memory];
}

/**
 * The lowest point along a direction, or against it.
 * @param {Params} params
 * @param {Params} grad
 * @param {Params} direction
 * @param {Objective} objective
 */
function down(params, grad, direction, objective) {
  const length = objective.lengthAlong(params, grad, direction);
  return params.map((value, i) => value + length * direction[i]);
}

/**
 * Whether a step says something of the curvature: the gradient has grown along it. At rest it says
 * nothing: steps whose squares would be 0 divide by it.
 * @param {number[]} step
 * @param {number[]} change
 */
const isCurved = (step, change) =>
  dot(step, change) > 1e-10 * Math.hypot(...step) * Math.hypot(...change) + 1e-200;

/** In pieces of one length. @template T @param {T[]} list @param {number} length @returns {T[][]} */
const cut = (list, length) =>
  Array.from({ length: list.length / length }, (_, i) => list.slice(i * length, (i + 1) * length));

/** Of a symmetric matrix what is on the diagonal and right of it. @param {number[][]} matrix */
const triangle = (matrix) => matrix.flatMap((row, i) => row.slice(i));

/** The symmetric matrix whose triangle comes first in a list. @param {number[]} triangle @param {number} d */
export function square(triangle, d) {
  /** @type {number[][]} */
  const rows = [];
  for (let i = 0, at = 0; i < d; at += d - i, i++) {
    rows.push([...rows.map((row) => row[i]), ...triangle.slice(at, at + d - i)]);
  }
  return rows;
}

// --------------------------------------------------------------------------- which there are

const FIRST_ORDER = ["lr", "batch_size"];

/** Numbers for each parameter, all 0. @param {number} each */
const zeros = (each) => (/** @type {number} */ d) => Array.from({ length: each * d }, () => 0);

/** BFGS's: the identity matrix, and no step yet. @param {number} d */
const identity = (d) => [
  ...triangle(zeros(1)(d).map((_, i, row) => row.map((_, j) => Number(i === j)))),
  ...zeros(2)(d),
];

/** L-BFGS's: no step yet; in d dimensions more than d - 1 say nothing new. @type {ReturnType<typeof rule>["memory"]} */
const noPairs = (d, { history_size }) => zeros(2 * Math.min(history_size, Math.max(1, d - 1)))(d);

/**
 * A rule.
 * @param {string} label  what people call it
 * @param {Step} step  what it does
 * @param {(d: number, settings: { history_size: number }) => Memory} memory  what it carries before
 *   its first step
 * @param {string[]} settings  those it heeds
 * @param {(settings: { momentum: number }) => number} [critical]  the rate above which it diverges,
 *   in critical rates of plain gradient descent; undefined where there is none
 */
const rule = (label, step, memory, settings, critical) => ({
  ...{ label, step, memory, settings, critical },
});

/** @type {Record<string, ReturnType<typeof rule>>} */
export const RULES = {
  gd: rule("Gradient descent", gradientDescent, zeros(0), FIRST_ORDER, () => 1),
  momentum: rule(
    "Momentum",
    momentum,
    zeros(1),
    [...FIRST_ORDER, "momentum"],
    ({ momentum }) => 1 + momentum,
  ),
  nesterov: rule(
    "Nesterov",
    nesterov,
    zeros(1),
    [...FIRST_ORDER, "momentum"],
    ({ momentum }) => (1 + momentum) / (1 + 2 * momentum),
  ),
  adagrad: rule("AdaGrad", adagrad, zeros(1), FIRST_ORDER),
  rmsprop: rule("RMSProp", rmsprop, zeros(1), [...FIRST_ORDER, "alpha"]),
  adam: rule("Adam", adam, (d) => [...zeros(2)(d), 0], [...FIRST_ORDER, "betas"]),
  cg: rule("Conjugate gradient", conjugateGradient, zeros(2), []),
  bfgs: rule("BFGS", bfgs, identity, []),
  lbfgs: rule("L-BFGS", lbfgs, noPairs, ["history_size"]),
  newton: rule("Newton", newton, zeros(0), []),
};
