// Answers as the code that gives them.

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
