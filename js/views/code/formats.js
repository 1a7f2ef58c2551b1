// With how many decimals the quantities of an update are written: from the sizes that the data imply,
// and from how small the step is.

import { leastSquares, rootMeanSquares } from "../../core/quadratic.js";
import { MOST_DECIMALS, decimals, decimalsFor, fixedInCode } from "../charts/numbers.js";
import { MOST } from "./values.js";

/**
 * @typedef {import("./values.js").Format} Format
 * @typedef {import("../../core/quadratic.js").Bowl} Bowl
 */

/** Quantities without a unit that are about one. @type {Format} */
export const RATIO = { decimals: 3, width: 7 };

/**
 * Formats with which the update adds up as it is printed: of the parameters, and of what the rate
 * is multiplied by. Once the step is small they have as many more decimals as show two digits of
 * it. That follows the decade of its largest part, so that the decimals grow as it shrinks, and
 * stay while another part passes zero.
 * @param {Format[]} coarse  of the parameters
 * @param {number[]} step  of these
 * @param {number} rate  0: of a rule without one
 * @returns {[Format[], (formats: Format[]) => Format[]]}
 */
export function finer(coarse, step, rate) {
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

/** @param {Bowl} bowl @param {number[]} places  of the parameters that are written */
export function paramFormats(bowl, places) {
  const [best, { params }] = [leastSquares(bowl), decimals(bowl)];
  return places.map((i) => format(best[i], params[i]));
}

/**
 * The gradient where all parameters are zero is at most twice the root mean square of y, times that
 * of the parameter's column: a size that does not depend on where training is.
 * @param {Bowl} bowl
 * @param {number[]} places
 */
export function rootSquares(bowl, places) {
  const { columns, y } = rootMeanSquares(bowl);
  return places.map((i) => 2 * columns[i] * y);
}

/**
 * Room for numbers of this size, with a sign.
 * @param {number} size
 * @param {number} [decimals]
 * @returns {Format}
 */
export function format(size, decimals = decimalsFor(size)) {
  return {
    decimals: decimals > MOST_DECIMALS ? MOST + 1 : decimals,
    width: fixedInCode(-Math.max(1, Math.abs(size)), decimals).length,
  };
}
