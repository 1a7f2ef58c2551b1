// What training goes down, a loss as a function of d parameters, with all that is known of it: the
// twin of gd_widget/core/objective.py.

import { functionLoss } from "./functions.js";
import { dot } from "./linear-algebra.js";
import { once } from "./once.js";
import { pointLoss, ridged, withRidge } from "./losses.js";
import { sampleOf } from "./model.js";
import {
  bowlOf,
  criticalLr,
  curvatureAlong,
  gradient,
  hessian,
  isAtFloor,
  leastSquares,
  nearFloor,
  overHessian,
} from "./quadratic.js";

/**
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {import("./points.js").Sample} Sample
 *
 * @typedef {object} Objective
 * @property {string} kind  "mse", which alone is quadratic, or another
 * @property {Bowl | null} bowl  the same, where it is exactly quadratic
 * @property {number} [ridge]  what is added, of the mean squared error
 * @property {boolean} isKnown  whether this page can compute it; else the kernel alone can
 * @property {(params: Params) => number[][]} hessianAt  how the gradient changes there: rows
 * @property {number} criticalLr  below it gradient descent goes down at each step; NaN: none is known
 * @property {(params: Params) => number[]} gradient  the loss, and its derivative by each parameter
 * @property {(batch: Int32Array, params: Params) => Params} ofBatch  the derivatives on some points
 * @property {(params: Params, grad: Params, direction: Params) => number} lengthAlong  how many times
 *   a direction leads to the lowest point along it; below 0, against it
 * @property {(params: Params, grad: Params) => Params} newtonStep  what Newton's rule takes away
 * @property {Params | null} least  parameters that none beat; null: none are known
 * @property {number | null} floor  the least loss; null: it is not known
 * @property {(firstLoss: number) => number | null} nearFloor  the loss that is near the least
 * @property {boolean} [isSeparable]  whether there are none, since larger ones always do better
 * @property {(params: Params) => boolean} isAtFloor  whether the loss there is practically the least
 */

/**
 * What is said of a run's loss: its kind.
 * @typedef {object} About
 * @property {string} kind
 * @property {number} [delta]  of Huber's, where the square ends
 * @property {number} [ridge]  λ of λ‖a‖², which is added; the intercept is left out of it
 * @property {string | null} [function]  the name of a known one; null: the reader's own
 * @property {{ params: Params, loss: number } | null} [least]
 * @property {boolean} [separable]
 */

/**
 * The loss of a run.
 * @param {About | undefined} about  undefined: the mean squared error
 * @param {{ bowl: Bowl, sample: Sample }} data
 * @returns {Objective}
 */
export function objectiveFor(about, { bowl, sample }) {
  if (!about || about.kind === "mse") return quadratic(bowl, sample, about?.ridge);
  return about.kind === "function" ? functionLoss(about) : pointLoss(about, sample, bowl);
}

/**
 * What is said of all runs, and of the points that they are about.
 * @typedef {{ bowl: Bowl, model: import("./model.js").Model, objectives?: About[] }} Labels
 *
 * That of a run of a view.
 * @param {{ labels: Labels, points: import("./points.js").Points, chosen?: number }} view
 * @param {number} [i]  which run
 */
export const objectiveOf = ({ labels, points, chosen = 0 }, i = chosen) =>
  objectiveFor(labels.objectives?.[i], {
    bowl: labels.bowl,
    sample: sampleOf(labels.model, points),
  });

/**
 * The bowl of other points, with what is added to the mean squared error of all runs.
 * @param {Pick<Labels, "model" | "objectives">} labels
 * @param {Sample} sample
 */
export function bowlIn({ model, objectives }, { features, y }) {
  const bowl = bowlOf(features, y, model.intercept);
  const ridge = objectives?.[0].ridge;
  return ridge ? ridged(bowl, ridge) : bowl;
}

/** Of many parameters it is a large matrix, and it is the same everywhere. */
const curvature = once(hessian);

/**
 * The mean squared error, of which a bowl says all; but of batches.
 * @param {Bowl} bowl  with the ridge
 * @param {Sample} [sample]  the points
 * @param {number} [ridge]
 * @returns {Objective}
 */
export const quadratic = (bowl, sample, ridge) => ({
  kind: "mse",
  ...{ bowl, ridge },
  isKnown: true,
  hessianAt: () => curvature(bowl),
  get criticalLr() {
    return criticalLr(bowl);
  },
  gradient: (params) => gradient(bowl, params),
  ofBatch(batch, params) {
    const grad = gradientOf(batch, /** @type {Sample} */ (sample), params, bowl);
    return ridge ? withRidge([0, ...grad], params, bowl, ridge).slice(1) : grad;
  },
  lengthAlong(_, grad, direction) {
    const curvature = curvatureAlong(bowl, direction);
    return curvature > 0 ? -dot(grad, direction) / curvature : 0;
  },
  newtonStep: (_, grad) => overHessian(bowl, grad),
  get least() {
    return leastSquares(bowl);
  },
  floor: bowl.floor,
  nearFloor: (firstLoss) => nearFloor(bowl, firstLoss),
  isAtFloor: (params) => isAtFloor(bowl, params),
});

/**
 * The derivatives of the loss of some points, by each parameter.
 * @param {Int32Array} batch
 * @param {Sample} sample
 * @param {Params} params
 * @param {Bowl} bowl  says which parameter is the intercept
 * @returns {Params}
 */
function gradientOf(batch, { features, y }, params, { intercept }) {
  let feature = 0;
  const columns = params.map((_, i) => (i === intercept ? null : features[feature++]));
  const sums = params.map(() => 0);
  for (const i of batch) {
    let residual = 0;
    for (let k = 0; k < params.length; k++) residual += params[k] * (columns[k]?.[i] ?? 1);
    residual -= y[i];
    for (let k = 0; k < params.length; k++) sums[k] += residual * (columns[k]?.[i] ?? 1);
  }
  return sums.map((sum) => (2 * sum) / batch.length);
}
