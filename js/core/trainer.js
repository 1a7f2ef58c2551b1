// Training as a table, in the browser: the twin of gd_widget/training/trainer.py.
//
// The trainer has no state beside the table, the current step and the settings. Knows nothing of
// pages, kernels or clocks.

import { nextStep, rowOf, whyNot } from "./next-step.js";
import { dimension } from "./quadratic.js";
import { criticalLr, mostBelowCritical } from "./rates.js";
import { remade, remember, stateAfter } from "./remake.js";
import { planOf, samePlan, stretchAfter } from "./stretches.js";
import { named, newTable } from "./table.js";
import { template } from "./template.js";

const AHEAD = 1000; // what has converged is looked at for as many steps again, but for no more
const LOST = template("What the rule remembers cannot be made again here: its kernel is needed.");

/**
 * @typedef {import("./memories.js").State} State
 * @typedef {import("./next-step.js").Data} Data
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {import("./stretches.js").Own & import("./stretches.js").Common} Settings
 * @typedef {ReturnType<typeof newTrainer>} Trainer
 */

/**
 * A trainer whose table has no rows yet.
 * @param {Data} data
 * @param {Settings} settings
 */
export function newTrainer(data, settings) {
  /** Rows by step; of a long run, not every one. */
  const table = newTable(dimension(data.bowl));
  table.n = data.bowl.n;

  /** The place of the last row up to a step. @param {number} step */
  const stepUpTo = (step) => table.stepAt(Math.max(0, table.indexOf(step)));

  /** Whether training would make the next row as it is in the table, or was before it was left out. */
  function nextStands() {
    const { step, plan } = trainer;
    const next = step < table.last && table.stretchAt(step + 1);
    if (!next || next.outside || !samePlan(next, plan)) return false;
    return table.has(step + 1) || fillGap(step);
  }

  /** Make the rows again that were left out after one. False where this page cannot. @param {number} step */
  function fillGap(step) {
    const i = table.indexOf(step);
    let state = remade(table, table.stepAt(i), data);
    if (!state) return false;
    const rows = [];
    while (state.step + 1 < table.stepAt(i + 1)) {
      const stretch = table.stretchAt(state.step + 1);
      if (!stretch || whyNot(stretch, data)) return false;
      const next = stateAfter(table, state, stretch, data);
      rows.push(next.row);
      state = next.state;
    }
    table.insert(rows);
    return true;
  }

  /** What was seen of the steps to come, from where it was looked last. */
  let looked = { step: NaN, settings, holds: false };

  /** Whether the loss stays what it is for as many steps as there were, where that can be known. */
  function stays() {
    const { step, plan } = trainer;
    if (looked.step !== step || looked.settings !== settings) {
      looked = { step, settings, holds: look(step, plan) };
    }
    return looked.holds;
  }

  /** @param {number} begin @param {import("./stretches.js").Plan} plan */
  function look(begin, plan) {
    let last = table.stretchAt(begin);
    const stretch = stretchAfter(last, begin, plan, data.bowl.n);
    let state = last?.outside || whyNot(stretch, data) ? null : remade(table, begin, data);
    for (let ahead = Math.min(begin, AHEAD); state && ahead > 0; ahead--) {
      const { params, memory } = nextStep(state, { stretch, last }, data);
      if (!data.objective.isAtFloor(params)) return false;
      const [loss, ...grad] = data.objective.gradient(params);
      state = { ...state, step: state.step + 1, params, loss, grad, memory };
      last = stretch;
    }
    return true;
  }

  const trainer = {
    table,

    /** The current step; 0 is the first row. */
    step: 0,

    /** The step whose numbers were no longer finite; the one before it is the current one. */
    divergedAt: /** @type {number | null} */ (null),

    get data() {
      return data;
    },

    get bowl() {
      return data.bowl;
    },

    get settings() {
      return settings;
    },

    /** What makes the steps to come. */
    get plan() {
      return planOf(settings, settings, data.bowl.n);
    },

    /** @param {Partial<Settings>} changes */
    set(changes) {
      const before = trainer.plan;
      settings = { ...settings, ...changes };
      if (!samePlan(trainer.plan, before)) trainer.divergedAt = null;
    },

    /**
     * Begin again: the table holds row 0 alone. Throws, and changes nothing, where the loss there is
     * too large for a number.
     * @param {Params} params
     * @param {Data} [others]  points
     */
    begin(params, others = data) {
      table.write(firstRow(params, others.objective, settings.lr), -1);
      data = others;
      table.n = data.bowl.n;
      looked.step = NaN;
      Object.assign(trainer, { step: 0, divergedAt: null });
    },

    /** The current row. */
    get row() {
      return table.rowAt(table.indexOf(trainer.step));
    },

    /** Whether training has left for good: the twin says why it will not come back. */
    get hasDiverged() {
      const { step, plan, divergedAt } = trainer;
      const last = table.stretchAt(step) ?? { step: 1 };
      const lossAt = (/** @type {number} */ one) => table.lossAt(table.indexOf(one));
      const most = () => mostBelowCritical(plan, lossAt(last.step - 1), lossAt(last.step));
      const isAbove = () => (plan.lr ?? 0) > criticalLr(plan, data.objective);
      return divergedAt !== null || (samePlan(last, plan) && isAbove() && lossAt(step) > most());
    },

    /** Whether the loss is practically the least, and stays so for as many steps again. */
    get converged() {
      return !data.bowl.of && data.objective.isAtFloor(trainer.row.params) && stays();
    },

    /**
     * Train one step more. False where its numbers are not finite. Rows after the current one are
     * walked through again while the plan that made them still holds; from there on they are
     * replaced. Throws where this page cannot make the step.
     */
    advance() {
      if (!nextStands()) {
        const { step, plan } = trainer;
        const stretch = stretchAfter(table.stretchAt(step), step, plan, data.bowl.n);
        const problem = whyNot(stretch, data);
        const before = problem ? null : remade(table, step, data);
        if (!before) throw new Error(problem || LOST);
        const { state, row } = stateAfter(table, before, stretch, data);
        if (!isSound(state)) {
          trainer.divergedAt = step + 1;
          return false;
        }
        table.write(Float64Array.from(row), step, [stretch], row.length);
        remember(table, state);
      }
      trainer.step += 1;
      table.thin(trainer.step);
      return true;
    },

    /**
     * Go to a step already made. One that is not in the table is made again; where it cannot be,
     * the row before it is gone to.
     * @param {number} step
     */
    seek(step) {
      step = Math.min(step, table.last);
      if (step === trainer.step) return;
      trainer.divergedAt = null;
      trainer.step = stepUpTo(step);
      if (trainer.step < step && fillGap(trainer.step)) trainer.step = stepUpTo(step);
      table.thin(trainer.step);
    },

    /**
     * Make rows again that were left out, the first ones first, if all are not more than so many.
     * @param {number} most
     * @param {() => boolean} isLate  whether to leave it at what there is
     * @returns {boolean} whether it need not be called again
     */
    fillGaps(most, isLate) {
      if (table.last >= most) return true;
      for (let step = 0; step < table.last; step++) {
        if (table.has(step + 1)) continue;
        if (isLate()) return false;
        if (!fillGap(step)) return true;
      }
      return true;
    },
  };
  return trainer;
}

/** Whether all is finite, the memory too; the rate need not be there. @param {State} state */
const isSound = ({ params, loss, grad, memory }) =>
  [loss, ...params, ...grad, ...memory].every(Number.isFinite);

/**
 * @param {Params} guess
 * @param {Pick<import("./objective.js").Objective, "gradient">} objective
 * @param {number | null} lr
 */
export function firstRow(guess, objective, lr) {
  const row = rowOf(0, guess, objective, lr ?? NaN);
  if (!isSound(named(row, guess.length))) {
    const rule = "where the loss is finite";
    throw new Error(`guess must be ${rule}; got (${guess.join(", ")})`);
  }
  return Float64Array.from(row);
}
