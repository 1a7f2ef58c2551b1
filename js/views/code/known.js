// What the lines of a rule are made of: the numbers of the step to come, and how they are written.

import { html } from "lit-html";
import { dot, minus } from "../../core/linear-algebra.js";
import { objectiveOf } from "../../core/objective.js";
import { decimalsFor } from "../charts/numbers.js";
import { kindOf } from "../guesses.js";
import { RATIO, finer, format, paramFormats, rootSquares } from "./formats.js";
import { matrix, short, vector, written } from "./values.js";

/** @typedef {ReturnType<typeof known>} Known */

/**
 * @param {import("../../types.js").View} view
 * @param {NonNullable<import("../../types.js").Next>} next  the step to come
 */
export function known(view, { params, grad, memory }) {
  const { row, lr, settings } = view;
  const { bowl, objectives } = view.labels;
  const { isKnown, hessianAt } = objectiveOf(view);
  const places = written(params.length);
  const step = minus(params, row.params);
  const rate = lr ?? 0;
  const shown = places.map((i) => step[i]);
  const [a, factors] = finer(paramFormats(bowl, places), shown, rate);
  const sizes = rootSquares(bowl, places);
  const g = factors(sizes.map((size) => format(size)));
  const velocities = g.map(({ decimals, width }) => ({ decimals, width: width + 1 }));
  /** A list of as many numbers as there are parameters, of what is remembered from the i-th such on. */
  const part = (/** @type {number} */ i) =>
    Array.from(memory).slice(i * params.length, (i + 1) * params.length);
  return {
    ...settings,
    ...{ step, rate, grad, memory, part },
    /** Whether the loss is the mean of squares alone, of which x says all. */
    isPlain: kindOf(view) === "mse" && !objectives?.[view.chosen].ridge,
    /** How the parameters, and the gradient, are written. */
    ...{ a, g },
    v: vector(part(0), velocities),
    /** What the rate is multiplied by, where it is about as large as the gradient; and about one. */
    likeGradient: () => vector(overRate(step, rate), velocities),
    likeOne: () => vector(overRate(step, rate), factors(places.map(() => RATIO))),
    // Those that count are much smaller than the first.
    squares: (/** @type {number} */ i) =>
      vector(
        part(i),
        sizes.map((size) => format(size * size, decimalsFor(size * size) + 2)),
      ),
    direction: (/** @type {number[]} */ d) => html`d = ${vector(d, velocities)}`,
    /** How the gradient changes with each parameter, where this page can know. */
    curvature: () => isKnown && html`H = ${matrix(hessianAt(row.params))}`,
    /** The step, in lengths of a direction. */
    length: (/** @type {number[]} */ d) => `t = ${short(dot(step, d) / dot(d, d) || 0)}`,
  };
}

/** @param {number[]} step @param {number} rate */
const overRate = (step, rate) => step.map((value) => -value / rate);
