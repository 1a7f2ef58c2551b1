// The table of steps a page knows: rows in order of step, and beside them the stretches of steps
// that were made alike. Rows that arrive replace what was known from their first step on: training
// may have gone on from there with other settings. Steps may be missing: where the kernel sent every
// k-th row, and where there were too many to keep. The twin of gd_widget/core/table.py.

import { newExtremes } from "./extremes.js";
import { keptLength, newMemories } from "./memories.js";
import { newRows } from "./rows.js";
import { epochAt, newStretches, samePlan } from "./stretches.js";
import { mostRows, thinning } from "./thinning.js";

/**
 * @typedef {import("./stretches.js").Plan} Plan
 * @typedef {import("./stretches.js").Stretch} Stretch
 * @typedef {ReturnType<typeof newTable>} Table
 *
 * @typedef {object} Row
 * @property {number} step
 * @property {number[]} params
 * @property {number} loss
 * @property {number[]} grad
 * @property {number} lr  NaN where the step had none
 * @property {number[]} memory  what the rule remembers after it, where rows keep that
 * @property {number} epoch  passes over the points
 *
 * Rows of every run: `widths[i]` numbers each, made by `stretches[i]`.
 * @typedef {object} Tables
 * @property {Float64Array[]} rows
 * @property {Stretch[][]} stretches
 * @property {number[]} widths
 */

/** Numbers in a row, but for what a rule remembers. @param {number} d  parameters */
const widthOf = (d) => 2 * d + 3;

/**
 * A table without rows.
 * @param {number} d  parameters
 */
