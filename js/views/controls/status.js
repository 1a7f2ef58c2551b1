// What a person must know beside the numbers: one quiet line that takes no more room whatever it
// says, and a sentence for who listens.

import { html } from "lit-html";
import { MADE_BY_CODE, NOT_ALL_HERE } from "../../core/next-step.js";
import { listMark, say, translated } from "../../words/say.js";
import { decimals, fixed } from "../charts/numbers.js";
import { inWords } from "../params.js";
import { besideTheKernel, offerOf, onTheKernel } from "./kernel-words.js";
import { allArrived, whereRunIs } from "./runs-table.js";

/**
 * What is said above the controls, and what the person may want to do about it.
 * @typedef {{ kind: string, text: string, detail?: string, offer?: Offer }} Notice
 * @typedef {"goOnHere" | "goBack"} Offer
 */

/**
 * The line above the controls: the first thing that matters, or nothing.
 * @param {import("../../types.js").View} view
 * @returns {Notice}
 */
export function notice(view) {
  const { link, problem, advice, status, playing } = view;
  const kernel = ofKernel(view);
  if (problem) {
    // A kernel that is shut down is interrupted first: what it said last is not all there is to say.
    const isGone = kernel?.kind === "gone";
    const text = inOne(translated(problem.message), problem.hint, isGone ? kernel.text : "");
    return { kind: "error", text, detail: problem.traceback, offer: kernel?.offer };
  }
  // Who plays waits for PyTorch; who looks need not know.
  if (kernel && (kernel.offer || (playing && link === "loading"))) return kernel;
  if (advice) return { kind: "advice", text: advice.replaceAll(/(?<!\w)-(?=\d)/g, "−") };
  if (kernel) return kernel;
  if (status === "converged" && !playing) return { kind: "good", text: arrival(view) };
  return { kind: "", text: "" };
}

/** @param {string[]} sentences  some without a stop, some empty */
function inOne(...sentences) {
  const said = sentences.filter(Boolean);
  return said.map((one, i) => (said[i + 1] && !/[.。]$/.test(one) ? `${one}.` : one)).join(" ");
}

/** @param {import("../../types.js").View} view */
function arrival({ runs, row }) {
  if (runs.length === 1) {
    return say("Converged: at step {step} the loss is practically the least there is.", row);
  }
  return allArrived(runs);
}

/**
 * Of a kernel: that it must make further steps, or where it is, on a page that has had one.
 * @param {import("../../types.js").View} view
 * @returns {Notice | undefined}
 */
function ofKernel({ link, isHere, canTrain, run }) {
  if (!canTrain && link !== "live") {
    return { kind: "gone", text: translated(run.outside ? MADE_BY_CODE : NOT_ALL_HERE) };
  }
  if (link === "static") return undefined;
  return isHere ? besideTheKernel(link) : onTheKernel(link, run.outside);
}

/**
 * One line, whatever is said; pressed, it shows all there is. While there is nothing to say, or a
 * point is looked at, the line is about the picture.
 * @param {import("../../types.js").View} view
 * @param {import("../../types.js").Actions} actions
 * @param {unknown} picture  words on that
 * @param {boolean} isPointing
 */
export function statusLine(view, actions, picture, isPointing) {
  const { kind, text, detail, offer } = notice(view);
  return html` <div class="status ${isPointing ? "pointing" : ""}">
    ${
      text
        ? html`<details class="notice ${kind}">
            <summary>${text}</summary>
            ${detail ? html`<pre tabindex="0">${detail}</pre>` : ""}
          </details>`
        : html`<div class="notice"></div>`
    }
    ${offer ? offerOf(offer, actions) : ""} ${text && !isPointing ? "" : picture}
  </div>`;
}

/**
 * What a screen reader says; the numbers only while nothing moves.
 * @param {import("../../types.js").View} view
 */
export function sentence(view) {
  const { row, playing, labels, run } = view;
  const { text } = notice(view);
  if (playing) return text || say("Playing.");
  const params = inWords(view).map(([name, value]) => `${name} ${value}`);
  const loss = fixed(row.loss, decimals(labels.bowl).loss);
  const now = { step: row.step, params: params.join(listMark()), loss };
  const more = run.name
    ? whereRunIs(run.name, now)
    : say("Step {step}: {params}, loss {loss}.", now);
  return text ? say("{said} {more}", { said: text, more }) : more;
}
