// Along each principal direction: what is left of the error, and what each step leaves of that. One
// rate must serve the steepest of them, and the flattest must wait.

import { html, svg } from "lit-html";
import { planOf } from "../../core/stretches.js";
import { plain } from "../charts/numbers.js";
import { linear, log } from "../charts/scales.js";
import { directionsOf, times, wordsOf } from "./along.js";

const LEAST = 1e-6; // of the error: less is not told from none
const MOST = 1e12; // times the first error: what is beyond has diverged long ago
const [LEFT, RIGHT, TOP] = [67, 12, 8]; // pixels beside the bars
const ROW = 16; // pixels, for a row of words
const PER_TICK = 30; // pixels
const WIDEST = 24; // pixels, of a bar
const ROOM = 58; // pixels, for the numbers under one

/** @typedef {import("../charts/scales.js").Scale} Scale */

/**
 * Where the numbers under the bars have no room, the factors are bars, too.
 * @param {import("../../types.js").View} view
 * @param {import("../charts/axes.js").Size} size
 */
export function directions(view, { width, height }) {
  const { run, settings, labels } = view;
  const plan = planOf(run, settings, labels.bowl.n);
  const all = directionsOf(view, plan);
  const words = wordsOf(all, plan, labels.bowl);
  const bottom = height - 4 * ROW - 3;
  const most = Math.max(1, ...all.map(({ left }) => Math.min(left, MOST)));
  const y = log([LEAST, 10 ** Math.ceil(Math.log10(most))], [bottom, TOP]);
  const x = linear([-0.5, all.length - 0.5], [LEFT, width - RIGHT]);
  const wide = x.at(1) - x.at(0);
  const bars = (
    /** @type {string} */ kind,
    /** @type {number[]} */ values,
    /** @type {Scale} */ y,
  ) => {
    const [from, to] = y.domain;
    const bar = (/** @type {number} */ value, /** @type {number} */ i) =>
      value > from ? `M${x.at(i)},${y.range[0]}V${y.at(Math.min(value, to))}` : "";
    return svg`<path class=${kind} stroke-width=${Math.min(WIDEST, wide)} d=${values.map(bar).join("")} />`;
  };
  const text = (/** @type {string[]} */ texts, /** @type {number} */ row) =>
    texts.map(
      (one, i) => svg`<text class="middle" x=${x.at(i)} y=${bottom + row * ROW + 3}>${one}</text>`,
    );
  const name = (/** @type {string} */ term, /** @type {number} */ row) =>
    svg`<text class="end" x=${LEFT - 6} y=${bottom + row * ROW + 3} data-term=${term}>${term}</text>`;
  const factors = all.map(({ factor }) => factor ?? NaN);
  const ticks = y.ticks((bottom - TOP) / PER_TICK);
  return html` <svg
      class="directions"
      width=${width}
      height=${height - ROW}
      role="img"
      aria-label="The error along ${all.length} principal directions. ${words}"
    >
      <g class="grid">
        ${ticks.map((tick) => svg`<line x1=${LEFT} x2=${width - RIGHT} y1=${y.at(tick)} y2=${y.at(tick)} />`)}
      </g>
      ${bars(
        "bars",
        all.map(({ left }) => left),
        y,
      )}
      ${wide < ROOM ? bars("factors", factors.map(Math.abs), linear([0, 1], [bottom + 2 * ROW + 3, bottom + 6])) : ""}
      <g class="ticks">
        ${ticks.map((tick) => svg`<text class="end" x=${LEFT - 6} y=${y.at(tick) + 4}>${plain(tick)}</text>`)}
        <text
          class="name middle"
          data-term="error left"
          transform="translate(12 ${(TOP + bottom) / 2}) rotate(-90)"
        >
          error left
        </text>
        ${name("factor", 1)}
        ${
          wide < ROOM
            ? ""
            : [
                text(
                  factors.map((factor) => (factor === factor ? times(factor) : "–")),
                  1,
                ),
                name("curvature", 2),
                text(
                  all.map(({ curvature }) => plain(curvature)),
                  2,
                ),
              ]
        }
        <text class="name" x=${LEFT} y=${bottom + 3 * ROW}>steepest</text>
        <text class="name end" x=${width - RIGHT} y=${bottom + 3 * ROW}>flattest</text>
      </g>
    </svg>
    <p class="caption" title=${words}>${words}</p>`;
}
