// What is said of models with any number of parameters alone: a part of the twin of
// gd_widget/words/data.py.

import { say } from "./say.js";

/** @type {Record<string, (details: any) => string>} */
export const EN_MANY = {
  many_fit({ n, d, free }) {
    const told = d - free;
    return n === 1
      ? say(
          "In float64, one point determines no more than {told} of the {d} parameters: many solutions fit alike, but for rounding. Of those that fit best, least_squares is the one of least norm.",
          { d, told },
        )
      : say(
          "In float64, {n:,} points tell no more than {told} of the {d} parameters apart: many solutions fit alike, but for rounding. Of those that fit best, least_squares is the one of least norm.",
          { n, d, told },
        );
  },
};
