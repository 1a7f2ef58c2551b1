// The question that is put, and what is said of its answer: a row of fixed height, so that nothing
// moves when one comes to the other.

import { html } from "lit-html";
import { question, verdict } from "../../words/en-bets.js";
import { numeral, say } from "../../words/say.js";
import { shownNames } from "../params.js";
import { fields, isWhole } from "./fields.js";
import { codeOf, fileOf } from "./taken-along.js";

const ROOM = 44; // pixels that it takes, with the gap below,
const ROOM_OF_BOTH = 112; // where what is answered with stands below the question
const WIDE = 740; // pixels from which it stands beside it, in every language

/** @param {number} width */
export const roomOf = (width) => (width < WIDE ? ROOM_OF_BOTH : ROOM);

/**
 * What is asked, or was found out.
 * @param {import("../../types.js").View} view
 */
export function said({ bets, asked, labels, runs }) {
  const names = shownNames(labels);
  const bet = bets[asked];
  const run = runs[0].name;
  if (!bet.truth) return question(bet, names, run);
  const said = verdict(bet, names, run).replaceAll(/(?<!\w)-(?=\d)/g, "−");
  if (bet.answer === null) return said;
  return say("{said} Score {score}.", { said, score: numeral(Number(bet.score).toFixed(2)) });
}

/**
 * @param {import("../../types.js").View} view
 * @param {import("./draft.js").Draft} draft
 * @param {import("../../types.js").Actions} actions
 * @param {import("../../types.js").Look} look
 */
export function betRow(view, draft, { answer, ask }, look) {
  const { bets, asked, bet } = view;
  const [i, n] = [asked + 1, bets.length];
  return html`<div class="bet-row" role="group" aria-label=${say("Question {i} of {n}", { i, n })}>
    <div class="question">
      ${bets.length > 1 ? html`<span class="quiet">${say("{i} of {n}", { i, n })}</span> ` : ""}<span
        >${said(view)}</span
      >
    </div>
    <div class="bet-controls">
      ${bet ? [fields(view, bet, draft, answer), ...choices(view, bet, draft, answer)] : after(view, ask, look)}
    </div>
  </div>`;
}

/**
 * @param {import("../../types.js").View} view
 * @param {import("../../types.js").Bet} bet
 * @param {import("./draft.js").Draft} draft
 * @param {import("../../types.js").Actions["answer"]} answer
 */
function choices(view, bet, draft, answer) {
  const value = bet.kind === "largest_rate" ? (draft.value ?? view.lr) : draft.value;
  const can = isWhole(view, bet, value);
  return [
    html`<button
      class="wide bet-it"
      aria-disabled=${!can}
      @click=${can ? () => answer(value) : null}
    >
      ${say("Bet")}
    </button>`,
    button(say("Skip"), () => answer(null)),
  ];
}

/** @param {string} words @param {(event: any) => void} act @param {string} [kind] */
const button = (words, act, kind = "") =>
  html`<button class="wide ${kind}" @click=${act}>${words}</button>`;

/**
 * Once it is answered.
 * @param {import("../../types.js").View} view
 * @param {import("../../types.js").Actions["ask"]} ask
 * @param {import("../../types.js").Look} look
 */
function after(view, ask, { copy, download }) {
  const { bets } = view;
  const next = bets.findIndex(({ truth }) => !truth);
  const outcomes = /** @type {[string, string]} */ ([say("Copied"), say("Not allowed")]);
  return [
    button(say("Copy as code"), ({ currentTarget }) =>
      copied(currentTarget, copy(codeOf(bets)), outcomes),
    ),
    // Beside a kernel they are in Python.
    view.isHere ? button(say("Download"), () => download(fileOf(view), "answers.json")) : "",
    next < 0 ? "" : button(say("Next question"), () => ask(next), "bet-it"),
  ];
}

/**
 * A button that says for a while what has come of it.
 * @param {HTMLButtonElement} button
 * @param {Promise<boolean>} done
 * @param {[string, string]} outcomes  where it is done, and where it is not
 */
async function copied(button, done, [good, bad]) {
  button.dataset.said = (await done) ? good : bad;
  setTimeout(() => delete button.dataset.said, 2000);
}
