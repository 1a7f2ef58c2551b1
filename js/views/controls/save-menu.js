// The menu that saves what is shown: pictures of the charts, and the numbers behind them.

import { html } from "lit-html";
import { filmEntry } from "./film-entry.js";
import { linkEntry } from "./link-entry.js";
import { say, speaking, spoken, translated } from "../../words/say.js";
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
    <summary @click=${turn}>${say("Save")}</summary>
    <div class="sheet" tabindex="-1">
      ${entry(say("Save as SVG"), svg)} ${entry(say("Save as PNG"), png)}
      ${filmEntry !== null && film ? entry(...filmEntry(film)) : ""}
      ${entry(say("Save history as CSV"), csv)}
      ${linkEntry !== null && link ? entry(...linkEntry(link)) : ""}
      ${lack && html`<p class="lack">${lack}</p>`}
      <div class="failed" role="alert"></div>
    </div>
  </details>`;
}

/** @param {string} name @param {() => void | Promise<void>} action */
function entry(name, action) {
  const language = spoken();
  const failed = (/** @type {string} */ why) =>
    speaking(language, () => say("This failed: {why}", { why: translated(why) }));
  return html`<button @click=${(/** @type {any} */ event) => choose(event.target, action, failed)}>
    ${name}
  </button>`;
}

/**
 * @param {Element} button
 * @param {() => void | Promise<void>} action
 * @param {(why: string) => string} failed
 */
async function choose(button, action, failed) {
  const menu = /** @type {HTMLDetailsElement} */ (button.closest("details"));
  try {
    await action();
    close(menu);
  } catch (error) {
    write(menu, failed(error instanceof Error ? error.message : String(error)));
  }
}

/** @param {HTMLDetailsElement} menu */
function close(menu) {
  // Else it would be nowhere, once what has it is hidden.
  if (menu.matches(":focus-within")) menu.querySelector("summary")?.focus();
  menu.open = false;
}

/** @param {Element} menu @param {string} words */
function write(menu, words) {
  const line = menu.querySelector(".failed");
  if (line) line.textContent = words;
}

/**
 * It will open towards the middle of the view. Turned once it is open, it would leap aside under the
 * hand: browsers tell of that a frame or more too late.
 * @param {any} event  the click that opens it
 */
function turn({ currentTarget: { parentElement: menu } }) {
  const view = menu.closest(".gd-widget").getBoundingClientRect();
  const { left, width } = menu.getBoundingClientRect();
  menu.classList.toggle("rightwards", left + width / 2 < view.left + view.width / 2);
}

/** It begins with its first entry. @param {any} event */
function onToggle({ currentTarget: menu }) {
  if (!menu.open) return write(menu, "");
  menu.querySelector("button")?.focus();
}
