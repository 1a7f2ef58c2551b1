// A bet on a race: the twin of Winner in gd_widget/bets/about_rates.py.

import { oneOf } from "../core/checks.js";
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
