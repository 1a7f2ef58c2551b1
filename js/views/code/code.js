// One update in PyTorch, line by line; or the lines of the user's own, who made the steps.

import { html, nothing } from "lit-html";
import { isFree } from "../../core/controls.js";
import { say, template } from "../../words/say.js";

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("./update-lines.js").Line} Line
 *
 * @typedef {object} Walk
 * @property {Line[]} lines  of the step to come
 * @property {number | null} line  where a slow step is; null: nowhere
 * @property {() => void} slowStep  go to the next line
 */

const FEWEST = 4; // lines that a step can have
const NAMES = [
  template("The four lines"),
  template("The five lines"),
  template("The six lines"),
  template("The seven lines"),
  template("The eight lines"),
  template("The nine lines"),
];

/**
 * A row that opens the lines, and them below it.
 * @param {View} view
 * @param {Walk} walk
 * @param {Pick<import("../../types.js").Look, "showsCode" | "change">} look
 * @param {boolean} isRoomy  whether there is room for the lines without having been asked for
 */
export function code({ run, problem, labels }, { lines, line, slowStep }, look, isRoomy) {
  const { outside } = run;
  const current = outside ? (problem?.line ?? null) : line;
  const isOpen = look.showsCode ?? (isRoomy || current !== null);
  const place = (/** @type {number} */ i) => {
    if (i === current) return "current";
    return !outside && current !== null && i > current ? "pending" : "";
  };
  const slowly = () => {
    look.change({ showsCode: true });
    slowStep();
  };
  const name = outside
    ? say("Your code")
    : say(NAMES[lines.length - FEWEST] ?? template("The lines"));
  // No <code>, no <ol>: hosts style those, and differently.
  return html` <div
    class="code"
    role="group"
    aria-label=${outside ? say("Your code") : say("One step in PyTorch")}
  >
    <div class="code-row">
      ${lines.length ? fold(name, isOpen, () => look.change({ showsCode: !isOpen })) : ""}
      ${outside || !isFree(labels, "step") ? "" : html`<button @click=${slowly}>${say("Slow step")}</button>`}
    </div>
    ${
      lines.length && isOpen
        ? html`<div class="code-lines ${line === null ? "resting" : ""}" role="list">
            ${lines.map((one, i) => codeLine(one, place(i)))}
          </div>`
        : ""
    }
  </div>`;
}

/** @param {string} name @param {boolean} isOpen @param {() => void} turn */
const fold = (name, isOpen, turn) =>
  html`<button class="fold" aria-expanded=${isOpen} @click=${turn}>${name}</button>`;

/**
 * What the user's code has printed, as it is.
 * @param {View} view
 */
export function printed({ printed }) {
  return printed
    ? html`<details class="printed" open>
        <summary>${say("printed")}</summary>
        <pre tabindex="0">${printed}</pre>
      </details>`
    : "";
}

/** What in a line is no English word. @type {Partial<Record<Line["part"], string>>} */
const TERMS = { guess: "@", update: "a" };

/** @param {string} source @param {string} [term] */
const explained = (source, term) =>
  html`<span class="source" data-term=${term ?? nothing} tabindex=${term ? 0 : nothing}
    >${source}</span
  >`;

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
    ${explained(source, TERMS[part])} <span class="numbers">${numbers}</span>
  </div>`;
}
