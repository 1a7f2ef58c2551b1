// Bets on the loss to come: the twin of gd_widget/bets/about_loss.py.

import { closeness, rowsFrom } from "./bet.js";

/** @param {import("./bet.js").Bet} bet @param {import("./bet.js").About} about */
const lossesOf = ({ steps }, { trainers: [first], at }) =>
  rowsFrom(first, at, steps).map(({ loss }) => loss);

/** @type {import("./bet.js").Kind} */
export const lossAfter = {
  check: () => ({
    must: "a number, at least 0",
    isRight: (answer) => Number.isFinite(answer) && answer >= 0,
  }),
  truth(bet, about) {
    const losses = lossesOf(bet, about);
    return { before: losses[0], loss: losses[bet.steps] ?? null };
  },
  score: (answer, { before, loss }) =>
    loss === null ? 0 : closeness(Math.abs(answer - loss), Math.abs(before - loss)),
};

/** @type {import("./bet.js").Kind} */
export const drawLoss = {
  truth(bet, about) {
    const [before, ...losses] = lossesOf(bet, about);
    return { before, losses };
  },
  score(answer, { before, losses }, { steps }) {
    if (!losses.length) return 0;
    const drawn = curve(before, answer, steps);
    let [off, way] = [0, 0];
    losses.forEach((/** @type {number} */ loss, /** @type {number} */ i) => {
      off += Math.abs(drawn[i] - loss);
      way += Math.abs(before - loss);
    });
    return closeness(off, way);
  },
};

/**
 * A drawn curve at each of some steps: straight from knot to knot.
 * @param {number} before  the loss that it begins with
 * @param {number[]} knots
 * @param {number} steps
 */
export function curve(before, knots, steps) {
  const all = [before, ...knots];
  return Array.from({ length: steps }, (_, k) => {
    const place = ((k + 1) * knots.length) / steps;
    const i = Math.min(Math.floor(place), knots.length - 1);
    return all[i] + (place - i) * (all[i + 1] - all[i]);
  });
}
