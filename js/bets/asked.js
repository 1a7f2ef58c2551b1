// Bets in a page that computes itself: which one is put, what was answered, and what that is worth. The
// twin of gd_widget/bets/asked.py.

import { ask, order } from "./about-code.js";
import { drawLoss, lossAfter } from "./about-loss.js";
import { winner } from "./about-races.js";
import { largestRate } from "./about-rates.js";
import { nextStep, sign } from "./about-steps.js";
import { check } from "../core/settings.js";

/**
 * @typedef {import("./bet.js").Bet} Bet
 * @typedef {import("./bet.js").Kind} Kind
 * @typedef {{ bets: Bet[], asked: number }} Asked
 */

/** By their names in Python. @type {Record<string, Kind>} */
export const KINDS = {
  next_step: nextStep,
  sign,
  loss_after: lossAfter,
  draw_loss: drawLoss,
  winner,
  largest_rate: largestRate,
  order,
  ask,
};

/**
 * The same, with one of them answered. Throws for a bad answer.
 * @param {Asked} asked
 * @param {number} i
 * @param {any} answer  null skips it
 * @param {import("./bet.js").About} about  `at`: the step where training is
 * @returns {Asked}
 */
export function answered({ bets, asked }, i, answer, about) {
  const bet = bets[i];
  if (bet.truth) throw new Error(`question ${i + 1} has its answer: the first one counts`);
  const kind = KINDS[bet.kind];
  if (answer !== null && kind.check) check("the answer", answer, kind.check(bet, about));
  const last = Math.max(...about.trainers.map(({ table }) => table.last));
  const at = i === asked ? Math.min(bet.at, last) : about.at;
  const truth = kind.truth(bet, { ...about, at });
  const score = answer === null ? 0 : kind.score(answer, truth, bet);
  return { bets: bets.with(i, { ...bet, at, answer, truth, score }), asked: i };
}

/**
 * The same, with one of them put at a step.
 * @param {Asked} asked
 * @param {number} i
 * @param {number} at
 * @returns {Asked}
 */
export const put = ({ bets }, i, at) => ({
  bets: bets[i].truth ? bets : bets.with(i, { ...bets[i], at }),
  asked: i,
});

/** The same from the beginning, without answers. @param {Asked} asked @returns {Asked} */
export const begunAgain = ({ bets }) => ({
  bets: bets.map((one) => ({ ...one, at: 0, answer: null, truth: null, score: null })),
  asked: 0,
});

/** Whether what was saved of bets is whole. @param {any} saved */
export const areBets = ({ bets, asked }) =>
  Array.isArray(bets) && bets.every(isBet) && Number.isInteger(asked) && asked in bets;

/** @param {any} bet */
const isBet = ({ kind, at, truth, hides, steps, score }) =>
  Object.hasOwn(KINDS, kind) &&
  Math.min(at, steps, truth ? score : 0) >= 0 &&
  typeof truth === "object" &&
  Array.isArray(hides);
