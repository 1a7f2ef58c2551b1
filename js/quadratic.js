// The error of a line, for every line at once: the twin of gd_widget/quadratic.py.

/**
 * The mean squared error of a line on n points, as six numbers; quadratic.py says what they are.
 * @typedef {object} Bowl
 * @property {number} n
 * @property {number} mean_x
 * @property {number} mean_y
 * @property {number} var_x
 * @property {number} best_slope
 * @property {number} floor
 */

/**
 * The Hessian's eigenvalues, smaller first.
 * @param {Bowl} bowl
 * @returns {[number, number]}
 */
export function curvatures({ var_x, mean_x }) {
  const squares = var_x + mean_x * mean_x;
  const larger = squares + 1 + Math.hypot(squares - 1, 2 * mean_x);
  return [(4 * var_x) / larger, larger];
}

/**
 * The learning rate below which gradient descent converges on these data.
 * @param {Bowl} bowl
 */
export function criticalLr(bowl) {
  return 2 / curvatures(bowl)[1];
}
