// The lines of an update: the numbers PyTorch has at each of them.

import { describe, expect, it } from "vitest";
import { RULES } from "../../../../js/core/rules.js";
import { fixed } from "../../../../js/views/charts/numbers.js";
import { linesOf } from "../../../../js/views/code/update-lines.js";
import { plainView } from "../../plain-view.js";
import { draw, items, show, texts } from "./shown.js";

/** @param {number[]} pair @param {number} digits */
const written = (pair, digits) => `[${pair.map((value) => fixed(value, digits)).join(", ")}]`;

describe("the lines of other rules", () => {
  it.each(Object.keys(RULES))("end where the next step does: %s", (optimizer) => {
    const { view, next } = plainView({
      runs: [{ optimizer }],
      steps: optimizer === "newton" ? 0 : 1,
    });
    const parts = linesOf(view, next).map(({ part }) => part);
    expect(parts.slice(0, 3)).toEqual(["guess", "loss", "grad"]);
    expect(parts.slice(-2)).toEqual(["update", "zero"]);
    expect(parts.slice(3, -2).every((part) => part === "memory")).toBe(true);
    const el = draw(view, { lines: linesOf(view, next), line: null, slowStep: () => {} });
    const update = texts(el, ".update .numbers")[0];
    const [slope, intercept] = view.row.params;
    const digits = update.indexOf(",") - update.indexOf(".") - 1;
    expect(update.startsWith(written([slope, intercept], digits))).toBe(true);
    expect(update.endsWith(`= ${written(next.params, digits)}`)).toBe(true);
    expect(el.textContent).not.toMatch(/NaN|Infinity|undefined|\?/);
  });

  it.each([
    ["momentum", "v = 0.9 * v + a.grad", "a -= lr * v"],
    ["nesterov", "v = 0.9 * v + a.grad", "a -= lr * (a.grad + 0.9 * v)"],
    ["adagrad", "s += a.grad ** 2", "a -= lr * a.grad / (s.sqrt() + 1e-10)"],
    ["rmsprop", "s = 0.99 * s + (1 - 0.99) * a.grad ** 2", "a -= lr * a.grad / (s.sqrt() + 1e-8)"],
    ["adam", "m = 0.9 * m + (1 - 0.9) * a.grad", "a -= lr * m_hat / (v_hat.sqrt() + 1e-8)"],
    ["bfgs", "B = bfgs(B, s, a.grad - g)", "s = t * d; a += s"],
    ["newton", "H = 2 * x.T @ x / len(x)", "a -= torch.linalg.pinv(H) @ a.grad"],
  ])("say what %s does", (optimizer, memory, update) => {
    const sources = texts(show({ runs: [{ optimizer }] }), ".source");
    expect(sources[3]).toBe(memory);
    expect(sources.at(-2)).toBe(`with torch.no_grad(): ${update}`);
  });

  it("show what the rule remembers", () => {
    const { next } = plainView({ runs: [{ optimizer: "adam" }] });
    const numbers = texts(show({ runs: [{ optimizer: "adam" }] }), ".numbers").slice(3);
    expect(numbers[0]).toBe(`m = ${written(next.memory.slice(0, 2), 3)}`);
    expect(numbers[2]).toBe("t = 15");
  });

  it("show the direction that conjugate gradient goes, and how far: the step", () => {
    const wish = { runs: [{ optimizer: "cg" }], steps: 1 };
    const { view, next } = plainView(wish);
    const [d, t] = texts(show(wish), ".numbers").slice(3);
    expect(d).toBe(`d = ${written(next.memory.slice(2), 2)}`);
    const length = Number(t.replace("t = ", ""));
    expect(length * next.memory[2]).toBeCloseTo(next.params[0] - view.row.params[0], 2);
  });

  it("take away what Newton's line takes away", () => {
    const numbers = texts(show({ runs: [{ optimizer: "newton" }], steps: 0 }), ".update .numbers");
    expect(numbers[0]).toMatch(
      /^\[−1\.00, 1\.00\] − \[−4\.\d\d, −1\.\d\d\] = \[3\.\d\d, 2\.\d\d\]$/,
    );
  });

  it("take the batch's points and its gradient, and say which loss is which", () => {
    const wish = { settings: { batch_size: 16 }, steps: 3 };
    const { view, next } = plainView(wish);
    const el = show(wish);
    expect(texts(el, ".source").slice(0, 3)).toEqual([
      "xb, yb = x[batch], y[batch]",
      "y_guess = xb @ a",
      "loss = ((y_guess - yb) ** 2).mean()",
    ]);
    const {
      params: [slope, intercept],
      loss,
    } = view.row;
    const squares = Array.from(
      next.batch,
      (i) => (slope * view.points.x[i] + intercept - view.points.y[i]) ** 2,
    );
    const mean = squares.reduce((sum, one) => sum + one, 0) / 16;
    const numbers = texts(el, ".numbers");
    expect(numbers[0]).toBe("16 of 100 points");
    expect(numbers[2]).toBe(`loss = ${mean.toFixed(4)} (of all points: ${loss.toFixed(4)})`);
    expect(numbers[3]).toBe(`a.grad = ${written(next.grad, 2)}`);
    expect(items(el)).toHaveLength(6);
  });

  it("leave out the numbers that are not known here", () => {
    const { view } = plainView({ settings: { batch_size: 16 } });
    const el = draw(view, { lines: linesOf(view, null), line: null, slowStep: () => {} });
    expect(texts(el, ".numbers")[4]).toBe("");
    expect(el.textContent).not.toMatch(/NaN|undefined/);
  });
});

