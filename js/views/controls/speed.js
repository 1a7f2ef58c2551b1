// How fast it plays.

import { html } from "lit-html";
import { isFree } from "../../core/controls.js";
import { say } from "../../words/say.js";
import { plain, rounded } from "../charts/numbers.js";
import { shown } from "./editable.js";

const SPEEDS = [0, 3.8]; // powers of ten: 1 to about 6,000 steps a second

/**
 * @param {import("../../types.js").View} view
 * @param {(rate: number) => void} setSpeed
 */
export function speed({ stepsPerSecond, labels }, setSpeed) {
  return html` <div class="setting speed">
    <span aria-hidden="true" data-term="speed">${say("speed")}</span>
    <input
      type="range"
      aria-label=${say("Speed")}
      data-term="speed"
      aria-valuetext=${say("{speed} steps per second", { speed: plain(stepsPerSecond) })}
      min=${SPEEDS[0]}
      max=${SPEEDS[1]}
      step="0.05"
      ?disabled=${!isFree(labels, "speed")}
      .value=${shown(String(Math.log10(stepsPerSecond)))}
      @input=${(/** @type {any} */ event) => setSpeed(rounded(10 ** event.target.valueAsNumber))}
    />
    <span class="value">${say("{speed} /s", { speed: plain(stepsPerSecond) })}</span>
  </div>`;
}
