// What views are drawn from, as plain objects: runs trained here by the rules themselves, without
// a session, a source or a trainer.

import { batch as batchOf, batchesPerEpoch } from "../../js/core/batches.js";
import { LINE, names } from "../../js/core/model.js";
import { columnsOf } from "../../js/core/scaling.js";
import { newTable } from "../../js/core/table.js";
import { objectiveFor } from "../../js/core/objective.js";
import { bowlOf, gradient } from "../../js/core/quadratic.js";
import { RULES } from "../../js/core/rules.js";
import cases from "../golden/gradient_descent.json";

const [LESSON] = cases;
const SETTINGS = {
  batch_size: null,
  momentum: 0.9,
  alpha: 0.99,
  betas: [0.9, 0.999],
  history_size: 10,
};

/**
 * @typedef {{ x: number[], y: number[], features?: number[][] }} Given  features: of more than a line
 *
 * @typedef {object} Wish
 * @property {Given} [points]
 * @property {{ optimizer?: string, lr?: number, steps?: number, name?: string,
 *   outside?: boolean, loss?: import("../../js/core/objective.js").About }[]} [runs]
 * @property {number} [steps]
 * @property {number[]} [guess]
 * @property {Record<string, any>} [settings]
 * @property {Record<string, any>} [changes]  of the view
 * @property {Record<string, any>} [labels]
 * @property {Partial<import("../../js/core/model.js").Model>} [model]
 */

/**
 * The points of a batch, and the gradient there.
 * @param {{ columns: ArrayLike<number>[], y: number[] }} design
 * @param {number | null} size
 * @param {number} index
 * @param {number[]} params
 * @param {number | null} intercept
 */
function look({ columns, y }, size, index, params, intercept) {
  const batch = size === null ? null : batchOf(y.length, size, index);
  const seen = batch === null ? [...y.keys()] : Array.from(batch);
  const bowl = bowlOf(
    columns.map((values) => seen.map((i) => values[i])),
    seen.map((i) => y[i]),
    intercept,
  );
  return { batch, grad: gradient(bowl, /** @type {any} */ (params)).slice(1) };
}

/**
 * A run of some steps, and what its next one would do.
 * @param {{ columns: ArrayLike<number>[], y: number[] }} design
 * @param {any} how
 */
function train(design, { optimizer, lr, steps, guess, settings, bowl, loss }) {
  const { intercept } = bowl;
  const sample = { features: design.columns, y: Float64Array.from(design.y) };
  const objective = objectiveFor(loss, { bowl, sample: /** @type {any} */ (sample) });
  const d = guess.length;
  const rule = RULES[optimizer];
  const heeded = /** @type {any} */ ({ ...settings, lr, objective });
  const size = rule.settings.includes("batch_size") ? settings.batch_size : null;
  const history = newTable(d);
  history.n = design.y.length;
  let params = guess;
  let memory = rule.memory(d, settings);
  const width = 2 * d + 3 + memory.length;
  const rows = [0, ...params, ...objective.gradient(params), lr, ...memory];
  const step = (/** @type {number} */ t) => {
    const { batch, grad } = loss
      ? { batch: null, grad: objective.gradient(params).slice(1) }
      : look(design, size, t, params, intercept);
    const [after, kept] = rule.step(params, /** @type {any} */ (grad), memory, heeded);
    return { batch, grad, params: after, memory: kept };
  };
  for (let t = 0; t < steps; t++) {
    ({ params, memory } = step(t));
    rows.push(t + 1, ...params, ...objective.gradient(params), lr, ...memory);
  }
  const stretch = { step: 1, epoch: 0, batch: 0, optimizer, ...settings, lr, batch_size: size };
  history.write(Float64Array.from(rows), -1, steps ? [stretch] : [], width);
  return { history, next: step(steps) };
}

/**
 * A view, and the step to come of its chosen run.
 * @param {Wish} [wish]
 */
export function plainView({
  points = LESSON,
  runs = [{}],
  steps = 14,
  guess = [-1, 1],
  ...wish
} = {}) {
  const settings = { ...SETTINGS, ...wish.settings };
  const given = points.features ?? [points.x];
  const features = given.map((values) => Float64Array.from(values));
  const called = { features: given.map((_, i) => `x${i}`), intercept: given.length };
  const model = { ...LINE, ...called, ...wish.model };
  const columns = columnsOf(model, features);
  const bowl = bowlOf(columns, points.y, model.intercept);
  const trained = runs.map(({ optimizer = "gd", lr = 0.1, name = "", outside = false, ...own }) => {
    const to = own.steps ?? steps;
    const { loss } = own;
    const rule = outside ? "gd" : optimizer;
    const how = { optimizer: rule, lr, steps: to, guess, settings, bowl, loss };
    const { history, next } = train({ columns, y: points.y }, how);
    const row = { ...history.rowAt(to) };
    if (settings.batch_size) row.epoch = to / batchesPerEpoch(points.x.length, settings.batch_size);
    const rate = !outside && RULES[optimizer].settings.includes("lr") ? lr : null;
    const run = { name, optimizer, outside, lr: rate, history, row, divergedAt: null };
    return { run, next };
  });
  const chosen = wish.changes?.chosen ?? 0;
  const { run, next } = trained[chosen];
  const view = {
    ...{ runs: trained.map((one) => one.run), chosen, run, settings },
    ...{ history: run.history, row: run.row, lr: run.lr, optimizer: run.optimizer },
    ...{ step: steps, seen: steps, stopAt: Infinity, stepsPerSecond: 10, playing: false },
    points: { x: features[0], y: Float64Array.from(points.y), features },
    labels: {
      ...{ title: "T", x_label: "x", y_label: "y", engine: "E", makes: null, n_epochs: 100 },
      ...{ panels: ["fit", "surface", "loss", "code"], note: "", code: null },
      ...{ names: names(model), model, bowl, controls: null, lock: [], hide: [] },
      objectives: runs.map(({ loss }) => loss ?? { kind: "mse" }),
      ...wish.labels,
    },
    ...{ guess, status: "paused", advice: "", problem: null, link: "live", isHere: false },
    ...{ printed: "", canTrain: true, hidden: new Set(wish.labels?.hide) },
    ...wish.changes,
  };
  return { view: /** @type {any} */ (view), next: /** @type {any} */ (run.outside ? null : next) };
}
