// The points a line is fitted to, as a page holds them.

/**
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {{ x: Float64Array, y: Float64Array, features?: Float64Array[] }} Points  x alone, or several
 * @typedef {[number, number]} Range  the lowest and the highest
 *
 * Points as a model sees them: of each feature, its value at every point.
 * @typedef {{ features: Float64Array[], y: Float64Array }} Sample
 */

/** The one feature of a line is x. @param {Points} points @returns {Sample} */
export const sampleOf = ({ x, y, features = [x] }) => ({ features, y });

/**
 * These points without `remove` of them from `at` on, and others in their place.
 * @param {Points} points
 * @param {number} at
 * @param {number} remove
 * @param {Params[]} insert  x and y of each
 * @returns {Points}
 */
export function spliced({ x, y }, at, remove, insert) {
  const replace = (/** @type {Float64Array} */ values, /** @type {0 | 1} */ i) =>
    Float64Array.from([
      ...values.subarray(0, at),
      ...insert.map((pair) => pair[i]),
      ...values.subarray(at + remove),
    ]);
  return { x: replace(x, 0), y: replace(y, 1) };
}
