// The names on the surface.

import { svg } from "lit-html";
import { leastSquares } from "../../core/quadratic.js";
import { clamp } from "../charts/clamp.js";
import { plain } from "../charts/numbers.js";

const BESIDE = 9; // pixels from a mark to its name
const PER_LETTER = 6.5; // pixels

/**
 * @typedef {import("../../core/quadratic.js").Params} Params
 * @typedef {import("../charts/axes.js").Frame} Frame
 */

/**
 * What stands where: the best fit, the params the data were made with, the guess.
 * @param {import("../../types.js").View} view
 * @param {Frame} frame
 */
export function landmarks({ labels, history, row }, { x, y, box }) {
  const best = leastSquares(labels.bowl);
  const { params: guess } = history.rowAt(0);
  const label = (
    /** @type {Params} */ [slope, intercept],
    /** @type {string} */ text,
    /** @type {string} */ kind,
    /** @type {number} */ below,
    /** @type {{ term: string, more?: string }} */ { term, more = "" },
  ) => {
    // The path comes from the side of the guess.
    const width = BESIDE + PER_LETTER * text.length;
    const far = x.at(slope) + width < box.right && slope >= guess[0];
    const left = !far && x.at(slope) - width > box.left;
    const py = clamp(y.at(intercept) + below, box.top + 12, box.bottom - 4);
    return svg`<text class="${kind} ${left ? "end" : ""}" x=${x.at(slope) + (left ? -BESIDE : BESIDE)}
      y=${py} data-term=${term} data-more=${more}>${text}</text>`;
  };
  const truth = labels.makes?.true_params;
  const [bx, by] = [x.at(best[0]), y.at(best[1])];
  const marks = [best, truth ?? best];
  // The guess has a name only where there is room for it.
  const guessIsFree =
    row.step > 0 &&
    marks.every(
      ([slope, intercept]) =>
        Math.abs(x.at(slope) - x.at(guess[0])) > 90 ||
        Math.abs(y.at(intercept) - y.at(guess[1])) > 34,
    );
  return svg`
    <g class="ticks over">
      <path class="best-mark" d="M${bx - 6},${by}h12M${bx},${by - 6}v12" />
      ${label(best, "best fit", "best", -9, { term: "best fit", more: labels.note })}
      ${
        truth
          ? svg`<circle class="true-mark" r="3.5" cx=${x.at(truth[0])} cy=${y.at(truth[1])} />
            ${label(truth, `true (${plain(truth[0])}, ${plain(truth[1])})`, "", 18, { term: "true", more: labels.note })}`
          : ""
      }
      ${guessIsFree ? label(guess, "guess", "", 18, { term: "guess" }) : ""}
    </g>`;
}
