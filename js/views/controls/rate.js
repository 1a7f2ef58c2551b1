// The learning rate: by a slider or typed, what it does, and the one to try.

import { html } from "lit-html";
import { forecast } from "../../core/forecast.js";
import { suggestedLr } from "../../core/rates.js";
import { planOf } from "../../core/stretches.js";
import { zones } from "../../core/zones.js";
import { plain } from "../charts/numbers.js";
import { heeds } from "../heeded.js";
import { RULE_TEXT } from "../rule-text.js";
import { rateField } from "./rate-field.js";
import { rateTrack } from "./rate-track.js";

/** @typedef {import("../../types.js").Actions["setLr"]} SetLr */

const MANY = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 2 });

/**
 * @param {import("../../types.js").View} view
 * @param {SetLr} setLr
 */
export function learningRate(view, setLr) {
  const { run, lr, settings, labels, canTrain } = view;
  if (run.outside && (lr === null || !canTrain)) return html`<div class="setting lr"></div>`;
  if (lr === null || !(run.outside || heeds(run, "lr"))) {
    return html`<div class="setting lr">${RULE_TEXT[run.optimizer].withoutRate}</div>`;
  }
  const plan = planOf(run, settings, labels.bowl.n);
  const start = view.history.rowAt(0).params;
  const all = zones(plan, labels.bowl, start);
  // Where no rate is known to diverge, none is known to be good.
  const suggested = all.length > 1 ? suggestedLr(plan, labels.bowl) : null;
  return html` <div class="setting lr">
    <span aria-hidden="true" data-term="learning rate">learning rate</span>
    ${rateTrack(view, all, suggested, setLr)} ${rateField(lr, setLr)}
    ${suggestion(suggested, setLr)}
    <span class="forecast">${arrival(forecast(plan, labels.bowl, start))}</span>
  </div>`;
}

/** When training is there, at this rate and from step 0 on. @param {number | null} steps */
function arrival(steps) {
  if (steps === null) return "";
  if (steps === Infinity) return "never within 1%";
  const count = steps < 10_000 ? steps.toLocaleString("en") : MANY.format(steps);
  return `${count} ${steps === 1 ? "step" : "steps"} to within 1%`;
}

/**
 * The one rate that the advice names, too. Where there is none its room stays empty, so that nothing
 * moves.
 * @param {number | null} rate
 * @param {SetLr} setLr
 */
function suggestion(rate, setLr) {
  if (rate === null) return html`<span class="suggestion"></span>`;
  return html`<button
    class="suggestion"
    title="A good rate for these data"
    @click=${() => setLr(rate)}
  >
    Try ${plain(rate)}
  </button>`;
}
