// The loss of points that are held back: a second curve, of the chosen run. No row of the table has it:
// it is what the parameters of a row are worth on those points, and worked out once for each.

import { svg } from "lit-html";
import { newHeldBack } from "../../core/held-back.js";
import { sampleOf } from "../../core/model.js";
import { say } from "../../words/say.js";
import { decimalsFor, fixed } from "../charts/numbers.js";
import { curveAndPlace } from "./curve.js";
import { placeOfName } from "./held-name.js";

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../types.js").Run} Run
 * @typedef {import("../../core/table.js").Table} Table
 *
 * What is known of a run on those points: the loss of the rows from the first one on, as they were.
 * @typedef {object} Known
 * @property {(params: number[]) => number} lossOf
 * @property {unknown[]} of  the points, their model and the loss that it is about
 * @property {number[]} losses
 * @property {number[]} rows  the loss of training there, by which a row is known again
 * @property {Table} history  the table, with these losses in the place of training's
 */

/** @type {WeakMap<Table, Known>} */
const kept = new WeakMap();

/**
 * A run with the loss of the points held back in the place of training's; null: there are none.
 * @param {Pick<View, "points" | "labels" | "runs">} view
 * @param {number} i  which run
 * @returns {Pick<Run, "history" | "row"> | null}
 */
export function heldRun({ points, labels, runs }, i) {
  const { history, row } = runs[i];
  const about = labels.objectives?.[i] ?? { kind: "mse" };
  if (!points.held) return null;
  const of = [points.held, labels.model, about.kind, about.delta];
  let known = kept.get(history);
  if (!known || known.of.some((part, k) => part !== of[k])) {
    const lossOf = newHeldBack(sampleOf(labels.model, points.held), about, labels.model.intercept);
    const losses = /** @type {number[]} */ ([]);
    known = { lossOf, of, losses, rows: [], history: withLosses(history, losses) };
    kept.set(history, known);
  }
  followTable(history, known);
  return { history: known.history, row: { ...row, loss: known.lossOf(row.params) } };
}

/**
 * Work out what is new. Where the last row known is another now, so may all of them be.
 * @param {Table} history
 * @param {Known} known
 */
function followTable(history, { losses, rows, lossOf }) {
  losses.length = rows.length = Math.min(rows.length, history.length);
  const last = rows.length - 1;
  if (last >= 0 && history.lossAt(last) !== rows[last]) losses.length = rows.length = 0;
  for (let k = rows.length; k < history.length; k++) {
    losses.push(lossOf(history.paramsAt(k)));
    rows.push(history.lossAt(k));
  }
}

/**
 * @param {Table} history
 * @param {number[]} losses
 * @returns {Table}
 */
const withLosses = (history, losses) =>
  Object.assign(Object.create(history), {
    lossAt: (/** @type {number} */ k) => losses[k],
    extremes(/** @type {number} */ i, /** @type {number} */ j) {
      let [low, high] = [i, i];
      for (let k = i; k <= j; k++) {
        if (losses[k] < losses[low]) low = k;
        if (losses[k] > losses[high]) high = k;
      }
      return [low, high];
    },
  });

/**
 * The curve, dashed, and its name where there is room for it.
 * @param {View} view
 * @param {Pick<Run, "history" | "row">} run
 * @param {import("../charts/axes.js").Frame} frame
 */
export function heldCurve(view, run, frame) {
  const name = say("held back");
  const place = placeOfName(name, view, run, frame);
  return svg`<g class="held-curve" data-term="held back">
    ${curveAndPlace(run, view.seen, frame, 4)}
    ${place ? svg`<g class="ticks over"><text x=${place[0]} y=${place[1]}>${name}</text></g>` : ""}
  </g>`;
}

/**
 * Its number, as the read-out has it: its name, itself, and its term.
 * @param {View} view
 * @param {number} digits
 */
export function heldInWords(view, digits) {
  const run = heldRun(view, view.chosen);
  return run ? [[say("held back"), heldFixed(run.row.loss, digits), "held back"]] : [];
}

/**
 * With four digits: the best that there is of the loss that is trained says nothing of how small this one
 * becomes, so it has no more decimals than that one, and often fewer.
 * @param {number} loss
 * @param {number} most  decimals
 */
export const heldFixed = (loss, most) => fixed(loss, Math.min(most, decimalsFor(loss) + 1));

/**
 * The histories of all runs as a table of text, with a last column for it.
 * @param {string} csv
 * @param {View} view
 */
export function withHeldColumn(csv, view) {
  if (!view.points.held) return csv;
  const all = view.runs.flatMap((_, i) => {
    const history = heldRun(view, i)?.history;
    return Array.from({ length: history?.length ?? 0 }, (_, k) => history?.lossAt(k));
  });
  const [header, ...lines] = csv.trimEnd().split("\n");
  return `${[`${header},validation_loss`, ...lines.map((line, k) => `${line},${all[k]}`)].join("\n")}\n`;
}
