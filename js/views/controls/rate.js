// The learning rate: by a slider or typed, what it does, and the fastest one there is.

import { html } from "lit-html";
import { fastestLr } from "../../core/quadratic.js";
import { planOf } from "../../core/stretches.js";
import { isPlain, zoneOf, zones } from "../../core/zones.js";
import { plain, rounded } from "../charts/numbers.js";
import { heeds } from "../heeded.js";
import { RULE_TEXT } from "../rule-text.js";
import { rateField } from "./rate-field.js";
import { rateTrack } from "./rate-track.js";

/** @typedef {import("../../types.js").Actions["setLr"]} SetLr */

/**
 * @param {import("../../types.js").View} view
 * @param {SetLr} setLr
 */
export function learningRate(view, setLr) {
  const { run, lr, settings, labels, canTrain } = view;
  if (run.outside && (lr === null || !canTrain)) return "";
  if (lr === null || !(run.outside || heeds(run, "lr"))) {
    return html`<div class="setting lr">${RULE_TEXT[run.optimizer].withoutRate}</div>`;
  }
  const plan = planOf(run, settings, labels.bowl.n);
  const all = zones(plan, labels.bowl);
  const zone = zoneOf(lr, all);
  const best = isPlain(plan) ? fastestLr(labels.bowl) : null;
  return html` <div class="setting lr">
    <span aria-hidden="true">learning rate</span>
    ${rateTrack(view, all, best, setLr)} ${rateField(lr, setLr)}
    <div class="lr-advice">
      <div class="verdict" aria-hidden="true">${zone}</div>
      ${fastest(labels.bowl, best !== null, setLr)}
    </div>
  </div>`;
}

/**
 * Where there is no such rate, its room stays empty, so that nothing moves.
 * @param {import("../../core/quadratic.js").Bowl} bowl
 * @param {boolean} isKnown
 * @param {SetLr} setLr
 */
function fastest(bowl, isKnown, setLr) {
  const rate = roundedDown(fastestLr(bowl));
  return html` <div class="fastest ${isKnown ? "" : "blank"}">
    <div aria-hidden="true">fastest ${plain(rate)}</div>
    <button
      class="wide"
      aria-label="Use the fastest rate, ${plain(rate)}"
      @click=${() => setLr(rate)}
    >
      use it
    </button>
  </div>`;
}

/** The largest rate of two digits that is no larger. @param {number} rate */
function roundedDown(rate) {
  const near = rounded(rate);
  const unit = 10 ** (Math.floor(Math.log10(rate)) - 1);
  return near <= rate ? near : rounded(near - unit);
}
