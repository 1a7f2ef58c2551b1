// The lines of an update of more parameters than two, or of one: shortened, and adding up all the same.

import { describe, expect, it } from "vitest";
import { RULES } from "../../../../js/core/rules.js";
import { hessian } from "../../../../js/core/quadratic.js";
import { plain } from "../../../../js/views/charts/numbers.js";
import { plainView } from "../../plain-view.js";
import { severalFeatures } from "../../several-features.js";
import { show, texts } from "./shown.js";

/**
 * A wish for d parameters, the last of them the intercept.
 * @param {number} d
 * @param {string} [optimizer]
 */
const wishOf = (d, optimizer = "gd") => ({
  points: severalFeatures(d - 1, 40, (values, i) => values[0] - values[1] + (i % 7) / 7),
  ...{
    guess: Array(d).fill(0),
    steps: 5,
    model: { intercept: d - 1 },
    runs: [{ optimizer, lr: 0.05 }],
  },
});

const ONE = {
  points: { x: [-1, 0.5, 2], y: [-3, 1, 6], features: [[-1, 0.5, 2]] },
  ...{ guess: [0], model: { intercept: null }, steps: 3 },
};

/** @param {string} text */
const number = (text) => Number(text.replaceAll("−", "-"));
const lists = (/** @type {string} */ text) =>
  [...text.matchAll(/\[([^\]]*)\]/g)].map(([, inside]) => inside.split(", "));

describe("many parameters", () => {
  it("are shown by the first two and the last, and x by its shape", () => {
    const { view, next } = plainView(wishOf(11));
    const numbers = texts(show(wishOf(11)), ".numbers");
    expect(numbers[0]).toMatch(/^\(40, 11\) @ \(11,\): y_guess = \[\S+, \S+, …, \S+\]$/);
    const first = view.points.features.reduce(
      (/** @type {number} */ sum, /** @type {Float64Array} */ values, /** @type {number} */ k) =>
        sum + view.row.params[k] * values[0],
      view.row.params[10],
    );
    expect(number(lists(numbers[0])[0][0])).toBeCloseTo(first, 1);
    const [grad] = lists(numbers[2]);
    expect(grad).toHaveLength(4);
    expect(grad[2]).toBe("…");
    [0, 1, 10].forEach((i, k) => {
      expect(number(grad[k === 2 ? 3 : k])).toBeCloseTo(next.grad[i], 1);
    });
    expect(numbers[4]).toBe("a.grad = [0, 0, …, 0]");
  });

  it("are all shown where there are three, or one", () => {
    expect(lists(texts(show(wishOf(3)), ".numbers")[2])[0]).toHaveLength(3);
    const numbers = texts(show(ONE), ".numbers");
    expect(numbers[0]).toMatch(/^\(3, 1\) @ \(1,\): y_guess = /);
    expect(numbers[2]).toMatch(/^a\.grad = \[\S+\]$/);
    expect(numbers[4]).toBe("a.grad = [0]");
  });

  it("take the shape of a batch", () => {
    const wish = { ...wishOf(5), settings: { batch_size: 8 } };
    expect(texts(show(wish), ".numbers")[1]).toMatch(/^\(8, 5\) @ \(5,\): /);
  });

  it("have Newton's and BFGS's matrices by their corners", () => {
    const { view } = plainView(wishOf(9, "newton"));
    const rows = hessian(view.labels.bowl);
    const [h] = texts(show(wishOf(9, "newton")), ".numbers").slice(3);
    const row = (/** @type {number} */ i) =>
      `[${plain(rows[i][0])}, ${plain(rows[i][1])}, …, ${plain(rows[i][8])}]`;
    expect(h).toBe(`H = [${row(0)}, ${row(1)}, …, ${row(8)}]`);
    const [b] = texts(show({ ...wishOf(9, "bfgs"), steps: 0 }), ".numbers").slice(3);
    expect(b).toBe("B = [[1, 0, …, 0], [0, 1, …, 0], …, [0, 0, …, 1]]");
  });

  it.each(Object.keys(RULES).flatMap((name) => [1, 3, 4, 30].map((d) => [name, d])))(
    "add up as they are printed: %s, %d of them",
    (optimizer, d) => {
      const of = /** @type {string} */ (optimizer);
      const wish = d === 1 ? { ...ONE, runs: [{ optimizer: of }] } : wishOf(Number(d), of);
      const el = show({ ...wish, steps: 1 });
      expect(el.textContent).not.toMatch(/NaN|Infinity|undefined|\?/);
      const [update] = texts(el, ".update .numbers");
      const [, sign, rate = "1"] = update.match(/\] ([−+]) (?:(\S+) · )?\[/) ?? [];
      const [before, step, after] = lists(update);
      const factor = sign === "+" ? number(rate) : -number(rate);
      before.forEach((from, k) => {
        if (from === "…") return;
        const digits = after[k].split(".")[1]?.length ?? 0;
        const off = number(from) + factor * number(step[k]) - number(after[k]);
        expect(Math.abs(Math.round(off * 10 ** digits)), update).toBeLessThanOrEqual(1);
      });
    },
  );

  it("say how far along its direction conjugate gradient goes", () => {
    const { view, next } = plainView(wishOf(6, "cg"));
    const [, t] = texts(show(wishOf(6, "cg")), ".numbers").slice(3);
    const way = next.params[0] - view.row.params[0];
    expect(number(t.slice(4)) * next.memory[6]).toBeCloseTo(way, 2);
  });
});