describe("the arithmetic of the update", () => {
  const SUM = /^\[(.*), (.*)\] ([−+]) (?:(\S+) · )?\[(.*), (.*)\] = \[(.*), (.*)\]$/;
  const number = (/** @type {string} */ text) => Number(text.replaceAll("−", "-"));
  const decimalsOf = (/** @type {string} */ text) => text.split(".")[1]?.length ?? 0;

  /**
   * By how many units of its last digit each printed sum is off, as a calculator finds.
   * @param {string} update
   */
  function errors(update) {
    const [, ...[a1, a2, sign, rate = "1", s1, s2, b1, b2]] = update.match(SUM) ?? [];
    const one = sign === "+" ? number(rate) : -number(rate);
    return [
      [a1, s1, b1],
      [a2, s2, b2],
    ].map(([from, step, to]) => {
      const digits = decimalsOf(to);
      expect(decimalsOf(from)).toBe(digits);
      const off = (number(from) + one * number(step) - number(to)) * 10 ** digits;
      return Math.abs(Math.round(off));
    });
  }

  /** @param {import("../../plain-view.js").Wish} wish */
  const updateOf = (wish) => texts(show(wish), ".update .numbers")[0];

  it("shows small steps in as many decimals as they take", () => {
    expect(updateOf({ steps: 100 })).toMatch(
      /^\[3\.\d{5}, 2\.\d{5}\] − 0\.1 · \[−0\.00\d{3}, −?0\.00\d{3}\] = \[3\.\d{5}, 2\.\d{5}\]$/,
    );
  });

  it("has eight decimals at most, and keeps them where nothing changes any more", () => {
    for (const steps of [1000, 3000]) {
      const parts = updateOf({ steps }).match(/\d+\.\d+(?=[,\]])/g) ?? [];
      expect(parts.map(decimalsOf)).toEqual([8, 8, 8, 8, 8, 8]);
    }
  });

  it("never has fewer decimals while the steps of gradient descent shrink", () => {
    let before = 2;
    for (let steps = 0; steps < 300; steps += 5) {
      const digits = decimalsOf(updateOf({ steps }).split(",")[0]);
      expect(digits).toBeGreaterThanOrEqual(before);
      before = digits;
    }
    expect(before).toBe(8);
  });

  it.each(Object.keys(RULES))(
    "adds up whatever the line, the data and the rate typed: %s",
    (optimizer) => {
      let seed = 1;
      const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
      const between = (/** @type {number} */ low, /** @type {number} */ high) =>
        low + (high - low) * random();
      for (let k = 0; k < 300; k++) {
        const [scale, size] = [10 ** between(-1, 1), 10 ** between(-1, 1)];
        const x = Array.from({ length: 8 }, () => scale * between(-1, 2));
        const points = { x, y: x.map((value) => size * ((2 * value) / scale + between(0, 1))) };
        const guess = [(size / scale) * between(-3, 3), size * between(-3, 3)];
        const lr = Number((10 ** between(-3, 0.5)).toPrecision(4));
        const steps = Math.floor(10 ** between(0, 2)) - 1;
        const update = updateOf({ points, guess, steps, runs: [{ optimizer, lr }] });
        // Where training leads far away, numbers have exponents, and three digits.
        if (/[e∞?]/.test(update)) continue;
        expect(Math.max(...errors(update)), update).toBeLessThanOrEqual(1);
      }
    },
  );
});
