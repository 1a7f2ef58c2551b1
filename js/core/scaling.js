// Columns that are no features as they are: powers, and what is standardized. The twin of columns_of and
// standardized in gd_widget/core/model.py.

/** @typedef {import("./model.js").Model} Model */

/**
 * The columns but for that of ones.
 * @param {Model} model
 * @param {Float64Array[]} features  of each, its value at every point
 * @returns {Float64Array[]}
 */
export function columnsOf({ degree, means, scales }, features) {
  const columns = [...features];
  for (let power = 2; power <= degree; power++) {
    columns.push(columns[power - 2].map((value, i) => value * features[0][i]));
  }
  if (!means || !scales) return columns;
  return columns.map((column, j) => column.map((value) => (value - means[j]) / scales[j]));
}

/**
 * A model whose columns have mean 0 and standard deviation 1: those of these features.
 * @param {Model} model
 * @param {Float64Array[]} features
 * @returns {Model}
 */
export function standardized(model, features) {
  const no = "standardize must be False where";
  if (model.intercept === null) throw new Error(`${no} intercept is False; got true`);
  const columns = columnsOf({ ...model, means: null }, features);
  if (columns.some((column) => column.every((value) => value === column[0])))
    throw new Error(`${no} a column is constant`);
  const mean = (/** @type {Float64Array} */ values) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const means = columns.map(mean);
  const scales = columns.map((column, j) =>
    Math.sqrt(mean(column.map((value) => (value - means[j]) ** 2))),
  );
  return { ...model, means, scales };
}
