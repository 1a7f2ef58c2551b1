// What the lines of a rule are made of: the numbers of the step to come, and how they are written.

import { html } from "lit-html";
import { decimalsFor } from "../charts/numbers.js";
import { RATIO, finer, format, gradFormats, rootSquares } from "./formats.js";
import { pair, short } from "./values.js";

/** @typedef {ReturnType<typeof known>} Known */

/**
 * @param {import("../../types.js").View} view
 * @param {NonNullable<import("../../types.js").Next>} next  the step to come
 */
export function known({ row, lr, settings, labels: { bowl } }, { params, grad, memory }) {
  const step = row.params.map((value, i) => params[i] - value);
  const rate = lr ?? 0;
  const [a, factors] = finer(bowl, step, rate);
  const g = factors(gradFormats(bowl));
  const velocities = g.map(({ decimals, width }) => ({ decimals, width: width + 1 }));
  const sizes = rootSquares(bowl).map((size) => size * size);
  return {
    ...settings,
    ...{ bowl, step, rate, grad, memory: Array.from(memory) },
    /** How the parameters, and the gradient, are written. */
    ...{ a, g },
    v: pair(memory, velocities),
    /** What the rate is multiplied by, where it is about as large as the gradient; and about one. */
    likeGradient: () => pair(overRate(step, rate), velocities),
    likeOne: () => pair(overRate(step, rate), factors([RATIO, RATIO])),
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
  };
}

/** @param {number[]} step @param {number} rate */
const overRate = (step, rate) => step.map((value) => -value / rate);
