// The runs of a session as one table: several histories under one clock. A run that has diverged
// has fewer rows than the others, and is shown at its last.

import { newTable } from "../core/table.js";
import { planOf, samePlan } from "../core/stretches.js";
import { rowOf } from "../core/next-step.js";
import { objectiveOf } from "../core/objective.js";
import { dimension } from "../core/quadratic.js";

/**
 * @typedef {import("../types.js").Run} Run
 * @typedef {import("../sources/source.js").Tables} Tables
 * @typedef {import("../core/quadratic.js").Params} Params
 * @typedef {import("../core/objective.js").Labels} Labels
 * @typedef {import("../core/objective.js").Objective} Objective
 * @typedef {import("../core/points.js").Points} Points
 */

export class Runs {
  /** @type {Run[]} */
  all = [];

  /** The loss of each. @type {Objective[]} */
  #objectives = [];

  /** The last step known of the longest run. */
  get last() {
    return Math.max(...this.all.map(({ history }) => history.last));
  }

  /** @param {number} step @returns {boolean} whether this very step is known of each that got there */
  has(step) {
    return this.all.every(({ history }) => history.last < step || history.has(step));
  }

  /**
   * All anew; adopt() says where each run is.
   * @param {import("../sources/source.js").Snapshot} snapshot
   * @param {Tables} tables
   * @param {Points} points
   */
  open(snapshot, tables, points) {
    const { runs, bowl } = snapshot;
    const { all } = this;
    const newRun = () => /** @type {any} */ ({ history: newTable(dimension(bowl)) });
    this.all = runs.map((_, i) => all[i] ?? newRun());
    this.#areOn(snapshot, points);
    this.write({ after: -1, ...tables });
  }

  /**
   * Rows, in place of what was known after the step they follow.
   * @param {Tables & { after: number }} answer
   */
  write({ after, rows, stretches, widths }) {
    if (!rows.some(({ length }) => length)) return;
    this.truncate(after);
    this.all.forEach(({ history, row }, i) => {
      history.write(rows[i], after, stretches[i], widths[i]);
      history.thin(row?.step ?? after);
    });
  }

  /** Whether this page can compute the loss of all. */
  get areKnown() {
    return this.#objectives.every(({ isKnown }) => isKnown);
  }

  /** @param {number} step */
  truncate(step) {
    for (const { history } of this.all) history.truncate(step);
  }

  /**
   * Begin again at a line: there is no other row.
   * @param {Params} params
   * @param {Labels} labels
   * @param {Points} points
   */
  restart(params, labels, points) {
    this.#areOn(labels, points);
    this.all.forEach(({ history, lr }, i) => {
      history.write(Float64Array.from(rowOf(0, params, this.#objectives[i], lr ?? NaN)), -1);
    });
    this.show(0);
  }

  /** @param {Labels} labels @param {Points} points */
  #areOn(labels, points) {
    this.#objectives = this.all.map((_, i) => objectiveOf({ labels, points }, i));
    for (const { history } of this.all) history.n = labels.bowl.n;
  }

  /**
   * Take over where the source is.
   * @param {import("../sources/source.js").RunState[]} states
   * @returns {boolean} whether rows before that are missing
   */
  adopt(states) {
    let isMissing = false;
    states.forEach(({ row, stretch, n_rows, diverged_at, reached, ...told }, i) => {
      const { history } = Object.assign(this.all[i], told);
      isMissing ||= states.length > 1 && Number(row[0]) > history.last + 1;
      history.truncate(n_rows - 1);
      history.put(row, stretch);
      const near = this.#objectives[i].nearFloor(history.lossAt(0));
      if (reached && near !== null) history.foundBelow(near, reached);
    });
    return isMissing;
  }

  /**
   * Say of each run that it diverges after the row shown, where the source has found that.
   * @param {import("../sources/source.js").RunState[]} states
   */
  markDiverged(states) {
    states.forEach(({ diverged_at }, i) => {
      const run = this.all[i];
      if (diverged_at === run.row.step + 1) run.divergedAt = diverged_at;
    });
  }

  /**
   * Have each run at a step of the clock, or at its last.
   * @param {number} step
   */
  show(step) {
    for (const run of this.all) {
      const { history } = run;
      run.row = history.rowAt(Math.max(0, history.indexOf(step)));
      run.divergedAt = step > history.last ? history.last + 1 : null;
    }
  }

  /**
   * How far the rows after a step can be walked through again: training would make the same.
   * @param {number} step
   * @param {import("../core/stretches.js").Common} settings
   */
  replayableTo(step, settings) {
    const { last } = this;
    const ends = this.all.map(({ history, ...run }) => {
      const plan = planOf(run, settings, history.n);
      const end = history.replayableTo(step, plan);
      // Where it diverged, it would again.
      const made = end < last && end === history.last && history.stretchAt(end);
      return made && samePlan(made, plan) ? last : end;
    });
    return Math.max(step, Math.min(...ends));
  }
}
