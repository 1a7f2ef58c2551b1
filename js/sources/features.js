// The points that a page gives itself, and the model that is fitted to them: the twin of
// gd_widget/data/user_features.py.

import { modelOf } from "../core/model.js";
import { pointsOf } from "../core/points.js";

/**
 * @param {number[] | number[][]} x  a number of each point, or a row of several
 * @param {number[]} y
 * @param {{ degree: number, intercept: boolean, standardize: boolean }} wanted
 * @returns {{ points: import("../core/points.js").Points, model: import("../core/model.js").Model }}
 */
export function dataOf(x, y, { degree, intercept, standardize }) {
  const rows = x.map((one) => [one].flat());
  const columns = rows[0].map((_, j) => Float64Array.from(rows, (row) => row[j]));
  // A column of ones is the intercept's; of one column, all ones too, a line is fitted to it.
  const ones =
    columns.length > 1 ? columns.findLastIndex((one) => one.every((value) => value === 1)) : -1;
  const isFeature = (/** @type {unknown} */ _, /** @type {number} */ j) => j !== ones;
  const features = columns.filter(isFeature);
  const points = pointsOf(features, Float64Array.from(y));
  const model = modelOf(degree, intercept || ones >= 0, standardize);
  if (features.length === 1)
    return { points, model: ones === 0 ? { ...model, intercept: 0 } : model };
  if (degree > 1) throw new Error(`degree must be 1 for several features; got ${degree}`);
  const names = columns.map((_, j) => `x${j}`).filter(isFeature);
  const place = ones >= 0 ? ones : intercept ? names.length : null;
  return { points, model: { ...model, features: names, intercept: place } };
}
