// The lines of other losses than the mean square, and of functions.

import { describe, expect, it } from "vitest";
import { otherLoss } from "../../../../js/views/code/other-losses.js";
import { show, texts } from "./shown.js";

const sources = (/** @type {import("../../plain-view.js").Wish} */ wish) =>
  texts(show(wish), ".source");

describe("the loss's line", () => {
  it.each([
    [{ kind: "mae" }, "loss = F.l1_loss(y_guess, y)"],
    [{ kind: "huber", delta: 0.5 }, "loss = F.huber_loss(y_guess, y, delta=0.5)"],
    [{ kind: "cross_entropy" }, "loss = F.binary_cross_entropy_with_logits(y_guess, y)"],
    [{ kind: "mse", ridge: 0.1 }, "loss = ((y_guess - y) ** 2).mean() + 0.1 * (a[:-1] ** 2).sum()"],
  ])("is PyTorch's own: %o", (loss, line) => {
    const points = { x: [0, 1, 2], y: [0, 0, 1] };
    expect(sources({ points, runs: [{ loss }] })[1]).toBe(line);
  });

  it.each([
    [null, 2, "(a ** 2).sum()"],
    [0, 3, "(a[1:] ** 2).sum()"],
    [1, 3, "((a[:1] ** 2).sum() + (a[2:] ** 2).sum())"],
    [0, 1, ""],
  ])("pulls at all but the intercept: at %s of %d", (intercept, d, sum) => {
    const labels = {
      ...{ objectives: [{ kind: "mae", ridge: 2 }], model: { intercept }, names: Array(d) },
    };
    const found = otherLoss(/** @type {any} */ ({ labels, chosen: 0 }), "y");
    expect(found).toBe(`F.l1_loss(y_guess, y)${sum && ` + 2 * ${sum}`}`);
  });
});

describe("the lines of a function", () => {
  it("are its own, and then the step's", () => {
    const code = ["def f(x, y):", "    return x ** 2 - y ** 2"];
    const f = { name: "saddle", code, minima: [], frame: [] };
    const runs = [{ loss: { kind: "function", function: "saddle" } }];
    const lines = sources({ runs, labels: { function: f, names: ["x", "y"] } });
    expect(lines).toEqual([
      ...["def f(x, y):", "return x ** 2 - y ** 2", "loss = f(*a)", "loss.backward()"],
      ...["with torch.no_grad(): a -= lr * a.grad", "a.grad.zero_()"],
    ]);
  });
});

describe("a line search where there is no bowl", () => {
  it.each(["cg", "bfgs", "lbfgs"])("of %s looks, and has no formula", (optimizer) => {
    const lines = sources({ runs: [{ optimizer, loss: { kind: "huber" } }] });
    expect(lines.join("\n")).toContain("t = line_search(loss, a, d)");
  });

  it("is none of Newton's, whose curvature is that of the place", () => {
    const wish = { runs: [{ optimizer: "newton", loss: { kind: "cross_entropy" } }] };
    const points = { x: [0, 1, 2, 3], y: [0, 1, 0, 1] };
    const shown = show({ ...wish, points, guess: [0, 0], steps: 0 });
    expect(texts(shown, ".source").join("\n")).toContain("H = torch.func.hessian(loss)(a)");
    // A quarter of the mean of x², of x and of 1.
    expect(texts(shown, ".numbers")).toContain("H = [[0.875, 0.375], [0.375, 0.25]]");
  });

  it("and of squares with a ridge both heed the ridge", () => {
    const loss = { kind: "mse", ridge: 0.5 };
    const newton = show({ runs: [{ optimizer: "newton", loss }] });
    expect(texts(newton, ".source").join("\n")).toContain("H = torch.func.hessian(loss)(a)");
    const lines = sources({ runs: [{ optimizer: "bfgs", loss }] });
    expect(lines.join("\n")).toContain("t = line_search(loss, a, d)");
  });
});
