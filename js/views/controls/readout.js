// Where training is, in a few numbers, and who computes them.

import { html, noChange } from "lit-html";
import { say, translated } from "../../words/say.js";
import { decimals, fixed, whole } from "../charts/numbers.js";
import { batchSizeOf } from "../heeded.js";
import { heldInWords } from "../loss/held-curve.js";
import { inWords } from "../params.js";

/**
 * @param {import("../../types.js").View} view
 * @param {boolean} [inFull]  else the step alone
 */
export function readout(view, inFull = true) {
  const { labels, row, isHere } = view;
  const d = decimals(labels.bowl);
  const others = () => [
    ...(batchSizeOf(view) === null ? [] : [[say("epoch"), fixed(row.epoch, 2), "epoch"]]),
    ...inWords(view),
    [say("loss"), fixed(row.loss, d.loss), "loss"],
    ...(heldInWords?.(view, d.loss) ?? []),
  ];
  // No headings or lists here: hosts style those, and differently.
  return html` <div class="header">
    <span class="title" role="heading" aria-level="2">${translated(labels.title)}</span>
    <span class="readout">
      ${pair([say("step"), whole(row.step), "step"])} ${inFull ? others().map(pair) : noChange}
    </span>
    <span class="engine ${isHere ? "here" : ""}">${isHere ? say("this page") : labels.engine}</span>
  </div>`;
}

/** @param {string[]} of  its name, its value, and the term that explains it */
const pair = ([name, value, term]) =>
  html` <span class="pair">
    <span class="name" data-term=${term} tabindex="0">${name}</span>
    <span class="value ${term}" .style="--digits:${value.length}">${value}</span>
  </span>`;
