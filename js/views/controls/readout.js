// Where training is, in a few numbers, and who computes them.

import { html } from "lit-html";
import { decimals, fixed, whole } from "../charts/numbers.js";
import { batchSizeOf } from "../heeded.js";

/** @param {import("../../types.js").View} view */
export function readout(view) {
  const { labels, row, isHere } = view;
  const d = decimals(labels.bowl);
  const [slope, intercept] = row.params;
  const numbers = [
    ["step", whole(row.step)],
    ...(batchSizeOf(view) === null ? [] : [["epoch", fixed(row.epoch, 2)]]),
    ["slope", fixed(slope, d.slope)],
    ["intercept", fixed(intercept, d.intercept)],
    ["loss", fixed(row.loss, d.loss)],
  ];
  // No headings or lists here: hosts style those, and differently.
  return html` <div class="header">
    <span class="title" role="heading" aria-level="2">${labels.title}</span>
    <span class="readout">
      ${numbers.map(
        ([name, value]) =>
          html` <span class="pair">
            <span class="name" data-term=${name} tabindex="0">${name}</span>
            <span class="value ${name}">${value}</span>
          </span>`,
      )}
    </span>
    <span class="engine ${isHere ? "here" : ""}">${isHere ? "this page" : labels.engine}</span>
  </div>`;
}
