// A model that is linear in its parameters: the twin of gd_widget/core/model.py, which says what it
// is.

import { columnsOf } from "./scaling.js";

/**
 * Which columns the design matrix has.
 * @typedef {object} Model
 * @property {string[]} features  what they are called
 * @property {number} degree
 * @property {number | null} intercept  which of the parameters it is; null: there is none
 * @property {number[] | null} means  of each column but that of ones; null: it is as it is
 * @property {number[] | null} scales
 *
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {import("./points.js").Sample} Sample
 */

/** @type {Model} */
export const LINE = { features: ["x"], degree: 1, intercept: 1, means: null, scales: null };

/**
 * A model of one feature.
 * @param {number} degree
 * @param {boolean} intercept  whether there is one
 * @param {boolean} standardize  standardized() then says its means and scales
 * @returns {Model}
 */
export const modelOf = (degree, intercept, standardize) => ({
  ...{ features: ["x"], degree, intercept: intercept ? degree : null },
  ...{ means: standardize ? [] : null, scales: null },
});

/** Whether its parameters are the slope and the intercept of a line, in this order. @param {Model} model */
export const isLine = ({ features, degree, intercept, means }) =>
  features.length * degree === 1 && intercept === 1 && !means;

/** Whether a picture of the plane has not all there is. @param {Model} model */
export const isWide = ({ features }) => features.length > 1;

/** What the parameters are called. @param {Model} model @returns {string[]} */
export function names(model) {
  const { features, degree } = model;
  const powers = Array.from({ length: degree }, (_, i) => features[0] + (i ? `^${i + 1}` : ""));
  const columns = features.length > 1 ? features : powers;
  return inOrder(model, columns.length > 1 ? columns : ["slope"], "intercept");
}

/** The columns of points that are looked at again and again. @type {WeakMap<object, Sample>} */
const made = new WeakMap();

/**
 * Points as a model sees them.
 * @param {Model} model
 * @param {import("./points.js").Points} points
 * @returns {Sample}
 */
export function sampleOf(model, points) {
  const { features, y } = points;
  if (model.degree === 1 && !model.means) return { features, y, points };
  const { degree } = model;
  const sample = made.get(points) ?? { features: columnsOf(model, features), y, degree, points };
  made.set(points, sample);
  return sample;
}

/**
 * The model's y at one value of each feature, as they are in the data.
 * @param {Model} model
 * @param {Params} params
 * @param {number[]} values
 */
export function predict(model, params, values) {
  const columns = columnsOf(
    model,
    values.map((value) => Float64Array.of(value)),
  );
  const parts = inOrder(
    model,
    columns.map(([value]) => value),
    1,
  );
  return parts.reduce((sum, part, i) => sum + params[i] * part, 0);
}

/**
 * What the parameters are in the units of the data: of columns as they are.
 * @param {Model} model
 * @param {Params} params
 * @returns {Params}
 */
export function coefficients(model, params) {
  const { intercept, means, scales } = model;
  if (!means || !scales || intercept === null) return params;
  const slopes = params.filter((_, i) => i !== intercept).map((slope, j) => slope / scales[j]);
  const middle = slopes.reduce((sum, slope, j) => sum + slope * means[j], 0);
  return inOrder(model, slopes, params[intercept] - middle);
}

/**
 * Where training begins where nothing is said: (-1, 1) for a line, as in the lesson, -1 for one
 * through the origin, else 0.
 * @param {string[]} names  of the parameters
 * @returns {Params}
 */
export const usualGuess = (names) =>
  names.map((name) => {
    const isLine = names.every((one) => one === "slope" || one === "intercept");
    return isLine ? (name === "slope" ? -1 : 1) : 0;
  });

/**
 * The columns' parts and that of the column of ones, in the order of the parameters.
 * @template T
 * @param {Pick<Model, "intercept">} model
 * @param {T[]} parts
 * @param {T} ofOnes
 */
export const inOrder = ({ intercept }, parts, ofOnes) =>
  intercept === null ? parts : [...parts.slice(0, intercept), ofOnes, ...parts.slice(intercept)];
