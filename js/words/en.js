// English: a sentence for each code that a page can find out by itself: the twin of
// gd_widget/words/en.py.

import { general } from "../core/format-g.js";

/** @typedef {import("../core/diagnoses.js").Code} Code */

/** @type {Partial<Record<Code, (details: any) => string>>} */
export const EN = {
  above_critical({ lr, critical, suggested, diverged_at: step }) {
    const cause =
      `he learning rate ${general(lr, 4)} is above ${general(critical, 3)}, ` +
      "the critical rate of these data";
    const overshot = (/** @type {string} */ verb) =>
      `along the steepest direction every step ${verb} by more than the one before`;
    const said =
      step === null
        ? `T${cause}: ${overshot("overshoots")}.`
        : diverged(step, `t${cause}, so ${overshot("overshot")}, until `);
    return `${said} Try ${general(suggested)}.`;
  },
  batches_overshoot({ lr, steepest, curvature, suggested, diverged_at: step }) {
    const cause =
      `he learning rate ${general(lr, 4)} is too large for batches: the loss of a single point has a ` +
      `curvature of up to ${general(steepest, 3)}, that of all points ${general(curvature, 3)}. ` +
      `Try ${general(suggested)}.`;
    return step === null ? `T${cause}` : `Diverged at step ${step}: t${cause}`;
  },
  creeps_at_best({ suggested, steps, ratio, newton, cure, cured }) {
    const many = steps === null ? "more than a thousand million million" : `about ${count(steps)}`;
    const way = String(cure)
      .replace("mean", "x - x.mean() in place of x")
      .replace("standardize", "standardize=True");
    return (
      `Even at ${general(suggested)}, a good learning rate for these data, it takes ${many} steps until ` +
      `the loss is within 1% of the least: it is ${general(ratio, 2)} times steeper one way than another.` +
      (cured === null ? "" : ` With ${way} it takes ${count(cured)}.`) +
      (newton === null ? "" : ` Newton's method takes ${count(newton)}.`)
    );
  },
  too_large: ({ diverged_at: step }) => diverged(step, ""),
  one_point: (point) => `There is one point: ${everyLine(point)} it exactly.`,
  same_x: (point) =>
    `All x are ${general(point.x, 4)}: ${everyLine(point)} equally well, so slope and intercept cannot be told apart.`,
  noise_mean: ({ intercept, best }) =>
    `The noise has mean ½: of many points the best intercept is near ${general(best)}, ` +
    `not the ${general(intercept)} the data were made with.`,
};

/** How many, in two digits where they are 1,000 and more. @param {number} steps */
const count = (steps) => (steps < 1000 ? steps : Number(steps.toPrecision(2))).toLocaleString("en");

/** @param {number} step @param {string} why */
const diverged = (step, why) =>
  `Diverged at step ${step}: ${why}the numbers were too large to hold.`;

/** @param {{ x: number, y: number }} point */
const everyLine = ({ x, y }) => `every line through (${general(x, 4)}, ${general(y, 4)}) fits`;
