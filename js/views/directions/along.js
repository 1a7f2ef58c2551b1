// What training does along each principal direction, as numbers and in words.

import { stepAlong } from "../../core/forecast.js";
import { errorsAlongAxes } from "../../core/quadratic.js";
import { criticalLr } from "../../core/rates.js";
import { RULES } from "../../core/rules.js";
import { say } from "../../words/say.js";
import { clamp } from "../charts/clamp.js";
import { plain } from "../charts/numbers.js";

const MOST_DIGITS = 6; // of a factor
const ALIKE = 1e-9; // what factors differ by at most that are one but for rounding

/**
 * @typedef {import("../../core/stretches.js").Plan} Plan
 * @typedef {import("../../core/quadratic.js").Bowl} Bowl
 *
 * @typedef {object} Direction
 * @property {number} curvature
 * @property {number} left  of the error at step 0, as a share
 * @property {number | null} factor  by which each step multiplies it, after a while; null: by none
 */

/**
 * The steepest comes first.
 * @param {Pick<import("../../types.js").View, "history" | "row" | "labels" | "hidden">} view
 * @param {Plan} plan
 * @returns {Direction[]}
 */
export function directionsOf({ history, row, hidden, labels: { bowl } }, plan) {
  const start = errorsAlongAxes(bowl, history.rowAt(0).params);
  // Rules that are linear in the gradient have a factor; batches differ.
  const isLinear =
    !hidden.has("zones") && !plan.outside && !plan.batch_size && RULES[plan.optimizer].critical;
  return errorsAlongAxes(bowl, row.params)
    .map(({ curvature, error }, i) => ({
      curvature,
      left: Math.sqrt(error / start[i].error) || 0,
      factor: isLinear ? factorAlong(curvature, plan, bowl) : null,
    }))
    .reverse();
}

/**
 * What a step leaves of an error of 1. With a memory, the spectral radius of the matrix of (error,
 * memory): in the long run, each step leaves as much.
 * @param {number} curvature
 * @param {Plan} plan
 * @param {Bowl} bowl
 */
function factorAlong(curvature, plan, bowl) {
  const [[one, two], [three, four]] = [...stepAlong(curvature, plan, bowl), []];
  if (two === undefined) return one;
  const [middle, product] = [(one + four) / 2, one * four - two * three];
  const apart = middle * middle - product;
  return apart < 0 ? Math.sqrt(product) : Math.abs(middle) + Math.sqrt(apart);
}

/** With as many digits as tell it from 1; what is 0 but for rounding is that. @param {number} factor */
export function times(factor) {
  if (Math.abs(factor) < ALIKE) return "×0";
  const size = Math.abs(factor);
  const digits = Number(size > 1) - Math.floor(Math.log10(Math.abs(1 - size)));
  return `×${plain(factor, clamp(digits, 2, MOST_DIGITS))}`;
}

/** The longest of what may be said below. */
export const longestWords = () =>
  say("Slowest: flattest, {factor}. Diverges: steepest, at {critical}.", {
    ...{ factor: `×${0.999999}`, critical: "0.00123" },
  });

/**
 * Which direction is slowest, and which is nearest to divergence.
 * @param {Direction[]} all
 * @param {Plan} plan
 * @param {Bowl} bowl
 */
export function wordsOf(all, plan, bowl) {
  const [steepest] = all;
  if (steepest.factor === null) return say("These steps leave no fixed share of the error.");
  const critical = plain(criticalLr(plan, { bowl }));
  // Along a valley there is no error.
  const sizes = all
    .filter(({ curvature }) => curvature + steepest.curvature > steepest.curvature)
    .map(({ factor }) => Math.abs(Number(factor)));
  const most = Math.max(...sizes);
  if (most >= 1)
    return say("The steepest diverges: {factor}. It does from {critical} on.", {
      ...{ factor: times(steepest.factor), critical },
    });
  // Between the steepest and the flattest, none is slower than both.
  const values = { factor: times(most), critical };
  if (most - Math.min(...sizes) < ALIKE)
    return say("Slowest: all alike, {factor}. Diverges: steepest, at {critical}.", values);
  return sizes[0] === most
    ? say("Slowest: steepest, {factor}. Diverges: steepest, at {critical}.", values)
    : say("Slowest: flattest, {factor}. Diverges: steepest, at {critical}.", values);
}
