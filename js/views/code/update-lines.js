// What the step to come computes, as one would type it in PyTorch, with its numbers.

import { html } from "lit-html";
import { rootMeanSquares } from "../../core/quadratic.js";
import { say } from "../../words/say.js";
import { decimals, plainInCode } from "../charts/numbers.js";
import { guesses } from "../guesses.js";
import { batchSizeOf } from "../heeded.js";
import { RULE_TEXT } from "../rule-text.js";
import { known } from "./known.js";
import { format } from "./formats.js";
import { functionLines, otherLoss, otherLossOf } from "./other-losses.js";
import { boxed, finite, list, slot, vector } from "./values.js";

/**
 * One line of code: what of the step it is, its source, and what comes of it.
 * @typedef {{ part: Part, source: string, numbers: unknown }} Line
 * @typedef {"batch" | "guess" | "loss" | "grad" | "memory" | "update" | "zero" | ""} Part
 *
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../types.js").Next} Next
 */

/**
 * Where the step to come is not known, its numbers are not shown: a large one.
 * @param {number} d
 * @returns {any}
 */
const nothing = (d) => {
  const zeros = Array(d).fill(0);
  return { params: zeros.map(() => 1e99), grad: zeros, memory: [] };
};

/**
 * @param {View} view
 * @param {Next} next  what the step to come does, null where that is not known here
 * @returns {Line[]}
 */
export function linesOf(view, next) {
  const { labels, row, run } = view;
  if (run.outside) return (labels.code ?? []).map((source) => line("", source));
  const d = row.params.length;
  const of = known(view, next ?? nothing(d));
  const { lines, factor } = RULE_TEXT[run.optimizer];
  const [update, ...memory] = lines(of);
  // A rule that looks back at the last gradient must keep it.
  const keep = memory.some(([source]) => /\bg\b/.test(source)) ? "g = a.grad.clone(); " : "";
  return [
    ...lossLines(view, next?.batch),
    line("grad", "loss.backward()", next && html`a.grad = ${vector(next.grad, of.g)}`),
    ...memory.map(([source, numbers]) => line("memory", source, next && numbers)),
    line(
      "update",
      `with torch.no_grad(): ${update}`,
      next &&
        html`${vector(row.params, of.a)} ${moved(update, of, factor)} = ${vector(next.params, of.a)}`,
    ),
    line("zero", `${keep}a.grad.zero_()`, html`a.grad = ${list(d, () => 0)}`),
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
  const { bowl, objectives, function: f } = view.labels;
  const d = decimals(bowl);
  const all = finite(view.row.loss, d.loss);
  const shown = html`loss = ${boxed(all)}`;
  if (f) return functionLines(f, shown).map((one) => line("loss", ...one));
  const loss = (/** @type {string} */ y) =>
    `loss = ${objectives ? otherLoss(view, y) : `((y_guess - ${y}) ** 2).mean()`}`;
  const guess = html`${shapes(view, batch)}y_guess = ${predictions(view, batch)}`;
  if (batchSizeOf(view) === null) {
    return [line("guess", "y_guess = x @ a", guess), line("loss", loss("y"), shown)];
  }
  return [
    line(
      "batch",
      "xb, yb = x[batch], y[batch]",
      batch && say("{size} of {n} points", { size: batch.length, n: bowl.n }),
    ),
    line("guess", "y_guess = xb @ a", guess),
    line(
      "loss",
      loss("yb"),
      html`${batch && `loss = ${finite((objectives ? otherLossOf : lossOf)(view, batch), d.loss)} `}${say("(of all points: {all})", { all })}`,
    ),
  ];
}

/**
 * What x and a are, where that is not plain to see.
 * @param {View} view
 * @param {ArrayLike<number> | null | undefined} batch
 */
function shapes({ labels: { bowl }, row }, batch) {
  const d = row.params.length;
  return d === 2 ? "" : `(${(batch ?? { length: bowl.n }).length}, ${d}) @ (${d},): `;
}

/**
 * What the model says at each point.
 * @param {View} view
 * @param {ArrayLike<number> | null | undefined} batch
 */
function predictions(view, batch) {
  const { points, labels } = view;
  const at = guesses(view.points, labels.model, view.row.params);
  const { y } = rootMeanSquares(labels.bowl);
  const one = format(y, decimals(labels.bowl).guess);
  return list((batch ?? points.x).length, (i) => slot(at(batch ? batch[i] : i), one));
}

/**
 * The mean squared error of some points alone.
 * @param {View} view
 * @param {ArrayLike<number>} batch
 */
function lossOf({ points, row, labels: { model } }, batch) {
  const at = guesses(points, model, row.params);
  let sum = 0;
  for (let k = 0; k < batch.length; k++) sum += (at(batch[k]) - points.y[batch[k]]) ** 2;
  return sum / batch.length;
}

/**
 * What an update adds or takes away, as its line says it.
 * @param {string} update
 * @param {import("./known.js").Known} of
 * @param {import("../rule-text.js").RuleText["factor"]} factor
 */
function moved(update, of, factor) {
  if (factor && of.rate) return html`− ${plainInCode(of.rate, 6)} · ${factor(of)}`;
  const isMinus = update.startsWith("a -=");
  const change = of.step.map((value) => (isMinus ? -value : value));
  return html`${isMinus ? "−" : "+"} ${vector(change, of.a)}`;
}
