// A share of what was that a rule keeps.

import { html } from "lit-html";
import { numeral } from "../../words/say.js";
import { rounded } from "../charts/numbers.js";
import { shown } from "./editable.js";

const MOST = 3; // powers of ten: a share of what is kept goes up to 1 - 10⁻³
const STEPS = 20; // of the slider, to each power

/**
 * From 0 to nearly 1: the slider's place counts the nines.
 * @param {string} name
 * @param {number} value
 * @param {(value: number) => void} set
 * @param {boolean} disabled
 */
export function share(name, value, set, disabled) {
  return html` <div class="setting share">
    <span aria-hidden="true">${name}</span>
    <input
      type="range"
      aria-label=${name[0].toUpperCase() + name.slice(1)}
      aria-valuetext=${numeral(String(value))}
      min="0"
      max=${MOST}
      step=${1 / STEPS}
      ?disabled=${disabled}
      .value=${shown(String(Math.round(-STEPS * Math.log10(1 - value)) / STEPS))}
      @input=${(/** @type {any} */ event) => set(shareAt(event.target.valueAsNumber))}
    />
    <span class="value" aria-hidden="true">${numeral(String(value))}</span>
  </div>`;
}

/** So that 1 minus it has two digits. @param {number} place */
const shareAt = (place) => Number((1 - rounded(10 ** -place)).toFixed(MOST + 1));
