// The code panel: the numbers PyTorch has at each line, and how far a slow step has come.

import { render } from "lit-html";
import { describe, expect, it } from "vitest";
import { RULES } from "../../../js/core/rules.js";
import { code, printed } from "../../../js/views/code/code.js";
import { fixed } from "../../../js/views/charts/numbers.js";
import { linesOf } from "../../../js/views/code/update-lines.js";
import cases from "../../golden/gradient_descent.json";
import { plainView } from "../plain-view.js";

const lesson = cases[0];

/**
 * @param {import("../plain-view.js").Wish} [wish]
 * @param {number | null} [line]
 * @param {() => void} [slowStep]
 */
function show(wish, line = null, slowStep = () => {}) {
  const { view, next } = plainView(wish);
  const el = document.createElement("div");
  render(code(view, { lines: linesOf(view, next), line, slowStep }), el);
  return el;
}

/** @param {Element} el @param {string} selector */
const texts = (el, selector) =>
  Array.from(el.querySelectorAll(selector), (found) =>
    (found.textContent ?? "").replace(/\s+/g, " ").trim(),
  );

/** @param {Element} el */
const items = (el) => [...el.querySelectorAll("[role=list] > [role=listitem]")];

describe("the code panel", () => {
  it("shows the update as one would type it", () => {
    expect(texts(show({ steps: 0 }), ".source")).toEqual([
      "y_guess = x @ a",
      "loss = ((y_guess - y) ** 2).mean()",
      "loss.backward()",
      "with torch.no_grad(): a -= lr * a.grad",
      "a.grad.zero_()",
    ]);
  });

  it("shows the numbers PyTorch had at each line, and those of its next row", () => {
    const [slope, intercept, loss, gradSlope, gradIntercept] = lesson.rows[14].map((value, i) =>
      value.toFixed(i === 2 ? 4 : 2).replace("-", "−"),
    );
    const [nextSlope, nextIntercept] = lesson.rows[15].map((value) => value.toFixed(2));
    const a = `[${slope}, ${intercept}]`;
    const grad = `[${gradSlope}, ${gradIntercept}]`;
    expect(grad).toMatch(/^\[−\d\.\d\d, −\d\.\d\d\]$/);
    expect(texts(show(), ".numbers")).toEqual([
      `a = ${a}`,
      loss,
      `a.grad = ${grad}`,
      `${a} − 0.1 · ${grad} = [${nextSlope}, ${nextIntercept}]`,
      "a.grad = [0, 0]",
    ]);
  });

  it("takes the rate of the step to come, not of the one that was made", () => {
    const update = texts(show({ steps: 0, runs: [{ lr: 0.5 }] }), ".numbers")[3];
    const [slope, intercept, , gradSlope, gradIntercept] = lesson.rows[0];
    const next = [slope - 0.5 * gradSlope, intercept - 0.5 * gradIntercept];
    expect(update).toContain("− 0.5 ·");
    expect(update).toContain(`= [${next.map((value) => value.toFixed(2)).join(", ")}]`);
  });

  it("gives every number room for its sign, so that none moves another", () => {
    for (const slot of show({ steps: 0 }).querySelectorAll(".slot")) {
      expect(slot.getAttribute("style")).toBe("min-width: 5ch;");
    }
  });

  it("gives gradients the decimals that the data ask for", () => {
    const steep = cases.find(({ name }) => name === "x in 0 to 100");
    if (!steep) throw new Error("no such case");
    const [slope, intercept] = steep.rows[0];
    const wish = { points: steep, guess: [slope, intercept], steps: 0, runs: [{ lr: 1e-4 }] };
    const numbers = texts(show(wish), ".numbers");
    expect(numbers[2]).toBe("a.grad = [−12181, −193]");
  });

  it("has no current line while no slow step is under way", () => {
    const el = show();
    expect(items(el)).toHaveLength(5);
    expect(el.querySelectorAll(".current, .pending, [aria-current]")).toHaveLength(0);
  });

  it.each([0, 1, 2, 3, 4])("marks line %i, and shows no numbers of those to come", (line) => {
    const el = show({}, line);
    const marked = items(el).map((item) => item.getAttribute("aria-current"));
    expect(marked).toEqual([0, 1, 2, 3, 4].map((i) => (i === line ? "step" : null)));
    const classes = items(el).map((item) => item.className.replace(/code-line|update/g, "").trim());
    const expected = [0, 1, 2, 3, 4].map((i) =>
      i < line ? "" : i === line ? "current" : "pending",
    );
    expect(classes).toEqual(expected);
  });

  it("goes on by a button", () => {
    let steps = 0;
    const slowStep = () => {
      steps += 1;
    };
    const button = (/** @type {Element} */ el) =>
      /** @type {HTMLButtonElement} */ (el.querySelector("button"));
    const alive = button(show({}, null, slowStep));
    expect(alive.textContent?.trim()).toBe("Slow step");
    alive.click();
    expect(steps).toBe(1);
  });

  it("writes what is beyond all numbers as such", () => {
    const el = show({ steps: 0, guess: [1e150, -1e150], runs: [{ lr: 1e200 }] });
    expect(el.textContent).not.toMatch(/NaN|Infinity/);
    expect(texts(el, ".numbers")[3]).toContain("= [−∞, ∞]");
  });
});

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
    const el = document.createElement("div");
    render(code(view, { lines: linesOf(view, next), line: null, slowStep: () => {} }), el);
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
    expect(numbers[2]).toBe(`${mean.toFixed(4)} (of all points: ${loss.toFixed(4)})`);
    expect(numbers[3]).toBe(`a.grad = ${written(next.grad, 2)}`);
    expect(items(el)).toHaveLength(6);
  });

  it("leave out the numbers that are not known here", () => {
    const { view } = plainView({ settings: { batch_size: 16 } });
    const el = document.createElement("div");
    render(code(view, { lines: linesOf(view, null), line: null, slowStep: () => {} }), el);
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

  /** @param {import("../plain-view.js").Wish} wish */
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

describe("the user's own code", () => {
  const own = {
    runs: [{ optimizer: "update", outside: true }],
    labels: { code: ["def update():", "    <b>loss</b>.backward()", "    a.grad.zero_()"] },
  };

  it("stands there as it is written, without a slow step", () => {
    const el = show(own);
    expect([...el.querySelectorAll(".source")].map((source) => source.textContent)).toEqual(
      own.labels.code,
    );
    expect(el.querySelector("b")).toBe(null);
    expect(el.querySelector("button")).toBe(null);
    expect(el.querySelector("[aria-current]")).toBe(null);
  });

  it("has the line marked that failed", () => {
    const problem = { message: "no grad", hint: "", traceback: "", line: 1 };
    const el = show({ ...own, changes: { problem } });
    expect(items(el).map((item) => item.getAttribute("aria-current"))).toEqual([
      null,
      "step",
      null,
    ]);
    expect(el.querySelectorAll(".pending")).toHaveLength(0);
  });

  it("may be unknown", () => {
    expect(items(show({ runs: own.runs }))).toHaveLength(0);
  });

  it("has what it printed below, as text", () => {
    const el = document.createElement("div");
    render(printed(plainView({ changes: { printed: "<i>7.95</i>\n" } }).view), el);
    expect(el.querySelector("pre")?.textContent).toBe("<i>7.95</i>\n");
    render(printed(plainView().view), el);
    expect(el.querySelector("details")).toBe(null);
  });
});
