// What a session shows: a view of its runs at a step, and the last error for as long as it matters.

import { Runs } from "./runs.js";
import { Watchers } from "./watchers.js";

/**
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").Problem} Problem
 */

export class Stage {
  runs = new Runs();

  /** What there is to draw; null until the first row is known. @type {View | null} */
  view = null;

  /** Whether there never will be anything: no kernel, and nothing that one has left here. */
  isEmpty = false;

  /** Why, where something went wrong. */
  reason = "";

  /** The error that was shown when training was last asked for. @type {Problem | null} */
  #before = null;

  /** @param {import("../core/clock.js").Clock} clock */
  constructor(clock) {
    this.watchers = new Watchers(clock);
  }

  get shownView() {
    if (!this.view) throw new Error("nothing is shown yet");
    return this.view;
  }

  /** The view, about to change because someone wants it to: an earlier error is history. */
  act() {
    const view = this.shownView;
    view.problem = null;
    this.watchers.changed();
    return view;
  }

  /**
   * The view, about to train. An earlier error stays until there is something else to see: where
   * training fails again, nothing has moved.
   */
  attempt() {
    const view = this.shownView;
    this.#before = view.problem;
    return view;
  }

  /** There is something else to see. */
  attemptOver() {
    const { view } = this;
    if (view && view.problem === this.#before) view.problem = null;
  }

  /** @param {Partial<Problem> & { message: string }} problem */
  failed(problem) {
    if (this.view) this.view.problem = { hint: "", traceback: "", line: null, ...problem };
    else this.reason = problem.message;
    this.watchers.changed();
  }

  /** @param {number} step */
  show(step) {
    const view = this.shownView;
    this.runs.show(step);
    view.step = Math.max(...view.runs.map(({ row }) => row.step));
    view.status = ""; // of this step the kernel has yet to say it
    view.seen = Math.min(Math.max(view.seen, view.step), this.runs.last);
    this.watchers.changed();
  }

  /**
   * Begin again at a line. What it is worth is known here at once.
   * @param {import("../core/quadratic.js").Params} params
   */
  restart(params) {
    const view = this.shownView;
    if (view.isOver) return;
    this.runs.restart(params, view.labels.bowl);
    view.step = view.seen = 0;
    this.watchers.changed();
  }

  /** Rows have come, to be shown when their turn comes. @param {import("../sources/source.js").Answer} answer */
  write(answer) {
    this.runs.write(answer);
    const view = this.shownView;
    view.printed = answer.printed ?? view.printed;
    // Why training ended is said when its end is shown.
    if (!answer.ended) view.advice = answer.advice ?? view.advice;
  }
}
