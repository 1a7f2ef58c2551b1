// Bets on learning rates: the twin of gd_widget/bets/about_rates.py.

import { oneOf, positiveNumber } from "../core/checks.js";
import { criticalLr } from "../core/rates.js";
import { rowsFrom } from "./bet.js";

export const NONE = "none"; // the answer that no run gets there

/** @type {import("./bet.js").Kind} */
export const winner = {
  check: (_, { runNames }) => oneOf([...runNames, NONE]),
  truth({ steps }, { trainers, at, runNames }) {
    const arrived = trainers.map((trainer) => {
      const goal = trainer.data.objective.nearFloor(trainer.table.lossAt(0));
      const isThere = ({ loss = 0 }) => goal !== null && loss <= goal;
      const there = rowsFrom(trainer, at, steps).findIndex(isThere);
      return there < 0 ? null : at + there;
    });
    const least = Math.min(...arrived.map((step) => step ?? Infinity));
    const first = runNames.filter((_, i) => arrived[i] === least);
    return { names: runNames, arrived, first: first.length ? first : [NONE] };
  },
  score: (answer, { first }) => Number(first.includes(answer)),
};

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
