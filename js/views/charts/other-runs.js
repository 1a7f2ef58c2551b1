// Which run is which, in every panel.

import { svg } from "lit-html";

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../types.js").Run} Run
 */

/**
 * The class that gives what is drawn in it a run's colour and dashes; one run alone needs none.
 * @param {View} view
 * @param {number} [i]
 */
export const runClass = ({ runs, chosen }, i = chosen) => (runs.length > 1 ? `run-${i}` : "");

/**
 * The runs beside the chosen one, each drawn in its own colour.
 * @param {View} view
 * @param {(run: Run) => unknown} draw
 */
export const otherRuns = (view, draw) =>
  view.runs.map((run, i) =>
    i === view.chosen ? "" : svg`<g class="other ${runClass(view, i)}">${draw(run)}</g>`,
  );
