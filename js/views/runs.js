// A race: which run is which in every panel, and how far each has got.

import { html, svg } from "lit-html";
import { decimals, fixed } from "./numbers.js";

const NEAR = 1.01; // times the least loss there is: as good as there
const TINY = 1e-6; // of the first loss: where points lie on a line, the least loss is zero
const EXACT = 1e-9; // of the first loss, that are practically zero

/**
 * @typedef {import("../session.js").View} View
 * @typedef {import("../session.js").Run} Run
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
export const others = (view, draw) =>
  view.runs.map((run, i) =>
    i === view.chosen ? "" : svg`<g class="other ${runClass(view, i)}">${draw(run)}</g>`,
  );

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
    const { runs, chosen, seen, history, labels } = view;
    const { floor } = labels.bowl;
    const first = history.lossAt(0);
    const isExact = floor < EXACT * first;
    const limit = isExact ? TINY * first : NEAR * floor;
    const d = decimals(labels.bowl);
    const reached = (/** @type {Run} */ { history, divergedAt }) => {
      if (divergedAt !== null) return `diverged at ${divergedAt}`;
      const step = history.firstBelow(limit);
      return step === null || step > seen ? "—" : step;
    };
    return html` <table class="runs" aria-label="Runs">
      <thead>
        <tr>
          <th scope="col">run</th>
          <th scope="col">loss</th>
          <th scope="col">
            steps to ${isExact ? "a millionth of the first loss" : "1% above the best fit"}
          </th>
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
                  <span>${run.name}</span>
                </label>
              </th>
              <td>${fixed(run.row.loss, d.loss)}</td>
              <td>${reached(run)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  };
}
