// The slider of the learning rate, on a track that shows what each rate does with these data.

import { html, svg } from "lit-html";
import { objectiveOf } from "../../core/objective.js";
import { zoneOf } from "../../core/zones.js";
import { say, template } from "../../words/say.js";
import { clamp } from "../charts/clamp.js";
import { arrows } from "../charts/drag.js";
import { plain, rounded } from "../charts/numbers.js";
import { shown } from "./editable.js";
import { ENDS_OF_UNKNOWN } from "./other-rates.js";

const NARROWEST = 246; // pixels that it is wide,
const PER_LETTER = 7; // and that its words take
const BELOW = 3; // powers of ten the track reaches below the critical rate
const ABOVE = 1; // and above it
const NUDGE = 1.072; // for an arrow key: seen after rounding to two digits; ten of them, Shift, double the rate

/** What a rate does, as it is written. @type {Record<ZoneName, string>} */
const WRITTEN = {
  creeps: template("creeps"),
  converges: template("converges"),
  oscillates: template("oscillates"),
  diverges: template("diverges"),
  "goes down": template("goes down"),
  "": "",
};
/** What is said otherwise. @type {Partial<Record<ZoneName, string>>} */
const SPOKEN = { oscillates: template("oscillates but converges") };

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../core/zones.js").Zone} Zone
 * @typedef {import("../../core/zones.js").ZoneName} ZoneName
 * @typedef {import("../../types.js").Actions["setLr"]} SetLr
 * @typedef {[number, number]} Ends  of the track, as powers of ten
 */

/**
 * @param {View} view
 * @param {Zone[]} all
 * @param {number | null} suggested  the rate to try
 * @param {boolean} can  whether it can be changed
 * @param {SetLr} setLr
 */
export function rateTrack(view, all, suggested, can, setLr) {
  const ends = endsOf(view);
  const lr = /** @type {number} */ (view.lr);
  const zone = zoneOf(lr, all);
  const letters = all.reduce((sum, { name }) => sum + say(WRITTEN[name]).length, 0);
  const width = letters * PER_LETTER;
  return html` <div class="lr-track" .style="min-width: ${Math.max(NARROWEST, width)}px">
    ${zoneLines(all, suggested, ends)}
    <input
      type="range"
      aria-label=${say("Learning rate")}
      data-term="learning rate"
      aria-valuetext=${[plain(lr), say(SPOKEN[zone] ?? WRITTEN[zone])].filter(Boolean).join(", ")}
      min=${ends[0]}
      max=${ends[1]}
      step="0.001"
      ?disabled=${!can}
      .value=${shown(Math.log10(lr).toFixed(3))}
      @input=${(/** @type {any} */ event) => setLr(rounded(10 ** event.target.valueAsNumber))}
      @keydown=${nudging(lr, ends, setLr)}
    />
    ${zoneWords(all, ends, zone)}
  </div>`;
}

/**
 * Round ends, so that the track keeps still while points are dragged; whole powers of ten where they
 * are not to tell the critical rate.
 * @param {View} view
 * @returns {Ends}
 */
function endsOf(view) {
  const { criticalLr } = objectiveOf(view);
  if (!(criticalLr < Infinity)) return ENDS_OF_UNKNOWN;
  const critical = Math.log10(criticalLr);
  if (view.hidden.has("zones"))
    return [Math.floor(critical) - BELOW, Math.floor(critical) + 2 * ABOVE];
  const nearestHalf = (/** @type {number} */ power) => Math.round(2 * power) / 2;
  return [nearestHalf(critical - BELOW), nearestHalf(critical + ABOVE)];
}

/**
 * Where a rate stands on the track, as a share of its length.
 * @param {number} lr
 * @param {number} low  the track's ends, as powers of ten
 * @param {number} high
 */
export function position(lr, low, high) {
  return clamp((Math.log10(lr) - low) / (high - low), 0, 1);
}

/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(2)}%`;

/**
 * The zones as lines of different make, marks between them, and one at the rate to try.
 * @param {Zone[]} all
 * @param {number | null} suggested
 * @param {Ends} ends
 */
function zoneLines(all, suggested, ends) {
  const at = (/** @type {number} */ lr) => percent(position(lr, ...ends));
  return html` <svg class="zones" aria-hidden="true">
    ${all.map(
      ({ name, from, to }) =>
        svg`<line class=${name} x1=${at(from)} x2=${at(to)} y1="16" y2="16" />`,
    )}
    ${all.slice(1).map(({ from }) => svg`<line x1=${at(from)} x2=${at(from)} y1="12" y2="24" />`)}
    ${
      suggested === null
        ? ""
        : svg`<line class="suggested" x1=${at(suggested)} x2=${at(suggested)} y1="3" y2="20" />`
    }
  </svg>`;
}

/**
 * Each zone's word in a box as wide as the zone, or as the word where that is wider.
 * @param {Zone[]} all
 * @param {Ends} ends
 * @param {ZoneName} now  the zone that the rate is in
 */
function zoneWords(all, ends, now) {
  const widths = all.map(({ from, to }) => {
    const share = position(to, ...ends) - position(from, ...ends);
    return `minmax(max-content, ${(100 * share).toFixed(2)}fr)`;
  });
  return html`<div
    class="zone-words"
    aria-hidden="true"
    .style="grid-template-columns: ${widths.join(" ")}"
  >
    ${all.map(({ name }) => html`<span class=${name === now ? "verdict" : ""} data-term=${name}>${say(WRITTEN[name])}</span>`)}
  </div>`;
}

/**
 * Arrow keys move by a factor: a step of the slider itself would be too small to see.
 * @param {number} lr
 * @param {Ends} ends
 * @param {SetLr} setLr
 */
const nudging = (lr, [low, high], setLr) =>
  arrows((right, up) => {
    const by = right || up; // of the two one is 0
    const isAtEnd = by > 0 ? lr >= 10 ** high : lr <= 10 ** low;
    if (!isAtEnd) setLr(rounded(lr * NUDGE ** by));
  });
