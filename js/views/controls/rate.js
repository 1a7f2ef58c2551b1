// The learning rate: by a slider or typed, what it does, and the one to try.

import { html } from "lit-html";
import { isFree } from "../../core/controls.js";
import { forecast } from "../../core/forecast.js";
import { objectiveOf } from "../../core/objective.js";
import { isExact } from "../../core/quadratic.js";
import { suggestedLr } from "../../core/rates.js";
import { planOf } from "../../core/stretches.js";
import { zones } from "../../core/zones.js";
import { say, spoken } from "../../words/say.js";
import { memo } from "../charts/memo.js";
import { plain, whole } from "../charts/numbers.js";
import { kindOf } from "../guesses.js";
import { heeds } from "../heeded.js";
import { RULE_TEXT } from "../rule-text.js";
import { otherRates, otherWithoutRate } from "./other-rates.js";
import { rateField } from "./rate-field.js";
import { rateTrack } from "./rate-track.js";

/** @typedef {import("../../types.js").Actions["setLr"]} SetLr */

/** All rates, of which nothing is said. @type {import("../../core/zones.js").Zone[]} */
const UNKNOWN = [{ name: "", from: 0, to: Infinity }];
const many = memo(
  (/** @type {string} */ lang) =>
    new Intl.NumberFormat(lang, { notation: "compact", maximumSignificantDigits: 2 }),
);

/**
 * @param {import("../../types.js").View} view
 * @param {SetLr} setLr
 */
export function learningRate(view, setLr) {
  const { run, lr, settings, labels, canTrain, hidden } = view;
  const can = isFree(labels, "lr");
  if (lr === null || !(run.outside ? canTrain : heeds(run, "lr")))
    return html`<div class="setting lr">${withoutRate(run, kindOf(view))}</div>`;
  const plan = run.acts_as ? { ...run.acts_as, lr } : planOf(run, settings, labels.bowl.n);
  const start = view.history.rowAt(0).params;
  const other = kindOf(view) === "mse" ? null : otherRates(plan, objectiveOf(view));
  const all = hidden.has("zones") ? UNKNOWN : (other?.all ?? zones(plan, labels.bowl, start));
  // Where no rate is known to diverge, none is known to be good.
  const suggested = !other && can && all.length > 1 ? suggestedLr(plan, labels.bowl) : null;
  const ahead = () =>
    other?.said ?? arrival(forecast(plan, labels.bowl, start), isExact(labels.bowl));
  return html` <div class="setting lr">
    <span aria-hidden="true" data-term="learning rate">${say("learning rate")}</span>
    ${rateTrack(view, all, suggested, can, setLr)} ${rateField(lr, can, setLr)}
    ${suggestion(suggested, setLr)}
    <span class="forecast" data-term="forecast">${hidden.has("forecast") ? "" : ahead()}</span>
  </div>`;
}

/**
 * What sets the length of a step where no rate does.
 * @param {import("../../types.js").Run} run
 * @param {string} kind  of the loss
 */
function withoutRate({ outside, optimizer }, kind) {
  if (outside) return say("Code in Python sets each step's length.");
  return kind === "mse" ? say(RULE_TEXT[optimizer].withoutRate ?? "") : otherWithoutRate(optimizer);
}

/**
 * When training is there, at this rate and from step 0 on. Where a line fits all points there is no
 * share of the least loss, which is 0: see nearFloor.
 * @param {number | null} steps
 * @param {boolean} fitsAll
 */
function arrival(steps, fitsAll) {
  if (steps === null) return "";
  if (steps === Infinity) return fitsAll ? say("never to a millionth") : say("never within 1%");
  if (steps === 1)
    return fitsAll
      ? say("from the guess: 1 step to a millionth")
      : say("from the guess: 1 step to within 1%");
  const count = steps < 10_000 ? whole(steps) : many(spoken().lang).format(steps);
  return fitsAll
    ? say("from the guess: {count} steps to a millionth", { count })
    : say("from the guess: {count} steps to within 1%", { count });
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
    class="wide suggestion"
    title=${say("A good rate for these data")}
    @click=${() => setLr(rate)}
  >
    ${say("Try {rate}", { rate: plain(rate) })}
  </button>`;
}
