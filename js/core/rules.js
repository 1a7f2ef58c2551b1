// The update rules, what one step of training does with the gradient: the twin of
// gd_widget/core/rules.py, which says where each comes from.
//
// Each rule is one pure function from (params, grad, memory, settings) to [params, memory].
// `memory` is whatever the rule carries from one step to the next, as a list of numbers; plain
// gradient descent carries nothing. This file knows nothing of where a gradient comes from.

import { curvatureAlong, overHessian } from "./quadratic.js";

/**
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {number[]} Memory
 *
 * What the user can turn while training, and the bowl for those rules that look at it.
 * @typedef {object} Settings
 * @property {number} lr
 * @property {number} momentum
 * @property {number} alpha
 * @property {number[]} betas
 * @property {Bowl} bowl
 *
 * @typedef {(params: Params, grad: Params, memory: Memory, settings: Settings) => [Params, Memory]} Step
 */

/** Two numbers, each from its place. @param {(i: 0 | 1) => number} of @returns {Params} */
const both = (of) => [of(0), of(1)];

/** @param {Memory} one @param {Memory} other */
const dot = (one, other) => one[0] * other[0] + one[1] * other[1];

/** @param {Memory} one @param {Memory} other */
const minus = (one, other) => both((i) => one[i] - other[i]);

/**
 * Move against the gradient, by the learning rate: a -= lr * a.grad.
 * @param {Params} params
 * @param {Params} grad
 * @param {Memory} memory
 * @param {Pick<Settings, "lr">} settings
 * @returns {[Params, Memory]}
 */
export function gradientDescent(params, grad, memory, { lr }) {
  return [both((i) => params[i] - lr * grad[i]), memory];
}

// -------------------------------------------------- first order, with a memory of gradients

/** Keep a share of the last step's velocity, and add the gradient to it. @type {Step} */
function momentum(params, grad, memory, { lr, momentum }) {
  const velocity = both((i) => momentum * memory[i] + grad[i]);
  return [both((i) => params[i] - lr * velocity[i]), velocity];
}

/** Momentum that looks ahead: the gradient, and the velocity it has just changed. @type {Step} */
function nesterov(params, grad, memory, { lr, momentum }) {
  const velocity = both((i) => momentum * memory[i] + grad[i]);
  return [both((i) => params[i] - lr * (grad[i] + momentum * velocity[i])), velocity];
}

/** A rate of its own for each parameter: less, the more it has been moved already. @type {Step} */
function adagrad(params, grad, memory, { lr }) {
  const squares = both((i) => memory[i] + grad[i] * grad[i]);
  return [both((i) => params[i] - (lr * grad[i]) / (Math.sqrt(squares[i]) + 1e-10)), squares];
}

/** AdaGrad that forgets: the gradient over its own size of late. @type {Step} */
function rmsprop(params, grad, memory, { lr, alpha }) {
  const squares = both((i) => alpha * memory[i] + (1 - alpha) * grad[i] * grad[i]);
  return [both((i) => params[i] - (lr * grad[i]) / (Math.sqrt(squares[i]) + 1e-8)), squares];
}

/** Momentum over RMSProp's size, both freed of their beginning at zero. @type {Step} */
function adam(params, grad, memory, { lr, betas: [beta1, beta2] }) {
  const means = both((i) => beta1 * memory[i] + (1 - beta1) * grad[i]);
  const squares = both((i) => beta2 * memory[i + 2] + (1 - beta2) * grad[i] * grad[i]);
  const t = memory[4] + 1;
  const rate = lr / (1 - beta1 ** t);
  const size = Math.sqrt(1 - beta2 ** t);
  const step = (/** @type {0 | 1} */ i) =>
    (rate * means[i]) / (Math.sqrt(squares[i]) / size + 1e-8);
  return [both((i) => params[i] - step(i)), [...means, ...squares, t]];
}

// --------------------------------------- with an exact line search: these choose their step

/** Turn away from the gradient so that what the last step has gained is not undone. @type {Step} */
function conjugateGradient(params, grad, memory, { bowl }) {
  const last = memory.slice(2);
  const turn = dot(grad, minus(grad, memory)) / (dot(memory, memory) || 1);
  const direction = both((i) => (turn > 0 ? turn : 0) * last[i] - grad[i]);
  return [down(params, grad, direction, bowl), [...grad, ...direction]];
}

