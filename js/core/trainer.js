// Training as a table, in the browser: the twin of gd_widget/training/trainer.py.
//
// The trainer has no state beside the table, the current step and the settings. Knows nothing of
// pages, kernels or clocks.

import { batch as batchOf } from "./batches.js";
import { History, WIDTH, named } from "./table.js";
import { planOf, samePlan, stretchAfter } from "./stretches.js";
import { gradient, naturalGradient } from "./quadratic.js";
import { RULES } from "./rules.js";

const CONVERGED = 1e-6; // each gradient component, as a fraction of its natural size

/**
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {import("./points.js").Points} Points
 * @typedef {import("./table.js").Row} Row
 * @typedef {import("./stretches.js").Plan} Plan
 * @typedef {import("./stretches.js").Stretch} Stretch
 * @typedef {import("./stretches.js").Own & import("./stretches.js").Common} Settings
 */

export class Trainer {
  /** Rows by step; of a long run, not every one. */
  table = new History();

  /** The current step; 0 is the first row. */
  step = 0;

  /**
   * The step whose numbers were no longer finite; the one before it is the current one.
   * @type {number | null}
   */
  divergedAt = null;

  /**
   * @param {Bowl} bowl
   * @param {Points} points  of very many, some
   * @param {Settings} settings
   */
  constructor(bowl, points, settings) {
    this.bowl = bowl;
    this.points = points;
    this.settings = settings;
    this.table.n = bowl.n;
  }

  /** What makes the steps to come. */
  get plan() {
    return planOf(this.settings, this.settings, this.bowl.n);
  }

  /** @param {Partial<Settings>} changes */
  set(changes) {
    const before = this.plan;
    this.settings = { ...this.settings, ...changes };
    if (!samePlan(this.plan, before)) this.divergedAt = null;
  }

  /**
   * Begin again: the table holds row 0 alone. Throws, and changes nothing, where the loss there is
   * too large for a number.
   * @param {Params} params
   * @param {Bowl} [bowl]  of other points
   * @param {Points} [points]
   */
  begin(params, bowl = this.bowl, points = this.points) {
    this.table.write(firstRow(params, bowl, this.settings.lr), -1);
    Object.assign(this, { bowl, points, step: 0, divergedAt: null });
    this.table.n = bowl.n;
  }

  /** The current row. @returns {Row} */
  get row() {
    return this.table.rowAt(this.table.indexOf(this.step));
  }

  /** Whether the gradient is practically zero at the current step. */
  get converged() {
    const natural = naturalGradient(this.bowl);
    return this.row.grad.every((part, i) => Math.abs(part) <= CONVERGED * natural[i]);
  }

  /**
   * Train one step more. False where its numbers are not finite. Rows after the current one are
   * walked through again while the plan that made them still holds; from there on they are
   * replaced. Throws where this page cannot make the step.
   */
  advance() {
    if (!this.#nextStands()) {
      const { table, step } = this;
      const stretch = stretchAfter(table.stretchAt(step), step, this.plan, this.bowl.n);
      const problem = whyNot(stretch, this);
      if (problem) throw new Error(problem);
      const row = this.#rowAfter(this.row, stretch);
      if (!isSound(row)) {
        this.divergedAt = step + 1;
        return false;
      }
      table.write(row, step, [stretch], WIDTH);
    }
    this.step += 1;
    this.table.thin(this.step);
    return true;
  }

  /**
   * Go to a step already made. One that is not in the table is made again; where it cannot be,
   * the row before it is gone to.
   * @param {number} step
   */
  seek(step) {
    step = Math.min(step, this.table.last);
    if (step === this.step) return;
    this.divergedAt = null;
    this.step = this.#stepAtOrBefore(step);
    if (this.step < step && this.#fillGap()) this.step = this.#stepAtOrBefore(step);
    this.table.thin(this.step);
  }

  /** @param {number} step */
  #stepAtOrBefore(step) {
    return this.table.stepAt(Math.max(0, this.table.indexOf(step)));
  }

