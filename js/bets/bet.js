// What bets have in common: the twin of gd_widget/bets/bet.py.

import { whyNot } from "../core/next-step.js";
import { remade, stateAfter } from "../core/remake.js";
import { stretchAfter } from "../core/stretches.js";

/**
 * A bet as it is told: its settings, and once it is answered or skipped what is true.
 * @typedef {import("../types.js").Bet} Bet
 *
 * @typedef {import("../core/trainer.js").Trainer} Trainer
 *
 * What a kind of bet takes and knows.
 * @typedef {object} Kind
 * @property {(bet: Bet, about: About) => import("../core/checks.js").Check} [check]  of an answer that is
 *   typed; what is chosen or drawn here can be no other
 * @property {(bet: Bet, about: About) => any} truth
 * @property {(answer: any, truth: any, bet: Bet) => number} score  from 0 to 1
 *
 * What it is about.
 * @typedef {{ trainers: Trainer[], at: number, names: string[], runNames: string[] }} About
 */

/**
 * 1 for what is exact, 0 for what is as far off as training goes, or further.
 * @param {number} off  how far the answer is from the truth
 * @param {number} way  how far training goes
 */
export function closeness(off, way) {
  if (off === 0) return 1;
  return way > 0 ? Math.max(0, 1 - off / way) : 0;
}

/**
 * The row of a step and those after it, so many: made already, or as they would be made. Fewer where
 * numbers stop being finite. Throws where this page cannot make them.
 * @param {Trainer} trainer
 * @param {number} at
 * @param {number} count
 * @returns {{ params: number[], loss: number }[]}
 */
export function rowsFrom({ table, step, plan, data }, at, count) {
  at = Math.min(at, table.last);
  const made = Math.min(Math.max(at, step), at + count);
  const rows = [];
  for (let i = table.indexOf(at); i <= table.indexOf(made); i++) rows.push(table.rowAt(i));
  const stretch = stretchAfter(table.stretchAt(made), made, plan, data.bowl.n);
  const problem = made < at + count && whyNot(stretch, data);
  let state = problem ? null : remade(table, made, data);
  if (!state) throw new Error(problem || "its kernel is needed");
  while (rows.length <= count) {
    state = stateAfter(table, state, stretch, data).state;
    const { params, loss, grad, memory } = state;
    if (![loss, ...params, ...grad, ...memory].every(Number.isFinite)) break;
    rows.push(state);
  }
  return rows;
}

/** @param {number[]} one @param {number[]} other */
export const distance = (one, other) => Math.hypot(...one.map((value, i) => value - other[i]));
