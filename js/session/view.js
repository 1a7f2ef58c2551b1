// What views draw from: where a session is, in one object.

import { tablesOf } from "../core/table.js";
import { planOf } from "../core/stretches.js";
import { whyNot } from "../core/trainer.js";

/**
 * What views draw from.
 * @typedef {object} View
 * @property {Run[]} runs  at least one
 * @property {number} chosen  which of them the controls, the code and the read-out speak of
 * @property {Run} run  that one, and what it has:
 * @property {import("../core/table.js").History} history
 * @property {import("../core/table.js").Row} row  the row shown
 * @property {number | null} lr
 * @property {string} optimizer
 * @property {number} step  the clock's step that is shown
 * @property {number} resets  how often a person has begun again
 * @property {number} seen  the last step that has been shown; rows after it are not drawn
 * @property {Points} points  of very many, some
 * @property {import("../core/picture.js").Picture | null} picture  of all of them, where they are very many
 * @property {import("../sources/source.js").Labels} labels
 * @property {import("../core/stretches.js").Common} settings  those that all runs share
 * @property {Params} guess
 * @property {number} stepsPerSecond
 * @property {boolean} playing
 * @property {number} stopAt  the step at which playing pauses
 * @property {string} status  as the kernel says it: ready, paused, converged, diverged, ...
 * @property {string} advice
 * @property {string} printed  what the user's code has printed last
 * @property {Problem | null} problem  the last error, until something succeeds
 * @property {import("../sources/source.js").Link} link  where the kernel is
 * @property {boolean} isHere  whether this page computes, and no kernel
 * @property {boolean} canTrain  whether who computes can make further steps
 *
 * @typedef {import("./runs.js").Run} Run
 * @typedef {import("../core/points.js").Points} Points
 * @typedef {import("../core/quadratic.js").Params} Params
 * @typedef {import("../sources/source.js").Problem} Problem
 */

/**
 * @param {import("./runs.js").Runs} runs
 * @param {Pick<import("../sources/switching.js").EitherSource, "link" | "isHere">} source
 * @param {import("../sources/source.js").Snapshot} snapshot
 * @param {Pick<View, "points" | "picture">} data
 * @returns {View}
 */
export const viewOf = (runs, source, snapshot, data) => ({
  get runs() {
    return runs.all;
  },
  chosen: 0,
  get run() {
    return this.runs[this.chosen];
  },
  get history() {
    return this.run.history;
  },
  get row() {
    return this.run.row;
  },
  get lr() {
    return this.run.lr;
  },
  get optimizer() {
    return this.run.optimizer;
  },
  step: 0,
  resets: 0,
  seen: snapshot.step,
  ...data,
  labels: snapshot,
  settings: settingsOf(snapshot),
  guess: snapshot.guess,
  stepsPerSecond: snapshot.steps_per_second,
  stopAt: Infinity,
  playing: false,
  status: "",
  advice: "",
  printed: "",
  problem: null,
  get link() {
    return source.link;
  },
  get isHere() {
    return source.isHere;
  },
  get canTrain() {
    const data = { bowl: this.labels.bowl, points: this.points };
    const can = (/** @type {Run} */ run) => !whyNot(planOf(run, this.settings, data.bowl.n), data);
    return !source.isHere || this.runs.every(can);
  },
});

/**
 * What a page would go on from.
 * @param {View} view
 * @returns {import("../sources/browser.js").Known}
 */
export function knownOf(view) {
  const snapshot = {
    ...view.labels,
    ...view.settings,
    runs: view.runs.map(({ history, row: { step }, divergedAt, ...told }) => ({
      ...told,
      diverged_at: divergedAt,
      row: history.rows(step - 1, step),
      stretch: history.stretchAt(step),
    })),
    stop_at: Number.isFinite(view.stopAt) ? view.stopAt : null,
    steps_per_second: view.stepsPerSecond,
    ...{ playing: view.playing, guess: view.guess, printed: view.printed },
  };
  const rows = tablesOf(view.runs.map(({ history }) => history));
  const { points, picture } = view;
  return { snapshot: /** @type {any} */ (snapshot), points, rows, picture };
}

/** Code made a run that is no longer there: what is known of it is all. @param {View} view */
export const isOver = ({ isHere, runs }) => isHere && runs.some(({ outside }) => outside);

/** @param {import("../core/stretches.js").Common} given @returns {import("../core/stretches.js").Common} */
export const settingsOf = ({ batch_size, momentum, alpha, betas }) => ({
  ...{ batch_size, momentum, alpha, betas },
});
