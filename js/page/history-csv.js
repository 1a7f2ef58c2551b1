// The history as a table of text, and what it lacks.

import { say } from "../words/say.js";
import { fields } from "../core/table.js";

/** @typedef {Pick<import("../types.js").Run, "name" | "history">} Run */

/**
 * That the history has not every row there is, "" where it has.
 * @param {Run[]} runs
 */
export function missing(runs) {
  const sum = (/** @type {(run: Run) => number} */ of) => runs.reduce((n, run) => n + of(run), 0);
  const [known, all] = [
    sum(({ history }) => history.length),
    sum(({ history }) => history.last + 1),
  ];
  return known < all ? say("The history is of {known:,} of {all:,} rows.", { known, all }) : "";
}

/**
 * Every row known, in all its digits; of a race, after the name of its run.
 * @param {Run[]} runs
 * @param {string[]} names  of the parameters
 */
export function csv(runs, names) {
  const isRace = runs.length > 1;
  const lines = [
    [
      ...(isRace ? ["run"] : []),
      "step",
      ...fields(names).map((name) => (/\W/.test(name) ? quoted(name) : name)),
      "epoch",
    ].join(","),
  ];
  for (const { name, history } of runs) {
    const first = isRace ? `${quoted(name)},` : "";
    for (let i = 0; i < history.length; i++) {
      const { step, params, loss, grad, lr, epoch } = history.rowAt(i);
      lines.push(first + [step, ...params, loss, ...grad, lr, epoch].join(","));
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Names may have commas, and quotes. @param {string} name */
const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
