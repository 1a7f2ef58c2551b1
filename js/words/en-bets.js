// English: what each bet asks, and what is said of an answer beside the truth: the twin of
// gd_widget/words/en_bets.py.

import { general } from "../core/format-g.js";

/** @typedef {import("../types.js").Bet} Bet */

/**
 * What a bet asks.
 * @param {Bet} bet
 * @param {string[]} names  of the parameters
 * @param {string} run  which run of a race it is about, "" where there is one
 */
export const question = (bet, names, run) => ofRun(QUESTIONS[bet.kind](bet, names), bet, run);

/**
 * What is true, and how far off the answer is, in which direction.
 * @param {Bet} bet  answered or skipped
 * @param {string[]} names
 * @param {string} run
 */
export const verdict = (bet, names, run) =>
  ofRun(VERDICTS[bet.kind](bet, bet.answer, bet.truth, names), bet, run);

/** @param {string} said @param {Bet} bet @param {string} run */
const ofRun = (said, { kind }, run) =>
  run && !["winner", "order", "ask"].includes(kind) ? `${run}: ${said}` : said;

/** @param {number} steps */
const inSteps = (steps) => (steps === 1 ? "1 step" : `${steps} steps`);

/** @type {Record<string, (bet: Bet, names: string[]) => string>} */
const QUESTIONS = {
  next_step: () => "Where will the next step land?",
  sign: (_, names) => `Will ${listed(names)} go up or down in the next step?`,
  loss_after: ({ steps }) => `What will the loss be ${inSteps(steps)} from now?`,
  draw_loss: ({ steps }) => `How will the loss go in the next ${inSteps(steps)}? Draw it.`,
  winner: ({ steps }) =>
    `Which run is first within 1% of the least loss, in ${inSteps(steps)} from now?`,
  largest_rate: () => "What is the largest learning rate that converges?",
  order: () => "In which order do the lines below make a step?",
  ask: ({ question }) => String(question),
};

/** @type {Record<string, (bet: Bet, answer: any, truth: any, names: string[]) => string>} */
const VERDICTS = {
  next_step(_, answer, { params }, names) {
    if (!params) return "The next step diverges: it lands nowhere.";
    const said = `It lands at ${listed(names.map((name, i) => `${name} ${three(params[i])}`))}`;
    if (!answer) return `${said}.`;
    const offs = names.map((name, i) => `your ${name} is ${off(answer[i], params[i])}`);
    return `${said}: ${listed(offs)}.`;
  },
  sign(_, answer, { signs }, names) {
    if (!signs) return "The next step diverges.";
    const ways = ["goes down", "stays", "goes up"];
    const said = listed(names.map((name, i) => `${name} ${ways[signs[i] + 1]}`));
    if (!answer) return `${said}.`;
    const right = answer.filter(
      (/** @type {number} */ one, /** @type {number} */ i) => one === signs[i],
    );
    return `${said}: ${right.length} of ${names.length} right.`;
  },
  loss_after: (_, answer, { loss }) =>
    loss === null
      ? "Training diverges before that: there is no loss."
      : `The loss is ${beside(answer, loss)}.`,
  draw_loss({ steps }, answer, { before, losses }) {
    if (!losses.length) return "Training diverges at once: there is no curve.";
    const said = `The loss goes from ${three(before)} to ${three(losses[losses.length - 1])}`;
    if (!answer) return `${said}.`;
    let apart = 0;
    for (let i = 1; i <= answer.length; i++) {
      const end = Math.min(Math.round((i * steps) / answer.length), losses.length);
      apart += (answer[i - 1] - losses[end - 1]) / answer.length;
    }
    return `${said}: your curve is ${way(apart)} on average.`;
  },
  winner(_, answer, { names, arrived, first }) {
    const stepOf = (/** @type {string} */ name) => arrived[names.indexOf(name)] ?? null;
    const step = stepOf(first[0]);
    const is = first.length === 1 ? "is" : "are";
    const said =
      step === null ? "No run gets there" : `${listed(first)} ${is} first, at step ${step}`;
    if (answer === null) return `${said}.`;
    if (first.includes(answer)) return `${said}: you are right.`;
    if (answer === "none") return `${said}; you said that none would be.`;
    const its = stepOf(answer);
    return `${said}; your ${answer} ${its === null ? "does not get there" : `gets there at step ${its}`}.`;
  },
  largest_rate(_, answer, { rate }) {
    if (rate === null) return "This rule has no largest rate.";
    if (answer === null) return `It is ${three(rate)}.`;
    const times = answer < rate ? rate / answer : answer / rate;
    const far = `${three(times)} times too ${answer < rate ? "low" : "high"}`;
    return `It is ${three(rate)}: your ${three(answer)} is ${times < 1.005 ? "right" : far}.`;
  },
  order(_, answer, { lines }) {
    const said = "The guess, its loss, the gradient, the step, and the gradient emptied";
    if (!answer) return `${said}.`;
    const right = answer.filter(
      (/** @type {string} */ one, /** @type {number} */ i) => one === lines[i],
    );
    return `${said}: ${right.length} of ${answer.length} stand in their places.`;
  },
  ask({ score }, answer, { value }) {
    const isNear = answer !== null && answer !== value && score;
    if (isNear) return `It is ${general(value, 4)}: your ${general(answer, 4)} is near enough.`;
    return `It is ${beside(answer, value)}.`;
  },
};

/** @param {number} value */
const three = (value) => general(value, 3);

/** A truth, and an answer beside it. @param {number | null} answer @param {number} value */
const beside = (answer, value) =>
  three(value) + (answer === null ? "" : `: your ${three(answer)} is ${off(answer, value)}`);

/** @param {number} answer @param {number} value */
const off = (answer, value) => way(answer - value);

/** @param {number} apart */
const way = (apart) =>
  apart === 0 || !Number.isFinite(apart)
    ? "right"
    : `${general(Math.abs(apart), 2)} too ${apart > 0 ? "high" : "low"}`;

/** Words with commas between them, and "and" before the last. @param {string[]} words */
const listed = (words) =>
  [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(" and ");
