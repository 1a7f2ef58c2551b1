// The table of steps a page knows: rows in order of step, in one growing typed array, and beside
// it the stretches of steps that were made alike. Rows that arrive replace what was known from
// their first step on: training may have gone on from there with other settings. Steps may be
// missing: where the kernel sent every k-th row, and where there were too many to keep.

import { Extremes } from "./extremes.js";
import { epochAt, samePlan } from "./stretches.js";
import { RULES } from "./rules.js";

const D = 2; // parameters
const LOSS = D + 1;
const LR = 2 * D + 2;
const MEMORY = LR + 1; // where in a row the rule's memory begins
export const WIDTH = MEMORY + Math.max(...Object.values(RULES).map(({ memory }) => memory.length));
const STEP = 0;

export const MOST_ROWS = 32_768; // 4 MB; of more, some are left out
const NEAR = MOST_ROWS / 8; // steps before and after the one shown, of which none is left out
const EVENLY = MOST_ROWS / 8; // rows that all the others are thinned to, and up to twice as many
const CLOSELY = 256; // first steps with the same settings of which none is left out, either
/** What made rows, where that was more than is kept. */
const UNTOLD = { optimizer: "", outside: true };

/**
 * @typedef {import("./stretches.js").Plan} Plan
 * @typedef {import("./stretches.js").Stretch} Stretch
 *
 * @typedef {object} Row
 * @property {number} step
 * @property {number[]} params
 * @property {number} loss
 * @property {number[]} grad
 * @property {number} lr  NaN where the step had none
 * @property {number[]} memory  what the rule remembers after it
 * @property {number} epoch  passes over the points
 */

export class History {
  #table = new Float64Array(WIDTH * 256);
  /** In order. @type {Stretch[]} */
  #stretches = [];
  /** How far a loss was looked for. @type {{ loss: number, next: number, found: number | null }} */
  #search = { loss: NaN, next: 0, found: null };

  #extremes = new Extremes((i) => this.lossAt(i));

  /** Rows known. */
  length = 0;

