// One of several, by a name before it.

import { html, nothing } from "lit-html";
import { shown } from "./editable.js";

/**
 * @param {object} choice
 * @param {unknown} choice.name  before it
 * @param {string} choice.label  as it is said
 * @param {string} [choice.term]  the word that is explained where it is asked for
 * @param {string} [choice.more]  what the choice means
 * @param {string} choice.now
 * @param {boolean} [choice.disabled]
 * @param {(value: any) => void} choice.set
 * @param {unknown} options
 */
export const select = ({ name, label, term, more, now, disabled = false, set }, options) =>
  html`<label class="setting" data-term=${term ?? nothing} data-more=${more ?? nothing}>
    ${name}
    <select
      aria-label=${label}
      ?disabled=${disabled}
      .value=${shown(now)}
      @change=${(/** @type {any} */ event) => set(event.target.value)}
    >
      ${options}
    </select>
  </label>`;
