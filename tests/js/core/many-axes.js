// The points of tests/golden/make_many_axes.py, which says how they are made.

import { quadratic } from "../../../js/core/objective.js";
import { bowlOf } from "../../../js/core/quadratic.js";
import { newTrainer } from "../../../js/core/trainer.js";
import { DEFAULTS } from "../../../js/core/options.js";
import golden from "../../golden/many_axes.json";

export const MODELS = golden;

/** @typedef {typeof golden[number]} Model */

/** @type {Map<Model, import("../../../js/core/next-step.js").Data>} */
const made = new Map();

/** @param {Model} model */
export function dataOf(model) {
  const data = made.get(model) ?? makeData(model);
  made.set(model, data);
  return data;
}

/** @param {Model} model */
function makeData({ d, intercept, n }) {
  const places = Array.from({ length: n }, (_, i) => i);
  const features = Array.from({ length: d - Number(intercept !== null) }, (_, j) =>
    Float64Array.from(places, (i) => (((i + 1) * (j + 3) * (i + 7 * j + 11)) % 1009) / 1009 - 0.5),
  );
  const y = Float64Array.from(places, (i) => (((i + 1) * (i + 5) * 31) % 997) / 997);
  const [bowl, sample] = [bowlOf(features, y, intercept), { features, y }];
  return { bowl, sample, objective: quadratic(bowl, sample) };
}

/** At its first row, where every parameter is 1. @param {Model} model @param {object} settings */
export function trainerOf(model, settings) {
  const trainer = newTrainer(dataOf(model), /** @type {any} */ ({ ...DEFAULTS, ...settings }));
  trainer.begin(Array(model.d).fill(1));
  return trainer;
}
