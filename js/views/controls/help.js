// What can be done without a mouse.

import { html } from "lit-html";
import { say } from "../../words/say.js";
import { onLeave } from "./menu.js";

/** @returns {[string, [string, string][]][]} */
const keys = () => [
  [
    say("On Play, the buttons beside it, the timeline"),
    [
      [say("Space"), say("press the button; on the timeline play, pause")],
      ["← →", say("step back, step")],
      [say("Home"), say("first step")],
      ["R", say("reset")],
    ],
  ],
  [
    say("In the picture"),
    [
      [say("Ctrl, wheel"), say("zoom the points")],
      [say("Ctrl Z"), say("take back an edit of points")],
      [say("Tab, then arrows"), say("move the line, its ends or a point; with Shift further")],
      [say("+ and Delete"), say("add or remove a point")],
    ],
  ],
];

export function help() {
  return html` <details class="menu help" @focusout=${onLeave}>
    <summary class="wide" aria-label=${say("Keys")} title=${say("Keys")}>?</summary>
    <div class="sheet" tabindex="-1">
      ${keys().map(
        ([where, keys]) =>
          html`<div class="where">${where}</div>
            ${keys.map(([key, does]) => html`<kbd>${key}</kbd><span>${does}</span>`)}`,
      )}
    </div>
  </details>`;
}
