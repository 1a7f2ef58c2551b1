// How fast it plays.

import { html } from "lit-html";
import { isFree } from "../../core/controls.js";
import { plain, rounded } from "../charts/numbers.js";
import { shown } from "./editable.js";

const SPEEDS = [0, 3.8]; // powers of ten: 1 to about 6,000 steps a second

/**
 * @param {import("../../types.js").View} view
 * @param {(rate: number) => void} setSpeed
 */
export function speed({ stepsPerSecond, labels }, setSpeed) {
  return html` <div class="setting speed">
    <span aria-hidden="true" data-term="speed">speed</span>
    <input
      type="range"
      aria-label="Speed"
      data-term="speed"
      aria-valuetext="${plain(stepsPerSecond)} steps per second"
      min=${SPEEDS[0]}
      max=${SPEEDS[1]}
      step="0.05"
      ?disabled=${!isFree(labels, "speed")}
      .value=${shown(String(Math.log10(stepsPerSecond)))}
      @input=${(/** @type {any} */ event) => setSpeed(rounded(10 ** event.target.valueAsNumber))}
    />
    <span class="value">${plain(stepsPerSecond)} /s</span>
  </div>`;
}
