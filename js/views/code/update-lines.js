// What the step to come computes, as one would type it in PyTorch, with its numbers.

import { html } from "lit-html";
import { hessian, leastSquares, rootMeanSquares } from "../../core/quadratic.js";
import { MOST_DECIMALS, decimals, decimalsFor, fixed, plain } from "../charts/numbers.js";
import { batchSizeOf, heeds } from "../controls/optimizer.js";

/**
 * One line of code: what of the step it is, its source, and what comes of it.
 * @typedef {{ part: Part, source: string, numbers: unknown }} Line
 * @typedef {"batch" | "guess" | "loss" | "grad" | "memory" | "update" | "zero" | ""} Part
 *
 * How a quantity is written, and the room it is given, so that it does not dance; with more than
 * `MOST` decimals it has an exponent.
 * @typedef {{ decimals: number, width: number }} Format
 *
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../core/quadratic.js").Params} Params
 * @typedef {import("../../types.js").Next} Next
 */

/** Quantities without a unit that are about one. @type {Format} */
const RATIO = { decimals: 3, width: 7 };
/** So many that a small step shows in them. */
const MOST = 8;
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
  const d = decimals(labels.bowl);
  const size = batchSizeOf(view);
  const { n } = labels.bowl;
  const batch = next?.batch;
  const all = finite(row.loss, d.loss);
  const of = known(view, next ?? NOTHING);
  const guess = html`a = ${pair(row.params, of.a)}`;
  const [update, ...memory] = LINES[run.optimizer](of);
  const keep = heeds(run, "lr") || run.optimizer === "newton" ? "" : "g = a.grad.clone(); ";
  return [
    ...(size === null
      ? [
          line("guess", "y_guess = x @ a", guess),
          line("loss", "loss = ((y_guess - y) ** 2).mean()", all),
        ]
      : [
          line("batch", "xb, yb = x[batch], y[batch]", batch && `${batch.length} of ${n} points`),
          line("guess", "y_guess = xb @ a", guess),
          line(
            "loss",
            "loss = ((y_guess - yb) ** 2).mean()",
            html`${batch && finite(lossOf(view, batch), d.loss)} (of all points: ${all})`,
          ),
        ]),
    line("grad", "loss.backward()", next && html`a.grad = ${pair(next.grad, of.g)}`),
    ...memory.map(([source, numbers]) => line("memory", source, next && numbers)),
    line("update", `with torch.no_grad(): ${update}`, next && of.update),
    line("zero", `${keep}a.grad.zero_()`, html`a.grad = <span class="pair">[0, 0]</span>`),
  ];
}

/** @param {Part} part @param {string} source @param {unknown} [numbers] @returns {Line} */
const line = (part, source, numbers) => ({ part, source, numbers: numbers ?? "" });

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

// ------------------------------------------------------------------------------ the rules

const LENGTH = "t = -(a.grad @ d) / (2 * (x @ d).square().mean())";

/**
 * @typedef {[string, unknown]} Update  source and numbers
 * @typedef {ReturnType<typeof known>} Known
 */

/** @param {number} value */
const minus = (value) => -value;

/** @param {Known} of @returns {Update} */
const velocity = ({ momentum, v }) => [`v = ${momentum} * v + a.grad`, html`v = ${v}`];

/**
 * Each rule's step, and the lines before it that change what it remembers.
 * @type {Record<string, (of: Known) => [string, ...Update[]]>}
 */
