// Training as a table, in the browser: the twin of gd_widget/trainer.py.
//
// The trainer has no state beside the table, the current step and the settings. Knows nothing of
// pages, kernels or clocks.

import { History } from "./history.js";
import { gradient, rootMeanSquares } from "./quadratic.js";
import { gradientDescent } from "./rules.js";

const CONVERGED = 1e-6; // each gradient component, as a fraction of its natural size

/**
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {import("./history.js").Row} Row
 */

export class Trainer {
  /** Rows by step; of a long run that came from elsewhere, not every one. */
  table = new History();

  /** The current step; 0 is the first row. */
  step = 0;

  /**
   * The step whose numbers were no longer finite; the one before it is the current one.
   * @type {number | null}
   */
  divergedAt = null;

  #lr;

  /**
   * @param {Bowl} bowl
   * @param {number} lr
   */
  constructor(bowl, lr) {
    this.bowl = bowl;
    this.#lr = lr;
  }

  get lr() {
    return this.#lr;
  }

  set lr(value) {
    if (value !== this.#lr) this.divergedAt = null;
    this.#lr = value;
  }

  /**
   * Begin again: the table holds row 0 alone. Throws, and changes nothing, where the loss there is
   * too large for a number.
   * @param {Params} params
   * @param {Bowl} [bowl]  of other points
   */
  begin(params, bowl = this.bowl) {
    this.load(firstRow(params, bowl, this.#lr), 0);
    this.bowl = bowl;
  }

  /**
   * Go on from rows made elsewhere.
   * @param {Float64Array} rows  in the order of COLUMNS in history.js
   * @param {number} step  the current one, among them
   */
  load(rows, step) {
    this.table.write(rows, -1);
    this.step = step;
    this.divergedAt = null;
  }

  /** The current row. @returns {Row} */
  get row() {
    return this.table.rowAt(this.table.indexOf(this.step));
  }

  /** Whether the gradient is practically zero at the current step. */
  get converged() {
    const { grad_slope, grad_intercept } = this.row;
    const [sizeX, sizeY] = rootMeanSquares(this.bowl);
    const limit = CONVERGED * 2 * sizeY;
    return Math.abs(grad_slope) <= limit * sizeX && Math.abs(grad_intercept) <= limit;
  }

  /**
   * Train on to a step, from the current one: less far where the numbers stop being finite, or
   * on arriving at a converged row. Rows after the current one are walked through again while
   * the rate that made them is still set; from there on they are replaced.
   * @param {number} goal
   * @returns {"" | "converged" | "diverged"} why it ended there, if before the goal
   */
  trainTo(goal) {
    const arriving = !this.converged;
    while (this.step < goal) {
      if (!this.#makeNext(this.#lr)) {
        this.divergedAt = this.step + 1;
        return "diverged";
      }
      this.step += 1;
      if (arriving && this.converged) return "converged";
    }
    return "";
  }

  /**
   * Go to a step already made. One that is not in the table is made again, as it was made.
   * @param {number} step
   */
  seek(step) {
    step = Math.max(0, Math.min(step, this.table.last));
    if (step === this.step) return;
    this.divergedAt = null;
    this.step = this.table.stepAt(this.table.indexOf(step));
    while (this.step < step && this.#makeNext(this.#nextKnown()?.lr ?? this.#lr)) this.step += 1;
  }

  /** The next row in the table, however many steps away. */
  #nextKnown() {
    const i = this.table.indexOf(this.step) + 1;
    return i < this.table.length ? this.table.rowAt(i) : undefined;
  }

  /** Have the next step in the table. False where it is not finite. @param {number} lr */
  #makeNext(lr) {
    const known = this.#nextKnown();
    const stands = known?.lr === lr;
    if (stands && known.step === this.step + 1) return true;
    const { slope, intercept, grad_slope, grad_intercept } = this.row;
    const [params] = gradientDescent([slope, intercept], [grad_slope, grad_intercept], [], { lr });
    const row = rowOf(this.step + 1, params, this.bowl, lr);
    if (!row.every(Number.isFinite)) return false;
    if (!stands) this.table.truncate(this.step);
    this.table.put(row);
    return true;
  }
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

/**
 * @param {Params} guess
 * @param {Bowl} bowl
 * @param {number} lr
 */
export function firstRow(guess, bowl, lr) {
  const row = rowOf(0, guess, bowl, lr);
  if (!row.every(Number.isFinite)) {
    const rule = "near enough to the data for a finite loss";
    throw new Error(`guess must be ${rule}; got (${guess.join(", ")})`);
  }
  return Float64Array.from(row);
}
