// A button with a picture instead of words; its name is said, and shown when it is pointed at.

import { html, nothing } from "lit-html";

/**
 * While it is disabled it does nothing and Tab passes it over; but a focus that is there stays,
 * and with it the widget goes on hearing keys.
 * @param {string} name
 * @param {unknown} icon
 * @param {() => void} action
 * @param {{ disabled?: boolean, kind?: string, isOpen?: boolean }} [how]  isOpen: whether what it
 *   opens is open
 */
export function button(name, icon, action, { disabled = false, kind = "", isOpen } = {}) {
  return html` <button
    class=${kind}
    aria-label=${name}
    title=${name}
    aria-disabled=${disabled}
    aria-expanded=${isOpen ?? nothing}
    tabindex=${disabled ? -1 : nothing}
    @click=${disabled ? null : action}
  >
    <svg width="16" height="16" aria-hidden="true">${icon}</svg>
  </button>`;
}