  /** Points that an epoch is a pass over. */
  n = 1;

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
    return this.#table[i * WIDTH + LOSS];
  }

  /**
   * Where the loss is lowest and where it is highest, from the i-th to the j-th row known.
   * @param {number} i
   * @param {number} j
   */
  extremes(i, j) {
    return this.#extremes.of(i, j);
  }

  /** @param {number} i @returns {Row} the i-th row known */
  rowAt(i) {
    const numbers = this.#table.subarray(i * WIDTH, (i + 1) * WIDTH);
    const stretch = this.stretchAt(numbers[STEP]);
    const size = RULES[stretch?.optimizer ?? ""]?.memory.length ?? 0;
    const row = named(numbers.subarray(0, MEMORY + size));
    return { ...row, epoch: stretch ? epochAt(stretch, row.step, this.n) : 0 };
  }

  /**
   * What made the row of a step; null: the first row is the guess.
   * @param {number} step
   */
  stretchAt(step) {
    return this.#stretches[this.#stretchIndex(step)] ?? null;
  }

  /**
   * What made the rows after a step, up to another.
   * @param {number} [after]
   * @param {number} [to]
   */
  stretches(after = -1, to = this.last) {
    const first = Math.max(0, this.#stretchIndex(after + 1));
    return this.#stretches.slice(first, this.#stretchIndex(to) + 1);
  }

  /**
   * A copy of the rows after a step, up to another, WIDTH numbers each.
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
    return lastUpTo(step, this.length, (i) => this.stepAt(i));
  }

  /** @param {number} step */
  #stretchIndex(step) {
    return lastUpTo(step, this.#stretches.length, (i) => this.#stretches[i].step);
  }

  /** @param {number} step @returns {boolean} whether exactly this step is known */
  has(step) {
    const i = this.indexOf(step);
    return i >= 0 && this.stepAt(i) === step;
  }

  /**
   * The first step whose loss is at most this; null: there is none yet. Asked in every frame, it
   * looks at what is new.
   * @param {number} loss
   */
  firstBelow(loss) {
    if (this.#search.loss !== loss) this.#search = { loss, next: 0, found: null };
    const search = this.#search;
    for (; search.found === null && search.next < this.length; search.next++) {
      if (this.lossAt(search.next) <= loss) search.found = this.stepAt(search.next);
    }
    return search.found;
  }

  /**
   * What the kernel has found, which knows the rows that were left out here.
   * @param {number} loss
   * @param {number} found  a step
   */
  foundBelow(loss, found) {
    this.#search = { loss, next: this.indexOf(found) + 1, found };
  }

  /**
   * Rows from the kernel; whatever was known after the step they follow is replaced.
   * @param {Float64Array} rows  row by row, `width` numbers each
   * @param {number} [after]  the step they follow; not every one after it need be there
   * @param {Stretch[]} [stretches]  what made them
   * @param {number} [width]
   */
  write(rows, after = rows[STEP] - 1, stretches = [], width = MEMORY) {
    if (rows.length === 0) return;
    this.truncate(after);
    const [first] = stretches;
    if (first) {
      this.#stretches.length = this.#stretchIndex(first.step - 1) + 1;
      this.#stretches = this.#stretches.concat(stretches);
    }
    this.#place(this.length, rows, width);
  }

  /**
   * One row, put where its step belongs; the rows after it stay.
   * @param {ArrayLike<number | null>} row  null: no number
   * @param {Stretch | null} [stretch]  what made it
   */
  put(row, stretch) {
    const step = /** @type {number} */ (row[STEP]);
    if (stretch) {
      const first = this.#stretchIndex(stretch.step - 1) + 1;
      this.#stretches.splice(first, this.#stretchIndex(step) + 1 - first, stretch);
    }
    const numbers = Float64Array.from(row, (number) => number ?? NaN);
    if (this.has(step)) this.#write(this.indexOf(step), numbers, row.length);
    else this.#place(this.indexOf(step) + 1, numbers, row.length);
  }

  /**
   * Rows of a gap, put where their steps belong.
   * @param {Float64Array} rows
   * @param {number} width
   */
  insert(rows, width) {
    this.#place(this.indexOf(rows[STEP]) + 1, rows, width);
  }

  /**
   * Forget the rows after a step.
   * @param {number} step
   */
  truncate(step) {
    this.length = this.indexOf(step) + 1;
    this.#extremes.forget(this.length);
    if (this.#search.next > this.length || (this.#search.found ?? 0) > step) {
      this.#search.loss = NaN;
    }
    this.#stretches.length = this.#stretchIndex(step) + 1;
  }

  /**
   * Where there are very many rows, leave some out: none near a step, few where much happens, as
   * it does at first and after a change of settings, and else all but evenly spaced ones. What is
   * left out can be asked for again, or made again.
   * @param {number} around
   */
  thin(around) {
    if (this.length <= MOST_ROWS) return;
    const { next, found } = this.#search;
    const looked = next > 0 ? this.stepAt(next - 1) : -1;
    const apart = this.#spacing();
    let [kept, before] = [0, -1];
    for (let i = 0; i < this.length; i++) {
      const step = this.stepAt(i);
      const space = apart(step);
      const isNext = Math.floor(step / space) > Math.floor(before / space);
      const isWanted = step === found || i === this.length - 1 || Math.abs(step - around) <= NEAR;
      if (!isNext && !isWanted) continue;
      this.#table.copyWithin(kept * WIDTH, i * WIDTH, (i + 1) * WIDTH);
      before = step;
      kept += 1;
    }
    this.length = kept;
    this.#extremes.forget(0);
    this.#search.next = this.indexOf(looked) + 1;
    this.#thinStretches();
  }

  /**
   * How far apart rows are to be at a step. To be asked in order.
   * @returns {(step: number) => number}
   */
  #spacing() {
    const most = 2 ** Math.max(0, Math.floor(Math.log2(this.last / EVENLY)));
    // Settings that change all the time are as good as one.
    const turns = this.#stretches.length <= CLOSELY ? this.#stretches : [];
    const closely = CLOSELY / Math.max(1, turns.length);
    let turn = 0;
    let next = 0;
    return (step) => {
      for (; turns[next]?.step <= step; next++) turn = turns[next].step;
      return Math.min(most, 2 ** Math.floor(Math.log2(1 + (step - turn) / closely)));
    };
  }

  /** Of more stretches than rows, keep those that made a row; one that is untold stands for others. */
  #thinStretches() {
    if (this.#stretches.length <= this.length) return;
    /** @type {Stretch[]} */
    const told = [];
    let last = -1;
    for (let i = 0; i < this.length; i++) {
      const made = this.#stretchIndex(this.stepAt(i));
      if (made === last) continue;
      if (made > last + 1) {
        const { step, epoch, batch } = this.#stretches[last + 1];
        told.push({ ...UNTOLD, step, epoch, batch });
      }
      told.push(this.#stretches[made]);
      last = made;
    }
    this.#stretches = told;
  }

  /**
   * How far the rows after a step can be walked through again: each the very next step, and
   * made with this plan. Training from that step with this plan would make the same.
   * @param {number} step
   * @param {Plan} plan
   */
  replayableTo(step, plan) {
    // What code does that is not ours, nobody knows.
    const other = this.stretches(step).find((made) => made.outside || !samePlan(made, plan));
    const end = other ? other.step - 1 : this.last;
    let i = this.indexOf(step);
    while (this.stepAt(i) < end && this.stepAt(i + 1) === this.stepAt(i) + 1) i += 1;
    return this.stepAt(i);
  }

  /**
   * Make room for rows at a place, and put them there.
   * @param {number} i
   * @param {Float64Array} rows
   * @param {number} width
   */
  #place(i, rows, width) {
    const n = rows.length / width;
    const length = this.length + n;
    if (length * WIDTH > this.#table.length) {
      const table = new Float64Array(Math.max(length, 2 * this.length) * WIDTH);
      table.set(this.#table.subarray(0, this.length * WIDTH));
      this.#table = table;
    }
    this.#table.copyWithin((i + n) * WIDTH, i * WIDTH, this.length * WIDTH);
    this.length = length;
    this.#write(i, rows, width);
  }

  /**
   * @param {number} i
   * @param {Float64Array} rows
   * @param {number} width
   */
  #write(i, rows, width) {
    if (i < this.#search.next) this.#search.loss = NaN;
    this.#extremes.forget(i);
    for (let from = 0; from < rows.length; from += width, i++) {
      this.#table.fill(0, i * WIDTH, (i + 1) * WIDTH);
      this.#table.set(rows.subarray(from, from + width), i * WIDTH);
    }
  }
}

/**
 * The numbers of a row by their names.
 * @param {Float64Array} numbers  step, parameters, loss, gradient, rate, and the rule's memory
 * @returns {Omit<Row, "epoch">}
 */
export const named = (numbers) => ({
  step: numbers[STEP],
  params: [...numbers.subarray(STEP + 1, LOSS)],
  loss: numbers[LOSS],
  grad: [...numbers.subarray(LOSS + 1, LR)],
  lr: numbers[LR],
  memory: [...numbers.subarray(MEMORY)],
});

/**
 * The names of a row's numbers, its epoch's last.
 * @param {string[]} names  of the parameters
 */
export const columns = (names) => [
  ...["step", ...names, "loss", ...names.map((name) => `grad_${name}`), "lr", "epoch"],
];

/**
 * The place of the last of `length` steps, in order, that is at most this; -1 when there is none.
 * @param {number} step
 * @param {number} length
 * @param {(i: number) => number} stepAt
 */
function lastUpTo(step, length, stepAt) {
  let low = 0;
  while (low < length) {
    const middle = (low + length) >> 1;
    if (stepAt(middle) <= step) low = middle + 1;
    else length = middle;
  }
  return low - 1;
}

/**
 * The rows of several runs after a step, up to another, with what made them.
 * @param {History[]} histories
 * @param {number} [after]
 * @param {number} [to]
 * @returns {import("../sources/source.js").Tables}
 */
export const tablesOf = (histories, after, to) => ({
  rows: histories.map((history) => history.rows(after, to)),
  stretches: histories.map((history) => history.stretches(after, to)),
  widths: histories.map(() => WIDTH),
});
