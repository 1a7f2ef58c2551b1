// Answers taken along from a page: as the code that gives them, and as a file.

import { question, verdict } from "../../words/en-bets.js";

/**
 * A line for each that was answered or skipped, to be pasted below the widget.
 * @param {import("../../types.js").Bet[]} bets
 */
export const codeOf = (bets) =>
  bets
    .filter(({ truth }) => truth)
    .map(({ answer }) => (answer === null ? "w.skip()" : `w.answer(${inPython(answer)})`))
    .join("\n");

/** A number, a text, or a list of them, as Python writes it: JSON does, too. @param {any} answer */
const inPython = (answer) => JSON.stringify(answer).replaceAll(",", ", ");

/**
 * What `w.answers` has, and what was asked with, as JSON.
 * @param {import("../../types.js").View} view
 */
export function fileOf({ bets, labels: { names }, runs }) {
  const run = runs[0].name;
  const answers = bets
    .filter(({ truth }) => truth)
    .map((bet) => ({
      ...bet,
      question: question(bet, names, run),
      said: verdict(bet, names, run),
    }));
  return new Blob([JSON.stringify(answers, null, 1)], { type: "application/json" });
}
