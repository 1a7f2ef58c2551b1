// Training as a table, in the browser: the twin of gd_widget/trainer.py.
//
// The trainer has no state beside the table, the current step and the settings. Knows nothing of
// pages, kernels or clocks.

import { History } from "./history.js";
import { gradient, rootMeanSquares } from "./quadratic.js";
import { gradientDescent } from "./rules.js";

const CONVERGED = 1e-6; // each gradient component, as a fraction of its natural size
const SAME = 1e-9; // of a number: so little is rounding, over a gap of any length

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
   * Go to a step already made. One that is not in the table is made again; where the rate has
   * changed on the way there, the row before it is gone to.
   * @param {number} step
   */
  seek(step) {
    if (step === this.step) return;
    this.divergedAt = null;
    this.step = this.#stepAtOrBefore(step);
    if (this.step < step && this.#fillGap()) this.step = this.#stepAtOrBefore(step);
  }

  /** @param {number} step */
  #stepAtOrBefore(step) {
    return this.table.stepAt(Math.max(0, this.table.indexOf(step)));
  }

  /** The next row in the table, however many steps away. */
  #nextKnown() {
    const i = this.table.indexOf(this.step) + 1;
    return i < this.table.length ? this.table.rowAt(i) : undefined;
  }

  /** Have the next step in the table. False where it is not finite. @param {number} lr */
  #makeNext(lr) {
    const known = this.#nextKnown();
    if (known?.lr === lr && (known.step === this.step + 1 || this.#fillGap())) return true;
    const row = rowAfter(Object.values(this.row), this.bowl, lr);
    if (!row.every(Number.isFinite)) return false;
    this.table.truncate(this.step);
    this.table.put(row);
    return true;
  }

  /**
   * Make the rows again that were left out after the current one. False, and nothing changed,
   * where they do not lead to the next row there is: the rate has changed on the way.
   */
  #fillGap() {
    const end = this.#nextKnown();
    if (!end) return false;
    let row = rowAfter(Object.values(this.row), this.bowl, end.lr);
    const rows = [];
    while (row[0] < end.step) {
      rows.push(...row);
      row = rowAfter(row, this.bowl, end.lr);
    }
    const isNear = (/** @type {number} */ one, /** @type {number} */ other) =>
      Math.abs(one - other) <= SAME * (Math.abs(one) + Math.abs(other));
    const isSame = isNear(row[1], end.slope) && isNear(row[2], end.intercept);
    if (isSame) this.table.insert(rows);
    return isSame;
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
 * The row that training makes of another.
 * @param {number[]} row
 * @param {Bowl} bowl
 * @param {number} lr
 */
function rowAfter([step, slope, intercept, , grad_slope, grad_intercept], bowl, lr) {
  const [params] = gradientDescent([slope, intercept], [grad_slope, grad_intercept], [], { lr });
  return rowOf(step + 1, params, bowl, lr);
}

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