const LINES = {
  gd: () => ["a -= lr * a.grad"],
  momentum: (of) => ["a -= lr * v", velocity(of)],
  nesterov: (of) => [`a -= lr * (a.grad + ${of.momentum} * v)`, velocity(of)],
  adagrad: ({ squares }) => [
    "a -= lr * a.grad / (s.sqrt() + 1e-10)",
    ["s += a.grad ** 2", html`s = ${squares(0)}`],
  ],
  rmsprop: ({ alpha, squares }) => [
    "a -= lr * a.grad / (s.sqrt() + 1e-8)",
    [`s = ${alpha} * s + (1 - ${alpha}) * a.grad ** 2`, html`s = ${squares(0)}`],
  ],
  adam: ({ betas: [beta1, beta2], v, squares, memory }) => [
    "a -= lr * m_hat / (v_hat.sqrt() + 1e-8)",
    [`m = ${beta1} * m + (1 - ${beta1}) * a.grad`, html`m = ${v}`],
    [`v = ${beta2} * v + (1 - ${beta2}) * a.grad ** 2`, html`v = ${squares(2)}`],
    [`t += 1; m_hat, v_hat = m / (1 - ${beta1} ** t), v / (1 - ${beta2} ** t)`, `t = ${memory[4]}`],
  ],
  cg: ({ direction, length, memory: [, , ...d] }) => [
    "a += t * d",
    ["d = max(0, a.grad @ (a.grad - g) / (g @ g)) * d - a.grad", direction(d)],
    [LENGTH, length(d)],
  ],
  bfgs: ({ direction, length, grad, memory: [b11, b12, b22] }) => {
    const d = [-b11 * grad[0] - b12 * grad[1], -b12 * grad[0] - b22 * grad[1]];
    return [
      "s = t * d; a += s",
      ["B = bfgs(B, s, a.grad - g)", html`B = ${matrix(b11, b12, b22)}`],
      ["d = -B @ a.grad", direction(d)],
      [LENGTH, length(d)],
    ];
  },
  lbfgs: () => ["s = t * d; a += s", ["d = -two_loops(a.grad, s, a.grad - g)", ""], [LENGTH, ""]],
  newton: ({ bowl }) => {
    const [[h11, h12], [, h22]] = hessian(bowl);
    return [
      "a -= torch.linalg.pinv(H) @ a.grad",
      ["H = 2 * x.T @ x / len(x)", html`H = ${matrix(h11, h12, h22)}`],
    ];
  },
};

/**
 * What the lines of a rule are made of.
 * @param {View} view
 * @param {NonNullable<Next>} next
 */
function known({ run, row, lr, settings, labels: { bowl } }, { params, grad, memory }) {
  const from = row.params;
  const step = from.map((value, i) => params[i] - value);
  const rate = lr ?? 0;
  const [a, factors] = finer(bowl, step, rate);
  const g = factors(gradFormats(bowl));
  const velocities = g.map(({ decimals, width }) => ({ decimals, width: width + 1 }));
  const sizes = rootSquares(bowl).map((size) => size * size);
  /** What the rate is multiplied by. */
  const factor = () => {
    if (run.optimizer === "gd") return pair(grad, g);
    if (run.optimizer === "momentum") return pair(memory, velocities);
    return pair(
      step.map((value) => minus(value) / rate),
      run.optimizer === "nesterov" ? velocities : factors([RATIO, RATIO]),
    );
  };
  const moved = rate
    ? html`− ${plain(rate, 6)} · ${factor()}`
    : run.optimizer === "newton"
      ? html`− ${pair(step.map(minus), a)}`
      : html`+ ${pair(step, a)}`;
  return {
    ...settings,
    ...{ a, g, bowl, grad, memory: Array.from(memory) },
    v: pair(memory, velocities),
    // Those that count are much smaller than the first.
    squares: (/** @type {number} */ i) =>
      pair(
        Array.from(memory).slice(i),
        sizes.map((size) => format(size, decimalsFor(size) + 2)),
      ),
    direction: (/** @type {number[]} */ d) => html`d = ${pair(d, velocities)}`,
    /** The step, in lengths of a direction. */
    length: (/** @type {number[]} */ [d1, d2]) =>
      `t = ${short((step[0] * d1 + step[1] * d2) / (d1 * d1 + d2 * d2) || 0)}`,
    update: html`${pair(from, a)} ${moved} = ${pair(params, a)}`,
  };
}

// ---------------------------------------------------------------------------- the numbers

/**
 * @param {ArrayLike<number>} values
 * @param {Format[]} formats
 */
