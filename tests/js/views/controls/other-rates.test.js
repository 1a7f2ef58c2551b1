// The learning rate where the loss is no bowl: no more is said than is known.

import { describe, expect, it } from "vitest";
import { objectiveOf } from "../../../../js/core/objective.js";
import { otherZones } from "../../../../js/views/controls/other-rates.js";
import { texts } from "../code/shown.js";
import { show } from "./panel.js";

const POINTS = { x: [-1, 0, 1, 2], y: [0, 1, 0, 1] };

describe("the rates of other losses", () => {
  it("go down up to 8 / λmax of xᵀx / n, for yes or no", () => {
    const { el, view } = show({ points: POINTS, runs: [{ loss: { kind: "cross_entropy" } }] });
    const [a, b] = [1.5, 0.5]; // xᵀx / n is [[a, b], [b, 1]]
    const largest = (a + 1) / 2 + Math.hypot((a - 1) / 2, b);
    const plan = /** @type {any} */ ({ optimizer: "gd", lr: 0.1 });
    const [down, above] = otherZones(plan, objectiveOf(view));
    expect(down).toEqual({ name: "goes down", from: 0, to: expect.closeTo(8 / largest, 9) });
    expect(above.name).toBe("");
    expect(texts(el, ".zone-words span")).toEqual(["goes down", ""]);
    expect(texts(el, ".forecast")).toEqual(["above: not known"]);
  });

  it.each([
    ["the absolute error", { loss: { kind: "mae" } }],
    ["a function", { loss: { kind: "function", function: "rosenbrock" } }],
    ["a rule with a memory", { loss: { kind: "huber" }, optimizer: "momentum" }],
  ])("are not known for %s, and it says so", (_, run) => {
    const { el, named } = show({ runs: [run] });
    expect(texts(el, ".zone-words span")).toEqual([""]);
    expect(texts(el, ".forecast")).toEqual(["effect not known"]);
    expect(el.querySelector("button.suggestion")).toBeNull();
    expect(named("Learning rate").getAttribute("aria-valuetext")).toBe("0.1");
  });

  it("are none where a line search looks for the length, and it says so", () => {
    const { el } = show({ runs: [{ loss: { kind: "mae" }, optimizer: "bfgs" }] });
    const [words] = texts(el, ".setting.lr");
    expect(words).toBe("The line search tries lengths, and evaluates the loss for each.");
  });
});
