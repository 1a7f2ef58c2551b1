// Edits of the points, made in this page, and what takes them back.

import { sampleOf, standardized } from "../core/model.js";
import { bowlIn } from "../core/objective.js";
import { spliced } from "../core/points.js";

/**
 * @typedef {import("../core/quadratic.js").Params} Params
 * @typedef {{ at: number, remove: number, insert: Params[] }} Edit
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
  const make = async ({ at, remove, insert }) => {
    const view = stage.shown;
    const { step, runs, row } = view;
    rest();
    view.points = spliced(view.points, at, remove, insert);
    const model = standardized(view.labels.model, view.points.features);
    const sample = sampleOf(model, view.points);
    const bowl = bowlIn({ ...view.labels, model }, sample);
    view.labels = { ...view.labels, model, bowl };
    // A race shows several lines, and begins again at the guess.
    stage.restart(runs.length > 1 ? view.guess : row.params);
    unanswered += 1;
    // What was refused is not there to be taken back.
    if (!(await source.command("edit", { step, at, remove, insert }))) forget();
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
    editPoints: (at, remove, insert, goesOn = false) => {
      const { x, y } = stage.act().points;
      const removed = Array.from(
        { length: remove },
        (_, i) => /** @type {Params} */ ([x[at + i], y[at + i]]),
      );
      if (!goesOn) undoing.push({ at, remove: insert.length, insert: removed });
      make({ at, remove, insert });
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
