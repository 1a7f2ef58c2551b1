// Where a session is, in one object: views draw from it, and a page goes on from it.

import { nextStep, whyNot } from "../core/next-step.js";
import { sampleOf } from "../core/model.js";
import { objectiveOf } from "../core/objective.js";
import { shared } from "../core/settings.js";
import { planOf, stretchAfter } from "../core/stretches.js";
import { tablesOf } from "../core/table.js";
import { remade } from "../core/remake.js";

/**
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").Run} Run
 * @typedef {import("../core/stretches.js").Common} Common
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
  bets: snapshot.bets ?? [],
  asked: snapshot.asked ?? 0,
  get bet() {
    const bet = this.bets[this.asked];
    return bet && !bet.truth ? bet : null;
  },
  get hidden() {
    return new Set([...(this.labels.hide ?? []), ...(this.bet?.hides ?? [])]);
  },
  get isHeld() {
    return this.bet?.stops ?? false;
  },
  seen: snapshot.step,
  ...data,
  labels: snapshot,
  settings: shared(snapshot),
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
    const data = dataOf(this);
    const can = (/** @type {Run} */ run) => !whyNot(planOf(run, this.settings, data.bowl.n), data);
    return !source.isHere || this.runs.every(can);
  },
  get isOver() {
    return source.isHere && this.runs.some(({ outside }) => outside);
  },
});

/**
 * What the next step of the chosen run will do: the arrow, the code and the lit points show it
 * before it is made. Null where this page cannot know: code that is not ours, or points that are
 * not here.
 * @param {View} view
 * @returns {import("../types.js").Next}
 */
export function nextOf(view) {
  if (view.hidden.has("next")) return null;
  const { history, row, ...run } = view.run;
  const data = dataOf(view);
  const { n } = data.bowl;
  const last = history.stretchAt(row.step);
  const stretch = stretchAfter(last, row.step, planOf(run, view.settings, n), n);
  const known = whyNot(stretch, data) ? null : remade(history, row.step, data);
  return known && nextStep(known, { stretch, last }, data);
}

/** @param {View} view */
const dataOf = (view) => ({
  bowl: view.labels.bowl,
  sample: sampleOf(view.labels.model, view.points),
  objective: objectiveOf(view),
});

/**
 * What a page would go on from.
 * @param {View} view
 * @returns {import("../sources/standing.js").Known}
 */
export function knownOf(view) {
  const snapshot = {
    ...view.labels,
    ...view.settings,
    ...(view.bets.length ? { bets: view.bets, asked: view.asked } : {}),
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
