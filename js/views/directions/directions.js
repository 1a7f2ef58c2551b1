// Along each principal direction: what is left of the error, and what each step leaves of that. One
// rate must serve the steepest of them, and the flattest must wait.

import { html, svg } from "lit-html";
import { planOf } from "../../core/stretches.js";
import { say } from "../../words/say.js";
import { axes, boxOf } from "../charts/axes.js";
import { plain } from "../charts/numbers.js";
import { linear, log } from "../charts/scales.js";
import { kindOf } from "../guesses.js";
import { directionsOf, longestWords, times, wordsOf } from "./along.js";

const LEAST = 1e-6; // of the error: less is not told from none
const MOST = 1e12; // times the first error: what is beyond has diverged long ago
const MARGIN = 12; // pixels on the right
const PER_LETTER = 8.5; // pixels, of the names of rows,
const BESIDE = 6; // and from these to the numbers
const ROW = 16; // pixels, for a row of words,
const PER_LETTER_OF_WORDS = 6.5; // and for each letter of them
const WIDEST = 24; // pixels, of a bar
const LOW = 130; // pixels of height, less than which the bars have all: the words are in the label
const ROOM = 58; // pixels, for the numbers under one

/**
 * Where the numbers under the bars have no room, the factors are bars, too.
 * @param {import("../../types.js").View} view
 * @param {import("../charts/axes.js").Size} size
 */
export function directions(view, { width, height }) {
  if (kindOf(view) !== "mse")
    return html`<p class="caption">${say("Only the mean square has directions that stay.")}</p>`;
  const { run, settings, labels } = view;
  const plan = planOf(run, settings, labels.bowl.n);
  const all = directionsOf(view, plan);
  const words = view.hidden.has("zones") ? "" : wordsOf(all, plan, labels.bowl);
  // As many rows whatever is said, so that nothing moves.
  const isSaid = height >= LOW;
  const rows = isSaid ? Math.ceil((PER_LETTER_OF_WORDS * longestWords().length) / width) : 0;
  const said = ROW * rows;
  const bottom = height - said - 3.5 * ROW;
  const box = { ...boxOf({ width, height }, MARGIN), bottom };
  const [factor, curvature] = [say("factor"), say("curvature")];
  box.left = Math.max(box.left, PER_LETTER * Math.max(factor.length, curvature.length) + BESIDE);
  const most = Math.max(1, ...all.map(({ left }) => Math.min(left, MOST)));
  const y = log([LEAST, 10 ** Math.ceil(Math.log10(most))], [bottom, box.top]);
  const x = { ...linear([-0.5, all.length - 0.5], [box.left, box.right]), ticks: () => [] };
  const wide = x.at(1) - x.at(0);
  const bars = (
    /** @type {string} */ kind,
    /** @type {import("../charts/scales.js").Scale} */ { at, domain: [from, to], range },
    /** @type {(one: import("./along.js").Direction) => number} */ sizeOf,
  ) => {
    const bar = (/** @type {number} */ size, /** @type {number} */ i) =>
      size > from ? `M${x.at(i)},${range[0]}V${at(Math.min(size, to))}` : "";
    const d = all.map(sizeOf).map(bar).join("");
    return svg`<path class=${kind} stroke-width=${Math.min(WIDEST, wide)} d=${d} />`;
  };
  const text = (
    /** @type {number} */ px,
    /** @type {number} */ row,
    /** @type {string} */ kind,
    /** @type {string} */ words,
  ) => svg`<text class=${kind} x=${px} y=${bottom + row * ROW + 3}>${words}</text>`;
  const numbers = (/** @type {number} */ row, /** @type {string[]} */ words) =>
    words.map((one, i) => text(x.at(i), row, "middle", one));
  const name = (
    /** @type {number} */ row,
    /** @type {string} */ term,
    /** @type {string} */ words,
  ) => svg`<g data-term=${term}>${text(box.left - BESIDE, row, "end", words)}</g>`;
  const label = say("The error along {n} principal directions. {words}", { n: all.length, words });
  return html` <svg
      class="directions"
      width=${width}
      height=${height - said}
      role="img"
      aria-label=${label}
      data-term="error"
    >
      ${axes({ box, x, y, xName: "", yName: say("error") })} ${bars("bars", y, ({ left }) => left)}
      <g class="ticks">
        ${name(1, "factor", factor)}
        ${
          wide < ROOM
            ? bars("factors", linear([0, 1], [bottom + 2 * ROW + 3, bottom + 6]), ({ factor }) =>
                Math.abs(factor ?? 0),
              )
            : [
                numbers(
                  1,
                  all.map(({ factor }) => (factor === null ? "–" : times(factor))),
                ),
                name(2, "curvature", curvature),
                numbers(
                  2,
                  all.map(({ curvature }) => plain(curvature)),
                ),
              ]
        }
        ${text(box.left, 3, "name", say("steepest"))}
        ${text(box.right, 3, "name end", say("flattest"))}
      </g>
    </svg>
    ${isSaid ? html`<p class="caption" title=${words}>${words}</p>` : ""}`;
}
