// Edits of the points, made in this page, and what takes them back.

import { sampleOf } from "../core/model.js";
import { standardized } from "../core/scaling.js";
import { bowlIn } from "../core/objective.js";
import { splicedHeld } from "../core/held-back.js";
import { spliced } from "../core/points.js";

/**
 * @typedef {import("../core/quadratic.js").Params} Params
 * @typedef {{ at: number, remove: number, insert: Params[], held: boolean }} Edit
 * @typedef {ReturnType<typeof newEdits>} Edits
 */

/**
 * @param {import("./stage.js").Stage} stage
 * @param {import("../sources/switching.js").EitherSource} source
 * @param {() => void} rest  play no more
 */
export function newEdits(stage, source, rest) {
  /** What takes back each edit. @type {Edit[]} */
  let undoing = [];
  let unanswered = 0; // edits that the source has yet to answer

  /** @param {Edit} edit */
  const make = async ({ at, remove, insert, held }) => {
    const view = stage.shown;
    const { step, runs, row } = view;
    rest();
    view.points = (held ? splicedHeld : spliced)(view.points, at, remove, insert);
    const { model: before } = view.labels;
    const model = before.means ? standardized(before, view.points.features) : before;
    const sample = sampleOf(model, view.points);
    const bowl = bowlIn({ ...view.labels, model }, sample);
    view.labels = { ...view.labels, model, bowl };
    // A race shows several lines, and begins again at the guess.
    stage.restart(runs.length > 1 ? view.guess : row.params);
    unanswered += 1;
    // What was refused is not there to be taken back.
    if (!(await source.command("edit", { step, at, remove, insert, held }))) forget();
    unanswered -= 1;
  };

  /** The points are others, or will be: there is nothing to take back. */
  const forget = () => {
    undoing = [];
  };

  return {
    forget,

    /**
     * Replace some points by others; training begins again from the line that is shown.
     * @type {import("../types.js").EditPoints}
     */
    editPoints: (at, remove, insert, goesOn = false, held = false) => {
      const { points } = stage.act();
      const { x, y } = held && points.held ? points.held : points;
      const removed = Array.from(
        { length: remove },
        (_, i) => /** @type {Params} */ ([x[at + i], y[at + i]]),
      );
      if (!goesOn) undoing.push({ at, remove: insert.length, insert: removed, held });
      make({ at, remove, insert, held });
    },

    /** Take back the last edit that there is. */
    undo: () => {
      stage.act();
      const edit = undoing.pop();
      if (edit) make(edit);
    },

    /** The source has other points: unless an edit made here is why, none was of these. */
    replaced: () => {
      if (!unanswered) forget();
    },
  };
}
