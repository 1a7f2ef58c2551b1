// A bet on the learning rate: the twin of LargestRate in gd_widget/bets/about_rates.py.

import { positiveNumber } from "../core/checks.js";
import { criticalLr } from "../core/rates.js";

/** @type {import("./bet.js").Kind} */
export const largestRate = {
  check: () => positiveNumber,
  truth(_, { trainers: [{ plan, data }] }) {
    const rate = criticalLr(plan, data.objective);
    return { rate: Number.isFinite(rate) ? rate : null };
  },
  score: (answer, { rate }) =>
    rate === null ? 0 : Math.max(0, 1 - Math.abs(Math.log10(answer / rate))),
};
