// What a question keeps back until it is answered: the rows after the step where it is asked, which
// Python, or this page before, may have made already.

/**
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").Run} Run
 * @typedef {import("../core/table.js").Table} Table
 */

import { newTable } from "../core/table.js";

/**
 * The view as it was at the step where its question is asked.
 * @param {View} view
 * @returns {View}
 */
export function withoutFuture(view) {
  const at = Math.min(view.step, view.bet?.at ?? view.step);
  const runs = view.runs.map((run) =>
    run.history.last > at ? { ...run, history: upTo(run.history, at) } : run,
  );
  return Object.create(view, { runs: { value: runs }, seen: { value: at } });
}

/** @param {Table} table @param {number} step */
function upTo({ d, n, rows, stretches, width }, step) {
  const cut = newTable(d);
  cut.n = n;
  cut.write(rows(-1, step), -1, stretches(-1, step), width);
  return cut;
}
