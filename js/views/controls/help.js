// What can be done without a mouse.

import { html } from "lit-html";
import { onLeave } from "./menu.js";

/** @type {[string, [string, string][]][]} */
const KEYS = [
  [
    "On Play, the buttons beside it, the timeline",
    [
      ["Space", "press the button; on the timeline play, pause"],
      ["← →", "step back, step"],
      ["Home", "first step"],
      ["R", "reset"],
    ],
  ],
  [
    "In the picture",
    [
      ["Ctrl, wheel", "zoom the points"],
      ["Ctrl Z", "take back an edit of points"],
      ["Tab, then arrows", "move the line, its ends or a point; with Shift further"],
      ["+ and Delete", "add or remove a point"],
    ],
  ],
];

export function help() {
  return html` <details class="menu help" @focusout=${onLeave}>
    <summary class="wide" aria-label="Keys" title="Keys">?</summary>
    <div class="sheet" tabindex="-1">
      ${KEYS.map(
        ([where, keys]) =>
          html`<div class="where">${where}</div>
            ${keys.map(([key, does]) => html`<div><kbd>${key}</kbd> <span>${does}</span></div>`)}`,
      )}
    </div>
  </details>`;
}
