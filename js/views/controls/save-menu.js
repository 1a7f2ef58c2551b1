// The menu that saves what is shown: pictures of the charts, and the numbers behind them.

import { html } from "lit-html";
import { filmEntry } from "./film-entry.js";
import { onLeave } from "./menu.js";

/**
 * Every action may take its time; what it throws is shown in the menu.
 * @param {{ [file in "svg" | "png" | "csv"]: () => void | Promise<void> } &
 *   { missing: () => string, link?: (() => Promise<void>) | null,
 *     film?: import("./film-entry.js").Film | null }} actions  and what the history lacks; link: copies
 *   the address, where there is one; film: null where the page has no part for it
 */
export function saveMenu({ svg, png, csv, missing, link, film }) {
  const lack = missing();
  return html` <details class="menu save" @toggle=${onToggle} @focusout=${onLeave}>
    <summary>Save</summary>
    <div class="sheet" tabindex="-1">
      ${entry("Save as SVG", svg)} ${entry("Save as PNG", png)}
      ${film ? entry(...filmEntry(film)) : ""} ${entry("Save history as CSV", csv)}
      ${link ? entry("Copy link", link) : ""} ${lack && html`<p class="lack">${lack}</p>`}
      <div class="failed" role="alert"></div>
    </div>
  </details>`;
}

/** @param {string} name @param {() => void | Promise<void>} action */
function entry(name, action) {
  return html`<button @click=${(/** @type {any} */ event) => choose(event.target, action)}>
    ${name}
  </button>`;
}

/** @param {Element} button @param {() => void | Promise<void>} action */
async function choose(button, action) {
  const menu = /** @type {HTMLDetailsElement} */ (button.closest("details"));
  try {
    await action();
    close(menu);
  } catch (error) {
    say(menu, `This failed: ${error instanceof Error ? error.message : error}`);
  }
}

/** @param {HTMLDetailsElement} menu */
function close(menu) {
  // Else it would be nowhere, once what has it is hidden.
  if (menu.matches(":focus-within")) menu.querySelector("summary")?.focus();
  menu.open = false;
}

/** @param {Element} menu @param {string} words */
function say(menu, words) {
  const line = menu.querySelector(".failed");
  if (line) line.textContent = words;
}

/** It opens towards the middle of the view, and begins with its first entry. @param {any} event */
function onToggle({ currentTarget: menu }) {
  if (!menu.open) return say(menu, "");
  const view = menu.closest(".gd-widget")?.getBoundingClientRect() ?? { left: 0, width: 0 };
  const { left, width } = menu.getBoundingClientRect();
  menu.classList.toggle("rightwards", left + width / 2 < view.left + view.width / 2);
  menu.querySelector("button")?.focus();
}
