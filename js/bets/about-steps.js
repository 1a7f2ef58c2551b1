// Bets on the step to come: the twin of gd_widget/bets/about_steps.py.

import { params } from "../core/checks.js";
import { closeness, distance, rowsFrom } from "./bet.js";

/** @type {import("./bet.js").Kind} */
export const nextStep = {
  check: (_, { names }) => params(names),
  truth(_, { trainers: [first], at }) {
    const [now, after] = rowsFrom(first, at, 1);
    return { before: now.params, params: after?.params ?? null };
  },
  score: (answer, { before, params }) =>
    params ? closeness(distance(answer, params), distance(before, params)) : 0,
};

/** @type {import("./bet.js").Kind} */
export const sign = {
  truth(_, { trainers: [first], at }) {
    const [now, after] = rowsFrom(first, at, 1);
    return { signs: after?.params.map((value, i) => Math.sign(value - now.params[i])) ?? null };
  },
  score: (answer, { signs }) =>
    answer.filter((/** @type {number} */ one, /** @type {number} */ i) => one === signs?.[i])
      .length / answer.length,
};
