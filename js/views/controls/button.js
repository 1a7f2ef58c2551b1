// A button with a picture instead of words; its name is said, and shown when it is pointed at.

import { html, nothing } from "lit-html";

/**
 * While it is disabled it does nothing and Tab passes it over; but a focus that is there stays,
 * and with it the widget goes on hearing keys.
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
    aria-disabled=${disabled}
    tabindex=${disabled ? -1 : nothing}
    @click=${disabled ? null : action}
  >
    <svg width="16" height="16" aria-hidden="true">${icon}</svg>
  </button>`;
}
