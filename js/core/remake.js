// Rows made again, with what was remembered after them: exact, because rules are pure functions.

import { keptLength } from "./memories.js";
import { nextStep, rowOf, whyNot } from "./next-step.js";
import { named } from "./table.js";

/**
 * @typedef {import("./memories.js").State} State
 * @typedef {import("./next-step.js").Data} Data
 * @typedef {import("./stretches.js").Stretch} Stretch
 * @typedef {import("./table.js").Table} Table
 */

/**
 * The row of a step, with what was remembered after it. It need not be in the table. Null where
 * this page cannot make it.
 * @param {Table} table
 * @param {number} step
 * @param {Data} data
 * @returns {State | null}
 */
export function remade(table, step, data) {
  let state = knownUpTo(table, step);
  while (state.step < step) {
    const stretch = table.stretchAt(state.step + 1);
    if (!stretch || whyNot(stretch, data)) return null;
    state = stateAfter(table, state, stretch, data).state;
    remember(table, state);
  }
  return state;
}

/** Keep what rows do not. @param {Table} table @param {State} state  of a row of the table */
export function remember(table, state) {
  if (keptLength(table.stretchAt(state.step), table.d) === null) table.memories.keep(state);
}

/**
 * What follows, and its row in the table.
 * @param {Table} table
 * @param {State} before
 * @param {Stretch} stretch  what makes it
 * @param {Data} data
 */
export function stateAfter(table, before, stretch, data) {
  const last = table.stretchAt(before.step);
  const { params, memory } = nextStep(before, { stretch, last }, data);
  const numbers = rowOf(before.step + 1, params, data.objective, stretch.lr ?? NaN);
  const state = { ...named(numbers, table.d), memory };
  const isKept = keptLength(stretch, table.d) !== null;
  return { state, row: isKept ? [...numbers, ...memory] : numbers };
}

/**
 * The last row up to a step from which one can go on there.
 * @param {Table} table
 * @param {number} step
 * @returns {State}
 */
function knownUpTo(table, step) {
  const kept = table.memories.upTo(step);
  let row = table.rowAt(table.indexOf(step));
  for (;;) {
    if (kept && kept.step >= row.step) return kept;
    const begin = table.beginOf(row.step);
    const isNeeded = row.step === step || table.beginOf(row.step + 1) === begin;
    if (!isNeeded || keptLength(table.stretchAt(row.step), table.d) !== null) return row;
    row = table.rowAt(table.indexOf(begin - 1));
  }
}
