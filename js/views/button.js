// A button with a picture instead of words; its name is said, and shown when it is pointed at.

import { html } from "lit-html";

/**
 * @param {string} name
 * @param {unknown} icon
 * @param {() => void} action
 * @param {boolean} [disabled]
 * @param {string} [kind]
 */
export function button(name, icon, action, disabled = false, kind = "") {
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
