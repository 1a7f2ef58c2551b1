// Rules with a line search, and Newton's, make in a page what plain PyTorch loops make on the named
// functions: see tests/golden/make_functions.py.

import { expect, it } from "vitest";
import { functionLoss, functionStart } from "../../../js/core/functions.js";
import { newTrainer } from "../../../js/core/trainer.js";
import golden from "../../golden/functions.json";

it.each(golden)("$function, $optimizer", ({ function: name, guess, optimizer, rows }) => {
  const { bowl, points } = functionStart(name);
  const objective = functionLoss({ kind: "function", function: name });
  const settings = { optimizer, lr: 0.1, batch_size: null, history_size: 10 };
  const of = /** @type {any} */ ({ bowl, sample: points, objective });
  const made = newTrainer(of, /** @type {any} */ (settings));
  made.begin(guess);
  rows.forEach((expected, i) => {
    while (made.step < i) expect(made.advance()).toBe(true);
    const { params, loss, grad } = made.row;
    [...params, loss, ...grad].forEach((number, column) => {
      const size = Math.max(...rows.map((row) => Math.abs(row[column])));
      const off = Math.abs(number - expected[column]);
      if (!(off <= 1e-12 * (Math.abs(expected[column]) + size)))
        expect.fail(`${column} at ${i}: off by ${off}`);
    });
  });
});
