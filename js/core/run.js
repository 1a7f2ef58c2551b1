// What the runs of a race are called: the twin of run_names in gd_widget/training/run.py.

import { general } from "./format-g.js";
import { KINDS } from "./losses.js";
import { RULES } from "./rules.js";

/**
 * What tells several runs from each other: the loss, the rule, the rate, or some of these.
 * @param {import("./stretches.js").Plan[]} plans
 * @param {import("./objective.js").About[]} [losses]  undefined: all are the mean squared error
 */
export function runNames(plans, losses = []) {
  const differ = (/** @type {"optimizer" | "lr"} */ part) =>
    new Set(plans.map((plan) => plan[part]).filter(Boolean)).size > 1;
  const rates = differ("lr");
  const kinds = new Set(losses.map(({ kind }) => kind)).size > 1;
  const rules = differ("optimizer") || !(rates || kinds);
  const names = plans.map(({ optimizer, lr }, i) =>
    [
      kinds && labelOf(losses[i]),
      rules && (RULES[optimizer]?.label ?? optimizer),
      rates && lr && general(lr),
    ]
      .filter(Boolean)
      .join(", "),
  );
  // Runs that are alike are told by their numbers.
  return names.map((name, i) => {
    const alike = (/** @type {string[]} */ all) => all.filter((other) => other === name).length;
    return alike(names) > 1 ? `${name} ${alike(names.slice(0, i + 1))}` : name;
  });
}

/** What people call a loss. @param {import("./objective.js").About} about */
const labelOf = ({ kind }) => (kind === "mse" ? "squared" : KINDS[kind].label);
