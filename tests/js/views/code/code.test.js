// The code panel: how far a slow step has come, and code that is not ours.

import { render } from "lit-html";
import { describe, expect, it } from "vitest";
import { printed } from "../../../../js/views/code/code.js";
import { linesOf } from "../../../../js/views/code/update-lines.js";
import { RULES } from "../../../../js/core/rules.js";
import cases from "../../../golden/gradient_descent.json";
import { plainView } from "../../plain-view.js";
import { draw, items, show, texts } from "./shown.js";

const lesson = cases[0];

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
    const at = lesson.rows[14];
    const [first, second, last] = [0, 1, 99].map((i) =>
      (at[0] * lesson.x[i] + at[1]).toFixed(2).replace("-", "−"),
    );
    expect(texts(show(), ".numbers")).toEqual([
      `y_guess = [${first}, ${second}, …, ${last}]`,
      `loss = ${loss}`,
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
    for (const slot of show({ steps: 0 }).querySelectorAll(".pair .slot")) {
      expect(slot.getAttribute("style")).toBe("width: 5ch;");
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
    const el = show({}, null, slowStep);
    el.look.showsCode = false;
    const alive = /** @type {HTMLButtonElement} */ (el.querySelector("button:not(.fold)"));
    expect(alive.textContent?.trim()).toBe("Slow step");
    alive.click();
    expect(steps).toBe(1);
    expect(el.look.showsCode, "else nothing of it is seen").toBe(true);
  });

  it("writes what is beyond all numbers as such", () => {
    const el = show({ steps: 0, guess: [1e150, -1e150], runs: [{ lr: 1e200 }] });
    expect(el.textContent).not.toMatch(/NaN|Infinity/);
    expect(texts(el, ".numbers")[3]).toContain("= [−∞, ∞]");
  });
});

describe("the lines, folded", () => {
  const { view, next } = plainView();
  const lines = linesOf(view, next);
  const walk = (/** @type {number | null} */ line) => ({ lines, line, slowStep: () => {} });

  it.each([
    { because: "there is room", showsCode: null, isRoomy: true, line: null, isOpen: true },
    { because: "there is none", showsCode: null, isRoomy: false, line: null, isOpen: false },
    { because: "a line is current", showsCode: null, isRoomy: false, line: 1, isOpen: true },
    { because: "they were closed", showsCode: false, isRoomy: true, line: null, isOpen: false },
    { because: "they were opened", showsCode: true, isRoomy: false, line: null, isOpen: true },
  ])("are open or not: $because", ({ showsCode, isRoomy, line, isOpen }) => {
    const el = draw(view, walk(line), showsCode, isRoomy);
    expect(items(el)).toHaveLength(isOpen ? 5 : 0);
    const row = /** @type {HTMLButtonElement} */ (el.querySelector(".fold"));
    expect(row.textContent).toBe("The five lines");
    expect(row.ariaExpanded).toBe(String(isOpen));
    row.click();
    expect(el.look.showsCode).toBe(!isOpen);
  });

  it("are as many as the rule has", () => {
    const rows = Object.keys(RULES).map((optimizer) => {
      const one = plainView({ runs: [{ optimizer }], settings: { batch_size: 16 } });
      const lines = linesOf(one.view, one.next);
      const el = draw(one.view, { lines, line: null, slowStep: () => {} });
      return [el.querySelector(".fold")?.textContent, items(el).length];
    });
    expect(new Set(rows.map(String))).toEqual(
      new Set(["The six lines,6", "The seven lines,7", "The nine lines,9", "The eight lines,8"]),
    );
  });
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
    expect(texts(el, "button")).toEqual(["Your code"]);
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
