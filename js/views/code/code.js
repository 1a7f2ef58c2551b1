// One update in PyTorch, line by line; or the lines of the user's own, who made the steps.

import { html, nothing } from "lit-html";

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("./update-lines.js").Line} Line
 *
 * @typedef {object} Walk
 * @property {Line[]} lines  of the step to come
 * @property {number | null} line  where a slow step is; null: nowhere
 * @property {() => void} slowStep  go to the next line
 */

/**
 * @param {View} view
 * @param {Walk} walk
 */
export function code({ run, problem }, { lines, line, slowStep }) {
  const { outside } = run;
  const current = outside ? (problem?.line ?? null) : line;
  const place = (/** @type {number} */ i) => {
    if (i === current) return "current";
    return !outside && current !== null && i > current ? "pending" : "";
  };
  // No <code>, no <ol>: hosts style those, and differently.
  return html` <div
    class="code"
    role="group"
    aria-label="${outside ? "Your code" : "One step in PyTorch"}"
  >
    ${
      lines.length
        ? html`<div class="code-lines ${line === null ? "resting" : ""}" role="list">
            ${lines.map((one, i) => codeLine(one, place(i)))}
          </div>`
        : ""
    }
    ${outside ? "" : html`<button class="wide" @click=${slowStep}>Slow step</button>`}
  </div>`;
}

/**
 * What the user's code has printed, as it is.
 * @param {View} view
 */
export function printed({ printed }) {
  return printed
    ? html`<details class="printed" open>
        <summary>printed</summary>
        <pre tabindex="0">${printed}</pre>
      </details>`
    : "";
}

/**
 * @param {Line} line
 * @param {"" | "current" | "pending"} at
 */
function codeLine({ part, source, numbers }, at) {
  return html` <div
    class="code-line ${part === "update" ? part : ""} ${at}"
    role="listitem"
    aria-current=${at === "current" ? "step" : nothing}
  >
    <span class="source">${source}</span> <span class="numbers">${numbers}</span>
  </div>`;
}
