// Whether columns can be told apart by what a page computes: the twin of gd_widget/data/features.py.

import { dot } from "./linear-algebra.js";
import { isWide, names } from "./model.js";
import { flat, hasDigits } from "./quadratic.js";

const ROUNDING = 1e-11; // of columns' sizes: sums of columns that vary by less do not vary

/**
 * Throws where the loss of a model that is no line has no digits, and says what helps: a column that
 * comes closest to others' sum, or a lower degree.
 * @param {import("./quadratic.js").Bowl} bowl
 * @param {import("./model.js").Model} model
 * @param {import("./points.js").Sample} sample  what it is the bowl of
 */
export function mustHaveDigits(bowl, model, { features }) {
  const { cov_x, mean_x, best_slopes } = bowl;
  const sizes = cov_x.map((row, j) => Math.sqrt(row[j]));
  // The mean products have half of the digits: what does not vary in them may vary in the columns.
  const varies = (/** @type {number[]} */ way) =>
    features[0].some((_, i) => {
      const sum = dot(
        way,
        features.map((one, j) => one[i] - mean_x[j]),
      );
      return (
        Math.abs(sum) > ROUNDING * Math.max(...way.map((part, j) => Math.abs(part) * sizes[j]))
      );
    });
  const blurred = flat(bowl).find(varies);
  if (!blurred && hasDigits(bowl)) return;
  if (!isWide(model)) {
    const rule = "so low that a page can tell the powers of these x apart";
    throw new Error(`degree must be ${rule}; got ${model.degree}`);
  }
  const terms = (blurred ?? best_slopes).map((part, j) => Math.abs(part) * sizes[j]);
  const columns = names(model).filter((_, i) => i !== model.intercept);
  const alike = columns[terms.indexOf(Math.max(...terms))];
  throw new Error(
    "x must be columns that float64 can tell apart; " +
      `got '${alike}', which is nearly a sum of others: leave it out`,
  );
}
