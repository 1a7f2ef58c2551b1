// The loss as one types it in PyTorch, where it is no mean of squares, and what it is of a batch.

import { dot } from "../../core/linear-algebra.js";
import { ofPoint } from "../../core/losses.js";
import { guesses } from "../guesses.js";

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../core/objective.js").About} About
 */

/** @type {Record<string, (y: string, about: About) => string>} */
const CALLS = {
  mse: (y) => `((y_guess - ${y}) ** 2).mean()`,
  mae: (y) => `F.l1_loss(y_guess, ${y})`,
  huber: (y, { delta }) => `F.huber_loss(y_guess, ${y}, delta=${delta})`,
  cross_entropy: (y) => `F.binary_cross_entropy_with_logits(y_guess, ${y})`,
};

/** What is said of the loss of the run that is chosen. @param {View} view @returns {About} */
const aboutOf = ({ labels: { objectives }, chosen }) => objectives?.[chosen] ?? { kind: "mse" };

/**
 * The loss, as it is computed of y_guess.
 * @param {View} view
 * @param {string} y  what that is compared with
 */
export function otherLoss(view, y) {
  const about = aboutOf(view);
  const { names, model } = view.labels;
  const call = CALLS[about.kind](y, about);
  return about.ridge ? withRidge(call, about.ridge, model.intercept, names.length) : call;
}

/**
 * With the squares of the parameters, but for the intercept.
 * @param {string} call
 * @param {number} ridge
 * @param {number | null} intercept  which of the parameters it is
 * @param {number} d  parameters
 */
function withRidge(call, ridge, intercept, d) {
  const first = intercept ? `a[:${intercept === d - 1 ? -1 : intercept}]` : "";
  const rest = intercept === null ? "a" : intercept < d - 1 ? `a[${intercept + 1}:]` : "";
  const squares = [first, rest].filter(Boolean).map((part) => `(${part} ** 2).sum()`);
  const sum = squares.length > 1 ? `(${squares.join(" + ")})` : squares.join("");
  return sum ? `${call} + ${ridge} * ${sum}` : call;
}

/**
 * The loss of some points alone.
 * @param {View} view
 * @param {ArrayLike<number>} batch
 */
export function otherLossOf(view, batch) {
  const { points, row, labels } = view;
  const about = aboutOf(view);
  const at = guesses(points, labels.model, row.params);
  const lossAt = (/** @type {number} */ guess, /** @type {number} */ y) =>
    about.kind === "mse" ? (guess - y) ** 2 : ofPoint(about, guess, y)[0];
  let sum = 0;
  for (let k = 0; k < batch.length; k++) sum += lossAt(at(batch[k]), points.y[batch[k]]);
  const pulled = row.params.filter((_, i) => i !== labels.model.intercept);
  return sum / batch.length + (about.ridge ?? 0) * dot(pulled, pulled);
}

/**
 * The lines of a function of two parameters, and its value.
 * @param {{ code: string[] }} of
 * @param {unknown} value
 * @returns {[string, unknown][]}  source and numbers
 */
export const functionLines = ({ code }, value) => [
  ...code.map((source) => /** @type {[string, unknown]} */ ([source, ""])),
  ["loss = f(*a)", value],
];

/** Where there is no formula for the length of a step, or for the curvature. */
export const OTHER_SEARCH = "t = line_search(loss, a, d)";
export const OTHER_CURVATURE = "H = torch.func.hessian(loss)(a)";
