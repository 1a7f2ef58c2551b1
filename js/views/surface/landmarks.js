// The names on the surface.

import { svg } from "lit-html";
import { leastSquares } from "../../core/quadratic.js";
import { clamp } from "../charts/clamp.js";
import { plain } from "../charts/numbers.js";
import { trueParams } from "./surface-scene.js";

const BESIDE = 9; // pixels from a mark to its name
const PER_LETTER = 6.5; // pixels

/**
 * What stands where: the best fit, the params the data were made with, the guess.
 * @param {import("../../types.js").View} view
 * @param {import("./surface-scene.js").SurfaceScene} scene
 */
export function landmarks({ labels, history, row }, { frame: { box }, at }) {
  const truth = trueParams(labels);
  const best = at({ params: leastSquares(labels.bowl) });
  const made = truth && at({ params: truth });
  const guess = at(history.rowAt(0));
  const label = (
    /** @type {import("./ground.js").Pair} */ [px, py],
    /** @type {string} */ text,
    /** @type {string} */ kind,
    /** @type {number} */ below,
    /** @type {{ term: string, more?: string }} */ { term, more = "" },
  ) => {
    // The path comes from the side of the guess.
    const width = BESIDE + PER_LETTER * text.length;
    const far = px + width < box.right && px >= guess[0];
    const left = !far && px - width > box.left;
    return svg`<text class="${kind} ${left ? "end" : ""}" x=${px + (left ? -BESIDE : BESIDE)}
      y=${clamp(py + below, box.top + 12, box.bottom - 4)} data-term=${term} data-more=${more}>${text}</text>`;
  };
  // The guess has a name only where there is room for it.
  const guessIsFree =
    row.step > 0 &&
    [best, made ?? best].every(
      ([px, py]) => Math.abs(px - guess[0]) > 90 || Math.abs(py - guess[1]) > 34,
    );
  return svg`
    <g class="ticks over">
      <path class="best-mark" d="M${best[0] - 6},${best[1]}h12M${best[0]},${best[1] - 6}v12" />
      ${label(best, "best fit", "best", -9, { term: "best fit", more: labels.note })}
      ${
        truth && made
          ? svg`<circle class="true-mark" r="3.5" cx=${made[0]} cy=${made[1]} />
            ${label(made, `true (${plain(truth[0])}, ${plain(truth[1])})`, "", 18, { term: "true", more: labels.note })}`
          : ""
      }
      ${guessIsFree ? label(guess, "guess", "", 18, { term: "guess" }) : ""}
    </g>`;
}
