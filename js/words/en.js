// What is said of each code that a page can find out by itself: the twin of gd_widget/words/training.py
// and data.py.

import { say } from "./say.js";

/** @typedef {import("../core/diagnoses.js").Code} Code */

/** @type {Partial<Record<Code, (details: any) => string>>} */
export const EN = {
  above_critical: (found) =>
    found.diverged_at === null
      ? say(
          "The learning rate {lr:.4g} is above {critical:.3g}, the critical rate of these data: along the steepest direction the steps overshoot by more and more. Try {suggested:g}.",
          found,
        )
      : say(
          "Diverged at step {diverged_at}: the learning rate {lr:.4g} is above {critical:.3g}, the critical rate of these data, so along the steepest direction the steps overshot by more and more, until the numbers were too large to hold. Try {suggested:g}.",
          found,
        ),
  batches_overshoot: (found) =>
    found.diverged_at === null
      ? say(
          "The learning rate {lr:.4g} is too large for batches: the loss of a single point has a curvature of up to {steepest:.3g}, that of all points {curvature:.3g}. Try {suggested:g}.",
          found,
        )
      : say(
          "Diverged at step {diverged_at}: the learning rate {lr:.4g} is too large for batches: the loss of a single point has a curvature of up to {steepest:.3g}, that of all points {curvature:.3g}. Try {suggested:g}.",
          found,
        ),
  creeps_at_best({ suggested, steps, ratio, newton, cure, cured }) {
    let said =
      steps === null
        ? say(
            "Even at {suggested:g}, a good learning rate for these data, it takes more than a thousand million million steps until the loss is near the least: it is {ratio:.2g} times steeper one way than another.",
            { suggested, ratio },
          )
        : say(
            "Even at {suggested:g}, a good learning rate for these data, it takes about {steps:,} steps until the loss is near the least: it is {ratio:,} times steeper one way than another.",
            { suggested, steps: count(steps), ratio: count(ratio) },
          );
    const add = (/** @type {string} */ more) => (said = say("{said} {more}", { said, more }));
    if (cured !== null) add(withCure(cure, count(cured)));
    if (newton !== null) add(say("Newton's method takes {newton:,}.", { newton: count(newton) }));
    return said;
  },
  too_large: (found) =>
    say("Diverged at step {diverged_at}: the numbers were too large to hold.", found),
  one_point: (point) =>
    say("There is one point: every line through ({x:.4g}, {y:.4g}) fits it exactly.", point),
  same_x: (point) =>
    say(
      "All x are {x:.4g}: every line through ({x:.4g}, {y:.4g}) fits equally well, so slope and intercept cannot be told apart.",
      point,
    ),
  noise_mean: (found) =>
    say(
      "The noise has mean ½: of many points the best intercept is near {best:g}, not the {intercept:g} the data were made with.",
      found,
    ),
};

/** How many, in two digits where they are 1,000 and more. @param {number} steps */
const count = (steps) => (steps < 1000 ? steps : Number(steps.toPrecision(2)));

/** What would help, and how much. @param {string} cure @param {number} cured  the steps it takes then */
function withCure(cure, cured) {
  if (cure === "mean") return say("With x - x.mean() in place of x it takes {cured:,}.", { cured });
  if (cure === "standardize") return say("With standardize=True it takes {cured:,}.", { cured });
  return say("With x - x.mean() in place of x and standardize=True it takes {cured:,}.", { cured });
}
