// The update rules, what one step of training does with the gradient: the twin of
// gd_widget/rules.py.
//
// Each rule is one pure function from (params, grad, memory, settings) to [params, memory].
// `memory` is whatever the rule carries from one step to the next, as a list of numbers; plain
// gradient descent carries nothing. This file knows nothing of where a gradient comes from.

/**
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {number[]} Memory
 *
 * What the user can turn while training.
 * @typedef {{ lr: number }} Settings
 */

/**
 * Move against the gradient, by the learning rate: a -= lr * a.grad.
 * @param {Params} params
 * @param {Params} grad
 * @param {Memory} memory
 * @param {Settings} settings
 * @returns {[Params, Memory]}
 */
export function gradientDescent(params, grad, memory, { lr }) {
  const [slope, intercept] = params;
  const [gradSlope, gradIntercept] = grad;
  return [[slope - lr * gradSlope, intercept - lr * gradIntercept], memory];
}
