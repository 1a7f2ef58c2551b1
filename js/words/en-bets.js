// What each bet asks, and what is said of an answer beside the truth: the twin of
// gd_widget/words/bets.py.

import { listed } from "./listed.js";
import { say } from "./say.js";
import { whoHasWon, whoWins } from "./en-races.js";
import { ofRun } from "./run-name.js";

/** @typedef {import("../types.js").Bet} Bet */

/**
 * What a bet asks.
 * @param {Bet} bet
 * @param {string[]} names  of the parameters
 * @param {string} run  which run of a race it is about, "" where there is one
 */
export const question = (bet, names, run) => about(QUESTIONS[bet.kind](bet, names), bet, run);

/**
 * What is true, and how far off the answer is, in which direction.
 * @param {Bet} bet  answered or skipped
 * @param {string[]} names
 * @param {string} run
 */
export const verdict = (bet, names, run) =>
  about(VERDICTS[bet.kind](bet, bet.answer, bet.truth, names), bet, run);

/** @param {string} said @param {Bet} bet @param {string} run */
const about = (said, { kind }, run) =>
  run && !["winner", "order", "ask"].includes(kind) ? ofRun(run, said) : said;

/** @type {Record<string, (bet: Bet, names: string[]) => string>} */
const QUESTIONS = {
  next_step: () => say("Where will the next step land?"),
  sign: (_, names) => say("Will {names} go up or down in the next step?", { names: listed(names) }),
  loss_after: ({ steps }) =>
    steps === 1
      ? say("What will the loss be 1 step from now?")
      : say("What will the loss be {steps} steps from now?", { steps }),
  draw_loss: ({ steps }) =>
    say("How will the loss go in the next {steps} steps? Draw it.", { steps }),
  winner: whoWins,
  largest_rate: () => say("What is the largest learning rate that converges?"),
  order: () => say("In which order do the lines below make a step?"),
  ask: ({ question }) => String(question),
};

/** @type {Record<string, (bet: Bet, answer: any, truth: any, names: string[]) => string>} */
const VERDICTS = {
  next_step(_, answer, { params }, names) {
    if (!params) return say("The next step diverges.");
    const places = listed(
      names.map((name, i) => say("{name} {value:.3g}", { name, value: params[i] })),
    );
    if (!answer) return say("It lands at {places}.", { places });
    const offs = listed(names.map((name, i) => itsOff(name, answer[i] - params[i])));
    return say("It lands at {places}: {offs}.", { places, offs });
  },
  sign(_, answer, { signs }, names) {
    if (!signs) return say("The next step diverges.");
    const said = listed(names.map((name, i) => goes(name, signs[i])));
    if (!answer) return say("{said}.", { said });
    return say("{said}: {right} of {n} right.", { said, ...shared(answer, signs) });
  },
  loss_after: (_, answer, { loss }) =>
    loss === null ? say("Training diverges before that.") : beside(loss, answer),
  draw_loss({ steps }, answer, { before, losses }) {
    const after = losses.at(-1);
    if (after === undefined) return say("Training diverges before that.");
    const said = say("The loss goes from {before:.3g} to {after:.3g}", { before, after });
    if (!answer) return say("{said}.", { said });
    let off = 0;
    answer.forEach((/** @type {number} */ knot, /** @type {number} */ i) => {
      const end = Math.min(Math.round(((i + 1) * steps) / answer.length), losses.length);
      off += (knot - losses[end - 1]) / answer.length;
    });
    if (off > 0) return say("{said}: your curve is {off:.2g} too high on average.", { said, off });
    off = -off;
    if (off > 0) return say("{said}: your curve is {off:.2g} too low on average.", { said, off });
    return say("{said}: your curve is right on average.", { said });
  },
  winner: whoHasWon,
  largest_rate(_, answer, { rate: value }) {
    if (value === null) return say("This rule has no largest rate.");
    const times = Math.max(value / answer, answer / value);
    if (answer === null || times < 1.005) return beside(value, answer, 0);
    const found = { value, answer, times };
    return answer < value
      ? say("It is {value:.3g}: your {answer:.3g} is {times:.3g} times too low.", found)
      : say("It is {value:.3g}: your {answer:.3g} is {times:.3g} times too high.", found);
  },
  order(_, answer, { lines }) {
    const said = say("The guess, its loss, the gradient, the step, and the gradient emptied");
    if (!answer) return say("{said}.", { said });
    return say("{said}: {right} of {n} stand in their places.", {
      ...{ said, ...shared(answer, lines) },
    });
  },
  ask: ({ score }, answer, { value }) =>
    score && answer !== value
      ? say("It is {value:.4g}: your {answer:.4g} is near enough.", { value, answer })
      : beside(value, answer),
};

/**
 * A number, and an answer beside it.
 * @param {number} value
 * @param {number | null} answer
 * @param {number} [off]  by how much it is too high
 */
function beside(value, answer, off = Number(answer) - value) {
  if (answer === null) return say("It is {value:.3g}.", { value });
  const found = { value, answer, off: Math.abs(off) };
  if (off > 0) return say("It is {value:.3g}: your {answer:.3g} is {off:.2g} too high.", found);
  if (off < 0) return say("It is {value:.3g}: your {answer:.3g} is {off:.2g} too low.", found);
  return say("It is {value:.3g}: your {answer:.3g} is right.", found);
}

/** @param {string} name @param {number} off */
function itsOff(name, off) {
  if (off > 0) return say("your {name} is {off:.2g} too high", { name, off });
  if (off < 0) return say("your {name} is {off:.2g} too low", { name, off: -off });
  return say("your {name} is right", { name });
}

/** @param {string} name @param {number} sign */
function goes(name, sign) {
  if (sign > 0) return say("{name} goes up", { name });
  return sign < 0 ? say("{name} goes down", { name }) : say("{name} stays", { name });
}

/** How many of an answer are those of the truth, in their places. @param {any[]} answer @param {any[]} truth */
const shared = (answer, truth) => ({
  right: answer.filter((one, i) => one === truth[i]).length,
  n: answer.length,
});
