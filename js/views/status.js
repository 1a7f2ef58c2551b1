// What a person must know beside the numbers: one quiet line, and a sentence for who listens.

import { html } from "lit-html";
import { decimals, fixed } from "./numbers.js";

/**
 * The line above the controls: the first thing that matters, or nothing.
 * @param {import("../session.js").View} view
 * @returns {{ kind: string, text: string, detail: string }}
 */
export function notice({ link, problem, advice, status, playing, row }) {
  const say = (/** @type {string} */ kind, /** @type {string} */ text, detail = "") => ({
    kind,
    text,
    detail,
  });
  if (link === "gone") return say("gone", "The kernel is gone. Run the cell again to go on.");
  if (problem) {
    const text = [problem.message, problem.hint].filter(Boolean).join(". ");
    return say("error", text, problem.traceback);
  }
  if (link === "busy") {
    return say("busy", "The kernel is busy. Training goes on when it answers.");
  }
  if (advice) return say("advice", advice);
  if (status === "converged" && !playing) {
    return say("good", `Converged at step ${row.step}: the gradient is practically zero.`);
  }
  return say("", "");
}

/** @param {import("../session.js").View} view */
export function statusLine(view) {
  const { kind, text, detail } = notice(view);
  return html` <p class="notice ${kind}">
    ${text}
    ${
      detail
        ? html`<details>
            <summary>details</summary>
            <pre>${detail}</pre>
          </details>`
        : ""
    }
  </p>`;
}

/**
 * What a screen reader says; the numbers only while nothing moves.
 * @param {import("../session.js").View} view
 */
export function sentence(view) {
  const { row, playing, labels } = view;
  const { text } = notice(view);
  if (playing) return text || "Playing.";
  const d = decimals(labels.bowl);
  return (
    `${text} Step ${row.step}: slope ${fixed(row.slope, d.slope)}, ` +
    `intercept ${fixed(row.intercept, d.intercept)}, loss ${fixed(row.loss, d.loss)}.`
  ).trim();
}
