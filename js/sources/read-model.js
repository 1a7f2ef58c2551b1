// What was saved of another model than a line, looked through.

import { areFinite } from "../core/checks.js";

/**
 * @param {import("../core/model.js").Model} model
 * @param {import("../core/quadratic.js").Bowl} bowl
 * @param {import("./read-losses.js").Must} must
 */
export function isModel(model, { mean_x, intercept: place }, must) {
  const { features, degree, intercept, means, scales } = model;
  const { length } = mean_x;
  must("model", features.every((name) => typeof name === "string") && intercept === place);
  must("model", features.length * degree === length && (degree === 1 || features.length === 1));
  if (!means && !scales) return;
  must("model", areFinite([...(means ?? [NaN]), ...(scales ?? [NaN])]));
  must("model", means?.length === length && scales?.length === length);
}
