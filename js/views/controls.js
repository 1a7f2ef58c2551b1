// The transport and the settings: real buttons and inputs.

import { html, svg } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { criticalLr } from "../quadratic.js";
import { editing, shown } from "./editable.js";
import { plain } from "./numbers.js";

const ICONS = {
  reset: svg`<path d="M4 3h2v10H4zM13 3v10L6.5 8z" />`,
  back: svg`<path d="M10.5 3v10L4 8zM11.5 3h2v10h-2z" />`,
  play: svg`<path d="M4 2.5v11l9-5.5z" />`,
  pause: svg`<path d="M4 3h3v10H4zM9 3h3v10H9z" />`,
  step: svg`<path d="M5.5 3v10L12 8zM2.5 3h2v10h-2z" />`,
};

const SPEEDS = [0, 3.8]; // powers of ten: 1 to about 6,000 steps a second
const LR_BELOW = 4; // powers of ten the rate's slider reaches below the critical rate
const LR_ABOVE = 1; // and above it

/**
 * @typedef {import("../session.js").View} View
 * @typedef {object} Actions
 * @property {() => void} play
 * @property {() => void} pause
 * @property {() => void} step
 * @property {() => void} back
 * @property {() => void} reset
 * @property {() => void} newData
 * @property {(lr: number | string) => void} setLr
 * @property {(rate: number | string) => void} setSpeed
 */

/**
 * @param {View} view
 * @param {Actions} actions
 * @param {{ residuals: boolean, showResiduals: (shown: boolean) => void }} options
 */
export function controls(view, actions, { residuals, showResiduals }) {
  const dead = view.link === "gone";
  const { playing, row } = view;
  return html` <div class="controls">
    <div class="transport">
      ${button("Reset", ICONS.reset, actions.reset, dead)}
      ${button("Step back", ICONS.back, actions.back, row.step === 0)}
      ${
        playing
          ? button("Pause", ICONS.pause, actions.pause, dead, "primary")
          : button("Play", ICONS.play, actions.play, dead, "primary")
      }
      ${button("Step", ICONS.step, actions.step, dead)}
    </div>
    ${learningRate(view, actions.setLr, dead)} ${speed(view, actions.setSpeed, dead)}
    <div class="choices">
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(residuals)}
          @change=${(/** @type {any} */ event) => showResiduals(event.target.checked)}
        />
        residuals
      </label>
      ${
        view.labels.makes_data
          ? html`<button class="wide" ?disabled=${dead} @click=${actions.newData}>New data</button>`
          : ""
      }
    </div>
  </div>`;
}

/**
 * @param {string} name
 * @param {unknown} icon
 * @param {() => void} action
 * @param {boolean} disabled
 * @param {string} [kind]
 */
function button(name, icon, action, disabled, kind = "") {
  return html` <button
    class=${kind}
    aria-label=${name}
    title=${name}
    ?disabled=${disabled}
    @click=${action}
  >
    <svg width="16" height="16" aria-hidden="true">${icon}</svg>
  </button>`;
}

/**
 * @param {View} view
 * @param {Actions["setLr"]} setLr
 * @param {boolean} disabled
 */
function learningRate({ lr, labels }, setLr, disabled) {
  const critical = Math.log10(criticalLr(labels.bowl));
  const [low, high] = [Math.floor(critical - LR_BELOW), Math.ceil(critical + LR_ABOVE)];
  const field = editing((text) => setLr(typed(text)));
  return html` <div class="setting lr">
    <span aria-hidden="true">learning rate</span>
    <input
      type="range"
      aria-label="Learning rate"
      aria-valuetext=${plain(lr)}
      min=${low}
      max=${high}
      step="0.02"
      ?disabled=${disabled}
      .value=${live(String(Math.log10(lr)))}
      @input=${(/** @type {any} */ event) => setLr(rounded(10 ** event.target.valueAsNumber))}
    />
    <input
      type="text"
      inputmode="decimal"
      aria-label="Learning rate, typed"
      size="7"
      ?disabled=${disabled}
      .value=${shown(plain(lr))}
      @input=${field.input}
      @change=${field.change}
      @keydown=${field.keydown}
    />
  </div>`;
}

/**
 * @param {View} view
 * @param {Actions["setSpeed"]} setSpeed
 * @param {boolean} disabled
 */
function speed({ stepsPerSecond }, setSpeed, disabled) {
  return html` <div class="setting speed">
    <span aria-hidden="true">speed</span>
    <input
      type="range"
      aria-label="Speed"
      aria-valuetext="${plain(stepsPerSecond)} steps per second"
      min=${SPEEDS[0]}
      max=${SPEEDS[1]}
      step="0.05"
      ?disabled=${disabled}
      .value=${live(String(Math.log10(stepsPerSecond)))}
      @change=${(/** @type {any} */ event) => setSpeed(rounded(10 ** event.target.valueAsNumber))}
    />
    <output>${plain(stepsPerSecond)} /s</output>
  </div>`;
}

/** Two digits: what a slider can point at. @param {number} value */
const rounded = (value) => Number(value.toPrecision(2));

/**
 * What was typed as a number, or as it is: the kernel says what is wrong with it.
 * @param {string} text
 */
function typed(text) {
  const number = Number(text.trim().replace("−", "-").replace(",", "."));
  return text.trim() !== "" && Number.isFinite(number) ? number : text;
}