/** Guess the curvature from how the gradient changes; aim at that bowl's bottom. @type {Step} */
function bfgs(params, grad, memory, { bowl }) {
  let [a, b, d, s1, s2] = memory; // first the guess of the inverse Hessian, [[a, b], [b, d]]
  const [y1, y2] = minus(grad, memory.slice(5));
  const gained = s1 * y1 + s2 * y2;
  if (isCurved([s1, s2], [y1, y2])) {
    const [h1, h2] = [a * y1 + b * y2, b * y1 + d * y2];
    const more = (1 + (y1 * h1 + y2 * h2) / gained) / gained;
    a += more * s1 * s1 - (2 * h1 * s1) / gained;
    b += more * s1 * s2 - (h1 * s2 + h2 * s1) / gained;
    d += more * s2 * s2 - (2 * h2 * s2) / gained;
  }
  const [g1, g2] = grad;
  const next = down(params, grad, [-a * g1 - b * g2, -b * g1 - d * g2], bowl);
  return [next, [a, b, d, ...minus(next, params), ...grad]];
}

/** BFGS that remembers steps, not a matrix: the last one; in a plane it is enough. @type {Step} */
function lbfgs(params, grad, memory, { bowl }) {
  const change = minus(grad, memory.slice(2));
  let direction = both((i) => -grad[i]);
  if (isCurved(memory, change)) {
    const [gained, size] = [dot(memory, change), dot(change, change)];
    const along = dot(memory, grad) / gained;
    const rest = both((i) => (gained / size) * (grad[i] - along * change[i]));
    const back = along - dot(change, rest) / gained;
    direction = both((i) => -rest[i] - back * memory[i]);
  }
  const next = down(params, grad, direction, bowl);
  return [next, [...minus(next, params), ...grad]];
}

/** Divide the gradient by the curvature: on a bowl, one step to the bottom. @type {Step} */
function newton(params, grad, memory, { bowl }) {
  return [minus(params, overHessian(bowl, grad)), memory];
}

/**
 * The lowest point along a direction: on a bowl there is a formula for it.
 * @param {Params} params
 * @param {Params} grad
 * @param {Params} direction
 * @param {Bowl} bowl
 */
function down(params, grad, direction, bowl) {
  const curvature = curvatureAlong(bowl, direction);
  const length = curvature > 0 ? -dot(grad, direction) / curvature : 0;
  return both((i) => params[i] + length * direction[i]);
}

/**
 * Whether a step says something of the curvature: the gradient has grown along it. At rest it says
 * nothing: steps whose squares would be 0 divide by it.
 * @param {Memory} step
 * @param {Memory} change
 */
const isCurved = ([s1, s2], [y1, y2]) =>
  s1 * y1 + s2 * y2 > 1e-10 * Math.hypot(s1, s2) * Math.hypot(y1, y2) + 1e-200;

// --------------------------------------------------------------------------- which there are

const FIRST_ORDER = ["lr", "batch_size"];

/**
 * Each rule: what a person reads, what it carries before its first step, and which settings it
 * heeds; `critical` is the rate above which it diverges, in critical rates of plain gradient
 * descent, where there is one.
 * @type {Record<string, { label: string, step: Step, memory: Memory, settings: string[],
 *   critical?: (settings: { momentum: number }) => number }>}
 */
export const RULES = {
  gd: {
    label: "Gradient descent",
    step: gradientDescent,
    memory: [],
    settings: FIRST_ORDER,
    critical: () => 1,
  },
  momentum: {
    label: "Momentum",
    step: momentum,
    memory: [0, 0],
    settings: [...FIRST_ORDER, "momentum"],
    critical: ({ momentum }) => 1 + momentum,
  },
  nesterov: {
    label: "Nesterov",
    step: nesterov,
    memory: [0, 0],
    settings: [...FIRST_ORDER, "momentum"],
    critical: ({ momentum }) => (1 + momentum) / (1 + 2 * momentum),
  },
  adagrad: { label: "AdaGrad", step: adagrad, memory: [0, 0], settings: FIRST_ORDER },
  rmsprop: { label: "RMSProp", step: rmsprop, memory: [0, 0], settings: [...FIRST_ORDER, "alpha"] },
  adam: { label: "Adam", step: adam, memory: [0, 0, 0, 0, 0], settings: [...FIRST_ORDER, "betas"] },
  cg: { label: "Conjugate gradient", step: conjugateGradient, memory: [0, 0, 0, 0], settings: [] },
  bfgs: { label: "BFGS", step: bfgs, memory: [1, 0, 1, 0, 0, 0, 0], settings: [] },
  lbfgs: { label: "L-BFGS", step: lbfgs, memory: [0, 0, 0, 0], settings: [] },
  newton: { label: "Newton", step: newton, memory: [], settings: [] },
};