const pair = (values, formats) =>
  html`<span class="pair">[${slot(values[0], formats[0])}, ${slot(values[1], formats[1])}]</span>`;

/**
 * A symmetric matrix, its numbers in three digits.
 * @param {number} a
 * @param {number} b
 * @param {number} d
 */
const matrix = (a, b, d) =>
  html`<span class="pair">[[${short(a)}, ${short(b)}], [${short(b)}, ${short(d)}]]</span>`;

/**
 * @param {number} value
 * @param {Format} format
 */
const slot = (value, { decimals, width }) =>
  html`<span class="slot" .style="min-width:${width}ch">${finite(value, decimals, MOST)}</span>`;

/** @param {number} value */
const short = (value) => (Number.isFinite(value) ? plain(value) : finite(value, 0));

/**
 * The step after the last finite one may lead anywhere.
 * @param {number} value
 * @param {number} decimals
 * @param {number} [most]
 */
function finite(value, decimals, most) {
  if (Number.isFinite(value)) return fixed(value, decimals, most);
  return value > 0 ? "∞" : value < 0 ? "−∞" : "?";
}

/**
 * Formats with which the update adds up as it is printed: of the parameters, and of what the rate
 * is multiplied by. Once the step is small they have as many more decimals as show two digits of
 * it. That follows the decade of its larger part, so that the decimals grow as it shrinks, and
 * stay while the other part passes zero.
 * @param {import("../../core/quadratic.js").Bowl} bowl
 * @param {number[]} step
 * @param {number} rate  0: of a rule without one
 * @returns {[Format[], (formats: Format[]) => Format[]]}
 */
function finer(bowl, step, rate) {
  const coarse = paramFormats(bowl);
  const lacking = coarse.map(
    ({ decimals }, i) => decimalsFor(10 * Math.max(Math.abs(step[i]), 1e-9)) - decimals,
  );
  const more = Math.min(...lacking);
  // A rate above one makes what it multiplies coarser.
  const later = Math.ceil(Math.log10(rate));
  const most = MOST - Math.max(0, later);
  const a = coarse.map((one) => grown(one, Math.min(one.decimals + more, most)));
  return [
    a,
    (formats) =>
      formats.map((one, i) => grown(one, Math.max(one.decimals + more, a[i].decimals + later))),
  ];
}

/**
 * With more decimals, unless it is so small that it has an exponent.
 * @param {Format} format
 * @param {number} to
 * @returns {Format}
 */
function grown(format, to) {
  const { decimals, width } = format;
  const more = Math.min(to, MOST) - decimals;
  return more > 0 ? { decimals: decimals + more, width: width + more + +!decimals } : format;
}

/**
 * @param {import("../../core/quadratic.js").Bowl} bowl
 * @returns {[Format, Format]}
 */
function paramFormats(bowl) {
  const { slope, intercept } = decimals(bowl);
  const [best, bestIntercept] = leastSquares(bowl);
  return [format(best, slope), format(bestIntercept, intercept)];
}

/**
 * The gradient of a flat line at zero is at most twice the root mean square of y, times that of
 * x for the slope: a size that does not depend on where training is.
 * @param {import("../../core/quadratic.js").Bowl} bowl
 */
function rootSquares(bowl) {
  const { columns, y } = rootMeanSquares(bowl);
  return columns.map((size) => 2 * size * y);
}

/**
 * @param {import("../../core/quadratic.js").Bowl} bowl
 * @returns {[Format, Format]}
 */
function gradFormats(bowl) {
  const [slope, intercept] = rootSquares(bowl);
  return [format(slope), format(intercept)];
}

/**
 * Room for numbers of this size, with a sign.
 * @param {number} size
 * @param {number} [decimals]
 * @returns {Format}
 */
function format(size, decimals = decimalsFor(size)) {
  return {
    decimals: decimals > MOST_DECIMALS ? MOST + 1 : decimals,
    width: fixed(-Math.max(1, Math.abs(size)), decimals).length,
  };
}
