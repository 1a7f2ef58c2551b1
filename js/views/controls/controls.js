// The transport and the settings: real buttons and inputs.

import { html, svg } from "lit-html";
import { button } from "./button.js";
import { shown } from "./editable.js";
import { onLeave } from "./menu.js";
import { plain, rounded } from "../charts/numbers.js";
import { optimizer } from "./optimizer.js";
import { learningRate } from "./rate.js";

const ICONS = {
  reset: svg`<path d="M4 3h2v10H4zM13 3v10L6.5 8z" />`,
  back: svg`<path d="M10.5 3v10L4 8zM11.5 3h2v10h-2z" />`,
  play: svg`<path d="M4 2.5v11l9-5.5z" />`,
  pause: svg`<path d="M4 3h3v10H4zM9 3h3v10H9z" />`,
  step: svg`<path d="M5.5 3v10L12 8zM2.5 3h2v10h-2z" />`,
};

const SPEEDS = [0, 3.8]; // powers of ten: 1 to about 6,000 steps a second
/**
 * @typedef {import("../../types.js").View} View
 */

/**
 * @param {View} view
 * @param {import("../../types.js").Actions} actions
 * @param {import("../../types.js").Look} look
 */
export function controls(view, actions, { residuals, change, menu }) {
  const { playing, step, labels, canTrain } = view;
  return html` <div class="controls">
    <div class="transport">
      ${button("Reset", ICONS.reset, actions.reset)}
      ${button("Step back", ICONS.back, actions.back, step === 0)}
      ${
        playing
          ? button("Pause", ICONS.pause, actions.pause, false, "primary")
          : button("Play", ICONS.play, actions.play, !canTrain, "primary")
      }
      ${button("Step", ICONS.step, actions.step, !canTrain)}
    </div>
    ${speed(view, actions.setSpeed)}
    <div class="choices">
      <label class="setting">
        residuals
        <select
          aria-label="Residuals"
          .value=${shown(residuals)}
          @change=${(/** @type {any} */ event) => change({ residuals: event.target.value })}
        >
          ${["lines", "squares", "none"].map(
            (kind) => html`<option ?selected=${kind === residuals}>${kind}</option>`,
          )}
        </select>
      </label>
      ${labels.makes ? html`<button class="wide" @click=${actions.newData}>New data</button>` : ""}
      ${menu()} ${help()}
    </div>
    ${optimizer(view, actions)} ${learningRate(view, actions.setLr)}
  </div>`;
}

const KEYS = [
  ["Space", "play, pause"],
  ["← →", "step back, step"],
  ["Home", "first step"],
  ["R", "reset"],
  ["Ctrl, wheel", "zoom the points"],
  ["Ctrl Z", "take back an edit of points"],
  ["Tab, then arrows", "move the line, its ends or a point; with Shift further"],
  ["+ and Delete", "add or remove a point"],
];

/** What can be done without a mouse. */
function help() {
  return html` <details class="menu help" @focusout=${onLeave}>
    <summary class="wide" aria-label="Keys" title="Keys">?</summary>
    <div class="sheet" tabindex="-1">
      ${KEYS.map(([key, does]) => html`<div><kbd>${key}</kbd> <span>${does}</span></div>`)}
    </div>
  </details>`;
}

/**
 * @param {View} view
 * @param {(rate: number) => void} setSpeed
 */
function speed({ stepsPerSecond }, setSpeed) {
  return html` <div class="setting speed">
    <span aria-hidden="true">speed</span>
    <input
      type="range"
      aria-label="Speed"
      aria-valuetext="${plain(stepsPerSecond)} steps per second"
      min=${SPEEDS[0]}
      max=${SPEEDS[1]}
      step="0.05"
      .value=${shown(String(Math.log10(stepsPerSecond)))}
      @input=${(/** @type {any} */ event) => setSpeed(rounded(10 ** event.target.valueAsNumber))}
    />
    <span class="value">${plain(stepsPerSecond)} /s</span>
  </div>`;
}
