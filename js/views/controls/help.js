// What can be done without a mouse.

import { html } from "lit-html";
import { onLeave } from "./menu.js";

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

export function help() {
  return html` <details class="menu help" @focusout=${onLeave}>
    <summary class="wide" aria-label="Keys" title="Keys">?</summary>
    <div class="sheet" tabindex="-1">
      ${KEYS.map(([key, does]) => html`<div><kbd>${key}</kbd> <span>${does}</span></div>`)}
    </div>
  </details>`;
}
