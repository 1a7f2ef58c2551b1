// A race as a table: how far each run has got, and which of them is chosen.

import { html } from "lit-html";
import { objectiveOf } from "../../core/objective.js";
import { shownRun } from "../../words/run-name.js";
import { say } from "../../words/say.js";
import { decimals, fixed } from "../charts/numbers.js";
import { heldFixed, heldRun } from "../loss/held-curve.js";
import { floorOf } from "../told.js";
import { runClass } from "../charts/other-runs.js";

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../types.js").Run} Run
 */

/** That all are where they can get. @param {Run[]} runs */
export const allArrived = (runs) =>
  runs.some(({ divergedAt }) => divergedAt !== null)
    ? say(
        "All runs that did not diverge have converged: their losses are practically the least there is.",
      )
    : say("All runs have converged: their losses are practically the least there is.");

/**
 * Where a run is, in words.
 * @param {string} name
 * @param {{ step: number, params: string, loss: string }} now
 */
export const whereRunIs = (name, now) =>
  say("{name}, step {step}: {params}, loss {loss}.", { name: shownRun(name), ...now });

let tables = 0;

/** The drawing function of one view's table: radio buttons of one name exclude each other. */
export function runsTable() {
  tables += 1;
  const group = `gd-runs-${tables}`;

  /**
   * @param {View} view
   * @param {(i: number) => void} choose
   */
  return (view, choose) => {
    const { runs, chosen, seen, labels } = view;
    const isToldOf = floorOf(view) !== null;
    // Near the least is a share of it; where it is 0, of the first loss.
    const goal = objectiveOf(view).nearFloor(0)
      ? say("steps to 1% above the best fit")
      : say("steps to a millionth of the first loss");
    const d = decimals(labels.bowl);
    const reached = (/** @type {Run} */ { history, divergedAt }, /** @type {number} */ i) => {
      if (divergedAt !== null) return say("diverged at {step}", { step: divergedAt });
      const limit = objectiveOf(view, i).nearFloor(history.lossAt(0));
      const step = limit === null ? null : history.firstBelow(limit);
      return step === null || step > seen ? "—" : step;
    };
    const heldLoss = (/** @type {number} */ i) => heldRun(view, i)?.row.loss ?? NaN;
    return html` <table class="runs" aria-label=${say("Runs")}>
      <thead>
        <tr>
          <th scope="col">${say("run")}</th>
          <th scope="col">${say("loss")}</th>
          ${view.points.held ? html`<th scope="col">${say("held back")}</th>` : ""}
          ${isToldOf ? html`<th scope="col">${goal}</th>` : ""}
        </tr>
      </thead>
      <tbody>
        ${runs.map(
          (run, i) =>
            html`<tr class=${i === chosen ? "picked" : ""}>
              <th scope="row">
                <label>
                  <input
                    type="radio"
                    name=${group}
                    .checked=${i === chosen}
                    @change=${() => choose(i)}
                  />
                  <svg class=${runClass(view, i)} width="24" height="12" aria-hidden="true">
                    <line class="line" x1="0" x2="24" y1="6" y2="6" />
                  </svg>
                  <span>${shownRun(run.name)}</span>
                </label>
              </th>
              <td>${fixed(run.row.loss, d.loss)}</td>
              ${view.points.held ? html`<td>${heldFixed(heldLoss(i), d.loss)}</td>` : ""}
              ${isToldOf ? html`<td>${reached(run, i)}</td>` : ""}
            </tr>`,
        )}
      </tbody>
    </table>`;
  };
}
