// What a session shows: a view of its runs at a step, and the last error for as long as it matters.

import { ENGLISH } from "../words/say.js";
import { Runs } from "./runs.js";

/**
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").Problem} Problem
 * @typedef {ReturnType<typeof newStage>} Stage
 */

/** @param {() => void} changed  there is something new to be drawn */
export function newStage(changed) {
  /** The error that was shown when training was last asked for. @type {Problem | null} */
  let before = null;

  const stage = {
    changed,

    runs: new Runs(),

    /** What there is to draw; null until the first row is known. */
    view: /** @type {View | null} */ (null),

    /** What is spoken. */
    language: ENGLISH,

    /** Whether there never will be anything: no kernel, and nothing that one has left here. */
    isEmpty: false,

    /** Why, where something went wrong. */
    reason: "",

    get shown() {
      if (!stage.view) throw new Error("nothing is shown yet");
      return stage.view;
    },

    /** The view, about to change because someone wants it to: an earlier error is history. */
    act() {
      stage.shown.problem = null;
      changed();
      return stage.shown;
    },

    /**
     * The view, about to train. An earlier error stays until there is something else to see: where
     * training fails again, nothing has moved.
     */
    attempt() {
      before = stage.shown.problem;
      return stage.shown;
    },

    /** There is something else to see. */
    attemptOver() {
      const { view } = stage;
      if (view && view.problem === before) view.problem = null;
    },

    /** @param {Partial<Problem> & { message: string }} problem */
    failed(problem) {
      if (stage.view) stage.view.problem = { hint: "", traceback: "", line: null, ...problem };
      else stage.reason = problem.message;
      changed();
    },

    /** @param {number} step */
    show(step) {
      const { runs, shown } = stage;
      if (shown.isHeld) step = Math.min(step, shown.bet?.at ?? step);
      runs.show(step);
      shown.step = Math.max(...shown.runs.map(({ row }) => row.step));
      shown.status = ""; // of this step the kernel has yet to say it
      shown.seen = Math.min(Math.max(shown.seen, shown.step), runs.last);
      changed();
    },

    /**
     * Begin again at a line. What it is worth is known here at once.
     * @param {import("../core/quadratic.js").Params} params
     */
    restart(params) {
      const { runs, shown } = stage;
      if (shown.isOver || !runs.areKnown) return; // then only the kernel can say it
      runs.restart(params, shown.labels, shown.points);
      shown.step = shown.seen = 0;
      changed();
    },

    /**
     * Rows have come, to be shown when it is their turn.
     * @param {import("../sources/source.js").Answer} answer
     */
    write(answer) {
      const { runs, shown } = stage;
      runs.write(answer);
      shown.printed = answer.printed ?? shown.printed;
      // Why training ended is said when its end is shown.
      if (!answer.ended) shown.advice = answer.advice ?? shown.advice;
    },
  };
  return stage;
}
