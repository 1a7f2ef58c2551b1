// What the bet on a race asks, and what is said of an answer beside the truth.

import { listed } from "./listed.js";
import { shownRun } from "./run-name.js";
import { say } from "./say.js";

/** @param {{ steps: number }} bet */
export const whoWins = ({ steps }) =>
  steps === 1
    ? say("Which run is first near the least loss, in 1 step from now?")
    : say("Which run is first near the least loss, in {steps} steps from now?", { steps });

/**
 * @param {object} _
 * @param {string | null} answer
 * @param {{ names: string[], arrived: (number | null)[], first: string[] }} truth
 */
export function whoHasWon(_, answer, { names, arrived, first }) {
  const stepOf = (/** @type {string} */ name) => arrived[names.indexOf(name)] ?? null;
  const said = firstOf(first, stepOf(first[0]));
  if (answer === null) return say("{said}.", { said });
  if (first.includes(answer)) return say("{said}: you are right.", { said });
  if (answer === "none") return say("{said}; you said that none would be.", { said });
  const step = stepOf(answer);
  const its = shownRun(answer);
  return step === null
    ? say("{said}; your {answer} does not get there.", { said, answer: its })
    : say("{said}; your {answer} gets there at step {step}.", { said, answer: its, step });
}

/** @param {string[]} first @param {number | null} step */
function firstOf(first, step) {
  if (step === null) return say("No run gets there");
  return first.length === 1
    ? say("{names} is first, at step {step}", { names: shownRun(first[0]), step })
    : say("{names} are first, at step {step}", { names: listed(first.map(shownRun)), step });
}
