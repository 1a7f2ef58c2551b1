// Where training is, in four numbers, and who computes them.

import { html } from "lit-html";
import { decimals, fixed } from "./numbers.js";

/** @param {import("../session.js").View} view */
export function readout({ labels, row }) {
  const d = decimals(labels.bowl);
  const numbers = [
    ["step", fixed(row.step, 0), 5],
    ["slope", fixed(row.slope, d.slope), 3 + d.slope],
    ["intercept", fixed(row.intercept, d.intercept), 3 + d.intercept],
    ["loss", fixed(row.loss, d.loss), 3 + d.loss],
  ];
  return html`
    <header>
      <h2>${labels.title}</h2>
      <dl class="readout">
        ${numbers.map(
          ([name, value, width]) => html`
            <div><dt>${name}</dt><dd class=${name} style="min-width:${width}ch">${value}</dd></div>`,
        )}
      </dl>
      <span class="engine">${labels.engine}</span>
    </header>`;
}
