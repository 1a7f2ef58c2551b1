// The code panel: the numbers PyTorch has at each line, and how far a slow step has come.

import { render } from "lit-html";
import { describe, expect, it } from "vitest";
import { bowlOf } from "../../js/quadratic.js";
import { code } from "../../js/views/code.js";
import cases from "../golden/gradient_descent.json";

const lesson = cases[0];

/**
 * @param {number} step
 * @param {Record<string, any>} [changes]
 */
function viewOf(step, changes = {}) {
  const [slope, intercept, loss, grad_slope, grad_intercept] = lesson.rows[step];
  const row = { step, slope, intercept, loss, grad_slope, grad_intercept, lr: lesson.lr };
  const labels = { bowl: bowlOf(lesson.x, lesson.y) };
  return /** @type {any} */ ({ row, labels, lr: lesson.lr, link: "live", ...changes });
}

/**
 * @param {any} view
 * @param {number | null} [line]
 * @param {() => void} [slowStep]
 */
function show(view, line = null, slowStep = () => {}) {
  const el = document.createElement("div");
  render(code(view, { line, slowStep }), el);
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
    expect(texts(show(viewOf(0)), ".source")).toEqual([
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
    expect(texts(show(viewOf(14)), ".numbers")).toEqual([
      `a = ${a}`,
      loss,
      `a.grad = ${grad}`,
      `${a} − 0.1 · ${grad} = [${nextSlope}, ${nextIntercept}]`,
      "a.grad = [0, 0]",
    ]);
  });

  it("takes the rate of the step to come, not of the one that was made", () => {
    const update = texts(show(viewOf(0, { lr: 0.5 })), ".numbers")[3];
    const [slope, intercept, , gradSlope, gradIntercept] = lesson.rows[0];
    const next = [slope - 0.5 * gradSlope, intercept - 0.5 * gradIntercept];
    expect(update).toContain("− 0.5 ·");
    expect(update).toContain(`= [${next.map((value) => value.toFixed(2)).join(", ")}]`);
  });

  it("gives every number room for its sign, so that none moves another", () => {
    for (const slot of show(viewOf(0)).querySelectorAll(".slot")) {
      expect(slot.getAttribute("style")).toBe("min-width: 5ch;");
    }
  });

  it("gives gradients the decimals that the data ask for", () => {
    const steep = cases.find(({ name }) => name === "x in 0 to 100");
    if (!steep) throw new Error("no such case");
    const [slope, intercept, loss, grad_slope, grad_intercept] = steep.rows[0];
    const row = { step: 0, slope, intercept, loss, grad_slope, grad_intercept, lr: steep.lr };
    const labels = { bowl: bowlOf(steep.x, steep.y) };
    const numbers = texts(show(viewOf(0, { row, labels, lr: steep.lr })), ".numbers");
    expect(numbers[2]).toBe("a.grad = [−12181, −193]");
  });

  it("has no current line while no slow step is under way", () => {
    const el = show(viewOf(3));
    expect(items(el)).toHaveLength(5);
    expect(el.querySelectorAll(".current, .pending, [aria-current]")).toHaveLength(0);
  });

  it.each([0, 1, 2, 3, 4])("marks line %i, and shows no numbers of those to come", (line) => {
    const el = show(viewOf(3), line);
    const marked = items(el).map((item) => item.getAttribute("aria-current"));
    expect(marked).toEqual([0, 1, 2, 3, 4].map((i) => (i === line ? "step" : null)));
    const classes = items(el).map((item) => item.className.replace("code-line", "").trim());
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
    const alive = button(show(viewOf(0), null, slowStep));
    expect(alive.textContent?.trim()).toBe("Slow step");
    alive.click();
    expect(steps).toBe(1);
  });

  it("writes what is beyond all numbers as such", () => {
    const { row } = viewOf(0);
    const last = { ...row, slope: 1e300, intercept: -1e300, grad_slope: -1e308, grad_intercept: 9 };
    const el = show(viewOf(0, { row: last, lr: 100 }));
    expect(el.textContent).not.toMatch(/NaN|Infinity/);
    expect(texts(el, ".numbers")[3]).toContain("= [∞, −1.00e+300]");
  });
});
