// What the step to come computes, as one would type it in PyTorch, with its numbers.

import { html } from "lit-html";
import { rootMeanSquares } from "../../core/quadratic.js";
import { decimals, plain } from "../charts/numbers.js";
import { batchSizeOf } from "../heeded.js";
import { RULE_TEXT } from "../rule-text.js";
import { known } from "./known.js";
import { format } from "./formats.js";
import { finite, firstAndLast, pair } from "./values.js";

/**
 * One line of code: what of the step it is, its source, and what comes of it.
 * @typedef {{ part: Part, source: string, numbers: unknown }} Line
 * @typedef {"batch" | "guess" | "loss" | "grad" | "memory" | "update" | "zero" | ""} Part
 *
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../types.js").Next} Next
 */

/** Where the step to come is not known, its numbers are not shown: a large one. @type {any} */
const NOTHING = { params: [1e99, 1e99], grad: [0, 0], memory: [0, 0, 0, 0, 0] };

/**
 * @param {View} view
 * @param {Next} next  what the step to come does, null where that is not known here
 * @returns {Line[]}
 */
export function linesOf(view, next) {
  const { labels, row, run } = view;
  if (run.outside) return (labels.code ?? []).map((source) => line("", source));
  const of = known(view, next ?? NOTHING);
  const { lines, factor } = RULE_TEXT[run.optimizer];
  const [update, ...memory] = lines(of);
  // A rule that looks back at the last gradient must keep it.
  const keep = memory.some(([source]) => /\bg\b/.test(source)) ? "g = a.grad.clone(); " : "";
  return [
    ...lossLines(view, next?.batch),
    line("grad", "loss.backward()", next && html`a.grad = ${pair(next.grad, of.g)}`),
    ...memory.map(([source, numbers]) => line("memory", source, next && numbers)),
    line(
      "update",
      `with torch.no_grad(): ${update}`,
      next &&
        html`${pair(row.params, of.a)} ${moved(update, of, factor)} = ${pair(next.params, of.a)}`,
    ),
    line("zero", `${keep}a.grad.zero_()`, html`a.grad = <span class="pair">[0, 0]</span>`),
  ];
}

/** @param {Part} part @param {string} source @param {unknown} [numbers] @returns {Line} */
const line = (part, source, numbers) => ({ part, source, numbers: numbers ?? "" });

/**
 * From the guess to its loss, of all points or of a batch.
 * @param {View} view
 * @param {ArrayLike<number> | null | undefined} batch  of the step to come
 */
function lossLines(view, batch) {
  const { bowl } = view.labels;
  const guess = html`y_guess = ${predictions(view, batch)}`;
  const d = decimals(bowl);
  const all = finite(view.row.loss, d.loss);
  if (batchSizeOf(view) === null) {
    return [
      line("guess", "y_guess = x @ a", guess),
      line("loss", "loss = ((y_guess - y) ** 2).mean()", `loss = ${all}`),
    ];
  }
  return [
    line("batch", "xb, yb = x[batch], y[batch]", batch && `${batch.length} of ${bowl.n} points`),
    line("guess", "y_guess = xb @ a", guess),
    line(
      "loss",
      "loss = ((y_guess - yb) ** 2).mean()",
      html`${batch && `loss = ${finite(lossOf(view, batch), d.loss)} `}(of all points: ${all})`,
    ),
  ];
}

/**
 * How high the line is at each point.
 * @param {View} view
 * @param {ArrayLike<number> | null | undefined} batch
 */
function predictions({ points: { x }, row, labels: { bowl } }, batch) {
  const [slope, intercept] = row.params;
  const at = (/** @type {number} */ i) => slope * x[batch ? batch[i] : i] + intercept;
  const size = rootMeanSquares(bowl).y;
  return firstAndLast((batch ?? x).length, at, format(size, decimals(bowl).intercept));
}

/**
 * The mean squared error of some points alone.
 * @param {View} view
 * @param {ArrayLike<number>} batch
 */
function lossOf({ points: { x, y }, row }, batch) {
  const [slope, intercept] = row.params;
  let sum = 0;
  for (let k = 0; k < batch.length; k++) {
    sum += (slope * x[batch[k]] + intercept - y[batch[k]]) ** 2;
  }
  return sum / batch.length;
}

/**
 * What an update adds or takes away, as its line says it.
 * @param {string} update
 * @param {import("./known.js").Known} of
 * @param {import("../rule-text.js").RuleText["factor"]} factor
 */
function moved(update, of, factor) {
  if (factor && of.rate) return html`− ${plain(of.rate, 6)} · ${factor(of)}`;
  const isMinus = update.startsWith("a -=");
  const change = of.step.map((value) => (isMinus ? -value : value));
  return html`${isMinus ? "−" : "+"} ${pair(change, of.a)}`;
}
