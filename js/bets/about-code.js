// Bets on the code of a step, and a teacher's own: the twin of gd_widget/bets/about_code.py.

/** The lines of a step, in order, by what they do. @type {Record<string, string>} */
export const LINES = {
  guess: "y_guess = x @ a",
  loss: "loss = ((y_guess - y) ** 2).mean()",
  grad: "loss.backward()",
  update: "with torch.no_grad(): a -= lr * a.grad",
  zero: "a.grad.zero_()",
};

/** The order in which they are shown. */
export const SHUFFLED = ["grad", "zero", "guess", "update", "loss"];

const ROUNDING = 1e-9; // of themselves, that numbers may differ by and be meant to be the same

/** @type {import("./bet.js").Kind} */
export const order = {
  truth: () => ({ lines: Object.keys(LINES) }),
  score(answer, { lines }) {
    const places = answer.map((/** @type {string} */ one) => lines.indexOf(one));
    let [right, all] = [0, 0];
    for (let i = 0; i < places.length; i++)
      for (let j = i + 1; j < places.length; j++, all++) right += Number(places[i] < places[j]);
    return right / all;
  },
};

/** @type {import("./bet.js").Kind} */
export const ask = {
  check: () => ({ must: "a finite number", isRight: Number.isFinite }),
  truth: ({ value }) => ({ value }),
  score: (answer, { value }, { tolerance = 0 }) => Number(isWithin(answer, value, tolerance)),
};

/**
 * Whether an answer is near enough; rounding is no reason why not.
 * @param {number} answer
 * @param {number} value
 * @param {number} tolerance
 */
export const isWithin = (answer, value, tolerance) =>
  Math.abs(answer - value) <= tolerance + ROUNDING * Math.max(Math.abs(answer), Math.abs(value));
