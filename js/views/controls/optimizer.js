// Which update rule makes the steps, what it does in a sentence, and the settings it heeds.

import { html } from "lit-html";
import { RULES } from "../../core/rules.js";
import { rounded } from "../charts/numbers.js";
import { batchSizeOf, heeds } from "../heeded.js";
import { RULE_TEXT } from "../rule-text.js";
import { shown } from "./editable.js";

const MOST = 3; // powers of ten: a share of what is kept goes up to 1 - 10⁻³
const STEPS = 20; // of the slider, to each power

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../types.js").Run} Run
 */

/**
 * @param {View} view
 * @param {import("../../types.js").Actions} actions
 */
export function optimizer(view, actions) {
  const { run, settings } = view;
  const { momentum, alpha, betas } = settings;
  const [beta1, beta2] = betas;
  const set = actions.setRule;
  return html` <div class="rule">
    ${select(run, actions.setOptimizer)}
    ${heeds(run, "batch_size") ? batchSize(view, (batch_size) => set({ batch_size })) : ""}
    ${heeds(run, "momentum") ? share("momentum", momentum, (momentum) => set({ momentum })) : ""}
    ${heeds(run, "alpha") ? share("alpha", alpha, (alpha) => set({ alpha })) : ""}
    ${
      heeds(run, "betas")
        ? [
            share("beta 1", beta1, (beta) => set({ betas: [beta, beta2] })),
            share("beta 2", beta2, (beta) => set({ betas: [beta1, beta] })),
          ]
        : ""
    }
    <div class="explained">
      ${run.outside ? "Code in Python makes each step." : RULE_TEXT[run.optimizer].sentence}
    </div>
  </div>`;
}

/**
 * @param {Run} run
 * @param {(name: string) => void} set
 */
function select({ outside, optimizer: now }, set) {
  const option = (/** @type {string} */ name) =>
    html`<option value=${name} ?selected=${name === now}>${RULES[name]?.label ?? name}</option>`;
  return html` <label class="setting">
    <span>optimizer</span>
    <select
      aria-label="Optimizer"
      ?disabled=${outside}
      .value=${shown(now)}
      @change=${(/** @type {any} */ event) => set(event.target.value)}
    >
      ${
        outside
          ? option(now)
          : ["first order", "line search"].map(
              (group, i) =>
                html`<optgroup label=${group}>
                  ${Object.keys(RULES)
                    .filter((name) => (RULES[name].settings.length === 0) === !!i)
                    .map(option)}
                </optgroup>`,
            )
      }
    </select>
  </label>`;
}

/**
 * @param {View} view
 * @param {(size: number | null) => void} set
 */
function batchSize(view, set) {
  const { n } = view.labels.bowl;
  const now = batchSizeOf(view);
  const sizes = new Set(now === null ? [] : [now]);
  for (let size = 1; size < n; size *= 2) sizes.add(size);
  const option = (/** @type {number | null} */ size) =>
    html`<option value=${size ?? ""} ?selected=${size === now}>${size ?? "all"}</option>`;
  return html` <label class="setting">
    <span>batch size</span>
    <select
      aria-label="Batch size"
      .value=${shown(String(now ?? ""))}
      @change=${(/** @type {any} */ event) => set(Number(event.target.value) || null)}
    >
      ${option(null)} ${[...sizes].sort((a, b) => a - b).map(option)}
    </select>
  </label>`;
}

/**
 * A share that is kept of what was, from 0 to nearly 1: the slider's place counts the nines.
 * @param {string} name
 * @param {number} value
 * @param {(value: number) => void} set
 */
function share(name, value, set) {
  return html` <div class="setting share">
    <span aria-hidden="true">${name}</span>
    <input
      type="range"
      aria-label=${name[0].toUpperCase() + name.slice(1)}
      aria-valuetext=${value}
      min="0"
      max=${MOST}
      step=${1 / STEPS}
      .value=${shown(String(Math.round(-STEPS * Math.log10(1 - value)) / STEPS))}
      @input=${(/** @type {any} */ event) => set(shareAt(event.target.valueAsNumber))}
    />
    <span class="value" aria-hidden="true">${value}</span>
  </div>`;
}

/** So that 1 minus it has two digits. @param {number} place */
const shareAt = (place) => Number((1 - rounded(10 ** -place)).toFixed(MOST + 1));
