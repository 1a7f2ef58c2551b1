// The points a model is fitted to, as a page holds them.

/**
 * @typedef {import("./quadratic.js").Params} Params
 *
 * `features`: of each, its value at every point; x is the first of them. `held`: others, which are held
 * back: nothing else here is about them.
 * @typedef {{ x: Float64Array, y: Float64Array, features: Float64Array[], held?: Points }} Points
 * @typedef {[number, number]} Range  the lowest and the highest
 *
 * Points as a model sees them: of each column, but that of ones, its value at every point; of a
 * polynomial, its degree.
 * @typedef {{ features: Float64Array[], y: Float64Array, degree?: number, points?: Points }} Sample
 */

/** @param {Float64Array[]} features @param {Float64Array} y @returns {Points} */
export const pointsOf = (features, y) => ({ x: features[0], y, features });

/**
 * Points of one feature without `remove` of them from `at` on, and others in their place.
 * @param {Points} points
 * @param {number} at
 * @param {number} remove
 * @param {Params[]} insert  x and y of each
 * @returns {Points}
 */
export function spliced({ x, y, held }, at, remove, insert) {
  const replace = (/** @type {Float64Array} */ values, /** @type {0 | 1} */ i) =>
    Float64Array.from([
      ...values.subarray(0, at),
      ...insert.map((pair) => pair[i]),
      ...values.subarray(at + remove),
    ]);
  return { ...pointsOf([replace(x, 0)], replace(y, 1)), held };
}

/**
 * @param {Float64Array} values
 * @returns {Range}
 */
export function rangeOf(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
