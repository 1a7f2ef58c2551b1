// What the next step of the chosen run will do: the arrow, the code and the lit points show it
// before it is made.

import { planOf, stretchAfter } from "../core/stretches.js";
import { nextStep, whyNot } from "../core/trainer.js";

/**
 * Null where this page cannot know: code that is not ours, or points that are not here.
 * @param {import("./session.js").View} view
 */
export function nextOf({ run, settings, labels, points }) {
  const { bowl } = labels;
  const { row } = run;
  const last = run.history.stretchAt(row.step);
  const stretch = stretchAfter(last, row.step, planOf(run, settings, bowl.n), bowl.n);
  return whyNot(stretch, { bowl, points }) ? null : nextStep(row, { stretch, last, bowl, points });
}