  /** Whether training would make the next row as it is in the table, or was before it was left out. */
  #nextStands() {
    const { table, step } = this;
    const next = step < table.last && table.stretchAt(step + 1);
    if (!next || next.outside || !samePlan(next, this.plan)) return false;
    return table.has(step + 1) || this.#fillGap();
  }

  /**
   * Make rows again that were left out, the first ones first, if all are not more than so many.
   * @param {number} most
   * @param {() => boolean} isLate  whether to leave it at what there is
   * @returns {boolean} whether it need not be called again
   */
  fillGaps(most, isLate) {
    const { table } = this;
    if (table.last >= most) return true;
    for (let step = 0; step < table.last; step++) {
      if (table.has(step + 1)) continue;
      if (isLate()) return false;
      if (!this.#fillGap(step)) return true;
    }
    return true;
  }

  /**
   * Make the rows again that were left out after one. False where this page cannot.
   * @param {number} [step]
   */
  #fillGap(step = this.step) {
    const { table } = this;
    const i = table.indexOf(step);
    const rows = new Float64Array((table.stepAt(i + 1) - step - 1) * WIDTH);
    /** @type {Omit<Row, "epoch">} */
    let row = table.rowAt(i);
    for (let i = 0; i < rows.length; i += WIDTH) {
      const stretch = table.stretchAt(row.step + 1);
      if (!stretch || whyNot(stretch, this)) return false;
      const next = this.#rowAfter(row, stretch);
      rows.set(next, i);
      row = named(next);
    }
    table.insert(rows, WIDTH);
    return true;
  }

  /** @param {Omit<Row, "epoch">} row @param {Stretch} stretch */
  #rowAfter(row, stretch) {
    const last = this.table.stretchAt(row.step);
    const { bowl, points } = this;
    const { params, memory } = nextStep(row, { stretch, last, bowl, points });
    const numbers = new Float64Array(WIDTH);
    numbers.set([...rowOf(row.step + 1, params, bowl, stretch.lr ?? NaN), ...memory]);
    return numbers;
  }
}

/**
 * What training does after a row: which points it looks at (null: all of them), the gradient
 * there, and where that leads. Only where whyNot() knows no reason against it.
 * @param {Omit<Row, "epoch">} row
 * @param {object} given
 * @param {Stretch} given.stretch  what makes the next row
 * @param {Stretch | null} given.last  what made this one
 * @param {Bowl} given.bowl
 * @param {Points} given.points
 * @returns {{ batch: Int32Array | null, grad: Params, params: Params, memory: number[] }}
 */
export function nextStep(row, { stretch, last, bowl, points }) {
  const { optimizer, batch_size } = stretch;
  const rule = RULES[optimizer];
  const batch = batch_size
    ? batchOf(bowl.n, batch_size, stretch.batch + row.step + 1 - stretch.step)
    : null;
  const grad = batch ? gradientOf(batch, points, row.params) : row.grad;
  // Another rule's memory is none of its own.
  const known = last?.optimizer === optimizer ? row.memory : rule.memory;
  const settings = /** @type {any} */ ({ ...stretch, bowl });
  const [params, memory] = rule.step(row.params, grad, known, settings);
  return { batch, grad, params, memory };
}

/**
 * The derivatives of the loss of some points, by slope and by intercept.
 * @param {Int32Array} batch
 * @param {Points} points
 * @param {Params} params
 * @returns {Params}
 */
function gradientOf(batch, { x, y }, [slope, intercept]) {
  let [bySlope, byIntercept] = [0, 0];
  for (const i of batch) {
    const residual = slope * x[i] + intercept - y[i];
    bySlope += residual * x[i];
    byIntercept += residual;
  }
  return [(2 * bySlope) / batch.length, (2 * byIntercept) / batch.length];
}

/**
 * Why this page cannot make steps with a plan, "" where it can.
 * @param {Plan} plan
 * @param {{ bowl: Bowl, points: Points }} data
 */
export function whyNot({ outside, batch_size }, { bowl, points }) {
  const isNeeded = "its kernel is needed for further steps.";
  if (outside) return `This run was made by code in Python: ${isNeeded}`;
  const { length } = points.x;
  if (!batch_size || length === bowl.n) return "";
  return `A batch is of all points, and this page has ${length} of ${bowl.n}: ${isNeeded}`;
}

/**
 * A row of the table: what a line is worth.
 * @param {number} step
 * @param {Params} params
 * @param {Bowl} bowl
 * @param {number} lr
 * @returns {number[]}
 */
export const rowOf = (step, params, bowl, lr) => [step, ...params, ...gradient(bowl, params), lr];

/** Whether all is finite, the memory too; the rate need not be there. @param {Float64Array} row */
function isSound(row) {
  const { params, loss, grad, memory } = named(row);
  return [loss, ...params, ...grad, ...memory].every(Number.isFinite);
}

/**
 * @param {Params} guess
 * @param {Bowl} bowl
 * @param {number | null} lr
 */
export function firstRow(guess, bowl, lr) {
  const row = Float64Array.from(rowOf(0, guess, bowl, lr ?? NaN));
  if (!isSound(row)) {
    const rule = "near enough to the data for a finite loss";
    throw new Error(`guess must be ${rule}; got (${guess.join(", ")})`);
  }
  return row;
}
