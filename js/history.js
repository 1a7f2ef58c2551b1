// The table of steps a page knows: rows in order of step, in one growing typed array.
// Rows that arrive replace what was known from their first step on: training may have gone on
// from there with other settings. Steps may be missing where the kernel sent every k-th row.

export const COLUMNS = ["step", "slope", "intercept", "loss", "grad_slope", "grad_intercept", "lr"];
const WIDTH = COLUMNS.length;
const STEP = 0;
const LR = 6;

/**
 * @typedef {object} Row
 * @property {number} step
 * @property {number} slope
 * @property {number} intercept
 * @property {number} loss
 * @property {number} grad_slope
 * @property {number} grad_intercept
 * @property {number} lr
 */

export class History {
  #table = new Float64Array(WIDTH * 256);

  /** Rows known. */
  length = 0;

  /** The last step known, -1 when there is none. */
  get last() {
    return this.length ? this.stepAt(this.length - 1) : -1;
  }

  /** @param {number} i @returns {number} the step of the i-th row known */
  stepAt(i) {
    return this.#table[i * WIDTH + STEP];
  }

  /** @param {number} i @returns {number} the loss of the i-th row known */
  lossAt(i) {
    return this.#table[i * WIDTH + 3];
  }

  /** @param {number} i @returns {Row} the i-th row known */
  rowAt(i) {
    const [step, slope, intercept, loss, grad_slope, grad_intercept, lr] = this.#table.subarray(
      i * WIDTH,
      (i + 1) * WIDTH,
    );
    return { step, slope, intercept, loss, grad_slope, grad_intercept, lr };
  }

  /**
   * A copy of the rows after a step, up to another.
   * @param {number} [after]
   * @param {number} [to]
   */
  rows(after = -1, to = this.last) {
    return this.#table.slice((this.indexOf(after) + 1) * WIDTH, (this.indexOf(to) + 1) * WIDTH);
  }

  /**
   * The place of the last row at or before a step, -1 when there is none.
   * @param {number} step
   */
  indexOf(step) {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.stepAt(middle) <= step) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** @param {number} step @returns {boolean} whether exactly this step is known */
  has(step) {
    const i = this.indexOf(step);
    return i >= 0 && this.stepAt(i) === step;
  }

  /**
   * Rows from the kernel; whatever was known after the step they follow is replaced.
   * @param {Float64Array} rows  row by row, COLUMNS.length numbers each
   * @param {number} after  the step they follow; not every one after it need be there
   */
  write(rows, after = rows[STEP] - 1) {
    if (rows.length === 0) return;
    this.truncate(after);
    this.#reserve(this.length + rows.length / WIDTH);
    this.#table.set(rows, this.length * WIDTH);
    this.length += rows.length / WIDTH;
  }

  /**
   * One row, put where its step belongs; the rows after it stay.
   * @param {ArrayLike<number>} row
   */
  put(row) {
    const i = this.indexOf(row[STEP]);
    if (i >= 0 && this.stepAt(i) === row[STEP]) this.#table.set(row, i * WIDTH);
    else this.insert(row);
  }

  /**
   * Rows of a gap, put where their steps belong.
   * @param {ArrayLike<number>} rows
   */
  insert(rows) {
    const place = (this.indexOf(rows[STEP]) + 1) * WIDTH;
    const end = this.length * WIDTH;
    this.#reserve((end + rows.length) / WIDTH);
    this.#table.copyWithin(place + rows.length, place, end);
    this.#table.set(rows, place);
    this.length += rows.length / WIDTH;
  }

  /**
   * Forget the rows after a step.
   * @param {number} step
   */
  truncate(step) {
    this.length = this.indexOf(step) + 1;
  }

  /**
   * How far the rows after a step can be walked through again: each the very next step, and
   * made with this learning rate. Training from that step with this rate would make the same.
   * @param {number} step
   * @param {number} lr
   */
  replayableTo(step, lr) {
    let i = this.indexOf(step);
    while (
      i + 1 < this.length &&
      this.stepAt(i + 1) === this.stepAt(i) + 1 &&
      this.#table[(i + 1) * WIDTH + LR] === lr
    ) {
      i += 1;
    }
    return this.stepAt(i);
  }

  /** @param {number} rows */
  #reserve(rows) {
    if (rows * WIDTH <= this.#table.length) return;
    const table = new Float64Array(Math.max(rows, 2 * this.length) * WIDTH);
    table.set(this.#table.subarray(0, this.length * WIDTH));
    this.#table = table;
  }
}