export function newTable(d) {
  const rows = newRows(widthOf(d));
  const made = newStretches();
  const memories = newMemories();
  /** How far a loss was looked for. @type {{ loss: number, next: number, found: number | null }} */
  let search = { loss: NaN, next: 0, found: null };

  /** The step of the i-th row known. @param {number} i */
  const stepAt = (i) => rows.at(i, 0);

  /** The loss of the i-th row known. @param {number} i */
  const lossAt = (i) => rows.at(i, d + 1);

  /** The last step known, -1 when there is none. */
  const last = () => (rows.length ? stepAt(rows.length - 1) : -1);

  const extremes = newExtremes(lossAt);

  /** What was found in the rows from a place on no longer holds. @param {number} i */
  function changedFrom(i) {
    if (i < search.next) search.loss = NaN;
    extremes.forget(i);
  }

  /** @param {number} i @param {Float64Array} others @param {number} width */
  function insert(i, others, width) {
    changedFrom(i);
    rows.insert(i, others, width);
  }

  const table = {
    d,

    /** Points that an epoch is a pass over. */
    n: 1,

    memories,
    stepAt,
    lossAt,

    /** Rows known. */
    get length() {
      return rows.length;
    },

    /** Numbers in a row. */
    get width() {
      return rows.width;
    },

    get last() {
      return last();
    },

    /** Where the loss is lowest and where it is highest, from the i-th to the j-th row known. */
    extremes: extremes.of,

    /** The i-th row known. @param {number} i @returns {Row} */
    rowAt(i) {
      const numbers = rows.between(i);
      const stretch = made.at(numbers[0]);
      const row = named(numbers.slice(0, widthOf(d) + (keptLength(stretch, d) ?? 0)), d);
      return { ...row, epoch: stretch ? epochAt(stretch, row.step, table.n) : 0 };
    },

    /** Its parameters alone. @param {number} i */
    paramsAt(i) {
      const params = [];
      for (let k = 1; k <= d; k++) params.push(rows.at(i, k));
      return params;
    },

    stretchAt: made.at,
    beginOf: made.beginOf,

    /** What made the rows after a step, up to another. */
    stretches: (after = -1, to = last()) => made.between(after, to),

    /** A copy of the rows after a step, up to another, `width` numbers each. */
    rows: (after = -1, to = last()) => rows.between(rows.indexOf(after) + 1, rows.indexOf(to) + 1),

    indexOf: rows.indexOf,

    /** Whether exactly this step is known. @param {number} step */
    has: (step) => stepAt(rows.indexOf(step)) === step,

    /**
     * The first step whose loss is at most this; null: there is none yet. Asked in every frame, it
     * looks at what is new.
     * @param {number} loss
     */
    firstBelow(loss) {
      if (search.loss !== loss) search = { loss, next: 0, found: null };
      for (; search.found === null && search.next < rows.length; search.next++) {
        if (lossAt(search.next) <= loss) search.found = stepAt(search.next);
      }
      return search.found;
    },

    /**
     * What the kernel has found, which knows the rows that were left out here.
     * @param {number} loss
     * @param {number} found  a step
     */
    foundBelow(loss, found) {
      search = { loss, next: rows.indexOf(found) + 1, found };
    },

    /**
     * Rows in place of whatever was known after the step they follow.
     * @param {Float64Array} others  row by row, `width` numbers each: see named()
     * @param {number} [after]  the step they follow; not every one after it need be there
     * @param {Stretch[]} [stretches]  what made them
     * @param {number} [width]
     */
    write(others, after = others[0] - 1, stretches = [], width = widthOf(d)) {
      if (others.length === 0) return;
      table.truncate(after);
      made.write(stretches);
      insert(rows.length, others, width);
    },

    /**
     * One row, put where its step belongs; the rows after it stay.
     * @param {ArrayLike<number | null>} row  null: no number
     * @param {Stretch | null} [stretch]  what made it
     */
    put(row, stretch) {
      const step = /** @type {number} */ (row[0]);
      if (stretch) made.put(stretch, step);
      const numbers = Float64Array.from(row, (number) => number ?? NaN);
      const i = rows.indexOf(step);
      if (!table.has(step)) return insert(i + 1, numbers, row.length);
      changedFrom(i);
      rows.write(i, numbers, row.length);
    },

    /** Rows of a gap, put where their steps belong. @param {number[][]} others */
    insert(others) {
      const width = others.reduce((most, { length }) => Math.max(most, length), 0);
      const numbers = new Float64Array(others.length * width);
      others.forEach((row, i) => numbers.set(row, i * width));
      insert(rows.indexOf(numbers[0]) + 1, numbers, width);
    },

    /** Forget the rows after a step. @param {number} step */
    truncate(step) {
      rows.truncate(rows.indexOf(step) + 1);
      extremes.forget(rows.length);
      if (search.next > rows.length || (search.found ?? 0) > step) search.loss = NaN;
      made.truncate(step);
      memories.truncate(step);
    },

    /**
     * Where there are very many rows, leave some out: see thinning.js. What is left out can be asked
     * for again, or made again.
     * @param {number} around  the step near which none is left out
     */
    thin(around) {
      const most = mostRows(rows.width);
      if (rows.length <= most) return;
      const { next, found } = search;
      const looked = next > 0 ? stepAt(next - 1) : -1;
      const turns = table.stretches().map(({ step }) => step);
      const isKept = thinning({ last: last(), turns, most }, around);
      rows.keep((i) => isKept(stepAt(i), stepAt(i) === found || stepAt(i) === last()));
      extremes.forget(0);
      search.next = rows.indexOf(looked) + 1;
      if (turns.length <= rows.length) return;
      made.keep(Array.from({ length: rows.length }, (_, i) => stepAt(i)));
    },

    /**
     * How far the rows after a step can be walked through again: each the very next step, and
     * made with this plan. Training from that step with this plan would make the same.
     * @param {number} step
     * @param {Plan} plan
     */
    replayableTo(step, plan) {
      // What code does that is not ours, nobody knows.
      const other = table.stretches(step).find((one) => one.outside || !samePlan(one, plan));
      const end = other ? other.step - 1 : last();
      let i = rows.indexOf(step);
      while (stepAt(i) < end && stepAt(i + 1) === stepAt(i) + 1) i += 1;
      return stepAt(i);
    },
  };
  return table;
}

/**
 * The numbers of a row by their names.
 * @param {number[] | Float64Array} numbers  step, parameters, loss, gradient, rate, and the memory
 * @param {number} d  parameters
 * @returns {Omit<Row, "epoch">}
 */
export const named = (numbers, d) => ({
  step: numbers[0],
  params: [...numbers.slice(1, d + 1)],
  loss: numbers[d + 1],
  grad: [...numbers.slice(d + 2, 2 * d + 2)],
  lr: numbers[2 * d + 2],
  memory: [...numbers.slice(widthOf(d))],
});

/**
 * What the numbers of a row are called, where the parameters have these names; its step's apart.
 * @param {string[]} names
 */
export const fields = (names) => [...names, "loss", ...names.map((name) => `grad_${name}`), "lr"];

/**
 * The rows of several runs after a step, up to another, with what made them.
 * @param {Table[]} tables
 * @param {number} [after]
 * @param {number} [to]
 * @returns {Tables}
 */
export const tablesOf = (tables, after, to) => ({
  rows: tables.map((table) => table.rows(after, to)),
  stretches: tables.map((table) => table.stretches(after, to)),
  widths: tables.map(({ width }) => width),
});
