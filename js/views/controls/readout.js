// Where training is, in a few numbers, and who computes them.

import { html } from "lit-html";
import { say, translated } from "../../words/say.js";
import { decimals, fixed, whole } from "../charts/numbers.js";
import { batchSizeOf } from "../heeded.js";
import { heldInWords } from "../loss/held-curve.js";
import { inWords } from "../params.js";

/** @param {import("../../types.js").View} view */
export function readout(view) {
  const { labels, row, isHere } = view;
  const d = decimals(labels.bowl);
  const numbers = [
    [say("step"), whole(row.step), "step"],
    ...(batchSizeOf(view) === null ? [] : [[say("epoch"), fixed(row.epoch, 2), "epoch"]]),
    ...inWords(view),
    [say("loss"), fixed(row.loss, d.loss), "loss"],
    ...(heldInWords?.(view, d.loss) ?? []),
  ];
  // No headings or lists here: hosts style those, and differently.
  return html` <div class="header">
    <span class="title" role="heading" aria-level="2">${translated(labels.title)}</span>
    <span class="readout">
      ${numbers.map(
        ([name, value, term]) =>
          html` <span class="pair">
            <span class="name" data-term=${term} tabindex="0">${name}</span>
            <span class="value ${term}" .style="--digits:${value.length}">${value}</span>
          </span>`,
      )}
    </span>
    <span class="engine ${isHere ? "here" : ""}">${isHere ? say("this page") : labels.engine}</span>
  </div>`;
}
