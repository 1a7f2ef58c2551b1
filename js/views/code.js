// One update in PyTorch, line by line, with the numbers of the step that comes next.

import { html, nothing } from "lit-html";
import { rootMeanSquares } from "../quadratic.js";
import { gradientDescent } from "../rules.js";
import { decimals, decimalsFor, fixed, plain } from "./numbers.js";

/**
 * How a quantity is written, and the room it is given, so that it does not dance.
 * @typedef {{ decimals: number, width: number }} Format
 * @typedef {import("../quadratic.js").Params} Params
 */

/**
 * @param {import("../session.js").View} view
 * @param {object} walk
 * @param {number | null} walk.line  where a slow step is, 0 to 4; null: nowhere
 * @param {() => void} walk.slowStep  go to the next line
 */
export function code(view, { line, slowStep }) {
  // No <code>, no <ol>: hosts style those, and differently.
  return html` <div class="code" role="group" aria-label="One step in PyTorch">
    <div class="code-lines ${line === null ? "resting" : ""}" role="list">
      ${lines(view).map(([source, numbers], i) => codeLine(source, numbers, place(i, line)))}
    </div>
    <button class="wide" @click=${() => slowStep()}>Slow step</button>
  </div>`;
}

/**
 * @param {number} i
 * @param {number | null} line
 */
function place(i, line) {
  if (line === null || i < line) return "";
  return i === line ? "current" : "pending";
}

/**
 * @param {string} source
 * @param {unknown} numbers
 * @param {"" | "current" | "pending"} at
 */
function codeLine(source, numbers, at) {
  return html` <div
    class="code-line ${at}"
    role="listitem"
    aria-current=${at === "current" ? "step" : nothing}
  >
    <span class="source">${source}</span> <span class="numbers">${numbers}</span>
  </div>`;
}

/**
 * @param {import("../session.js").View} view
 * @returns {[string, unknown][]}  what is computed, and what comes of it
 */
function lines({ labels, row, lr }) {
  /** @type {Params} */
  const params = [row.slope, row.intercept];
  /** @type {Params} */
  const grad = [row.grad_slope, row.grad_intercept];
  const [next] = gradientDescent(params, grad, [], { lr });
  const d = decimals(labels.bowl);
  const a = paramFormats(labels.bowl);
  const g = gradFormats(labels.bowl);
  return [
    ["y_guess = x @ a", html`a = ${pair(params, a)}`],
    ["loss = ((y_guess - y) ** 2).mean()", finite(row.loss, d.loss)],
    ["loss.backward()", html`a.grad = ${pair(grad, g)}`],
    [
      "with torch.no_grad(): a -= lr * a.grad",
      html`${pair(params, a)} − ${plain(lr)} · ${pair(grad, g)} = ${pair(next, a)}`,
    ],
    ["a.grad.zero_()", html`a.grad = <span class="pair">[0, 0]</span>`],
  ];
}

/**
 * @param {Params} values
 * @param {[Format, Format]} formats
 */
function pair([one, other], [formatOne, formatOther]) {
  return html`<span class="pair">[${slot(one, formatOne)}, ${slot(other, formatOther)}]</span>`;
}

/**
 * @param {number} value
 * @param {Format} format
 */
function slot(value, { decimals, width }) {
  return html`<span class="slot" .style="min-width:${width}ch">${finite(value, decimals)}</span>`;
}

/**
 * The step after the last finite one may lead anywhere.
 * @param {number} value
 * @param {number} decimals
 */
function finite(value, decimals) {
  return Number.isFinite(value) ? fixed(value, decimals) : value > 0 ? "∞" : "−∞";
}

/**
 * @param {import("../quadratic.js").Bowl} bowl
 * @returns {[Format, Format]}
 */
function paramFormats(bowl) {
  const { slope, intercept } = decimals(bowl);
  const { best_slope, mean_x, mean_y } = bowl;
  return [format(best_slope, slope), format(mean_y - best_slope * mean_x, intercept)];
}

/**
 * The gradient of a flat line at zero is at most twice the root mean square of y, times that of
 * x for the slope: a size that does not depend on where training is.
 * @param {import("../quadratic.js").Bowl} bowl
 * @returns {[Format, Format]}
 */
function gradFormats(bowl) {
  const [sizeX, sizeY] = rootMeanSquares(bowl);
  return [format(2 * sizeX * sizeY), format(2 * sizeY)];
}

/**
 * Room for numbers of this size, with a sign.
 * @param {number} size
 * @param {number} [decimals]
 * @returns {Format}
 */
function format(size, decimals = decimalsFor(size)) {
  return { decimals, width: fixed(-Math.max(1, Math.abs(size)), decimals).length };
}
