// The optimizer and its settings: what can be chosen, and what a run heeds.

import { describe, expect, it } from "vitest";
import { RULES } from "../../../../js/core/rules.js";
import { show } from "./panel.js";

/** @param {string} optimizer @param {Record<string, any>} [settings] */
const withRule = (optimizer, settings) => show({ runs: [{ optimizer }], settings });

const SETTINGS = ["Batch size", "Momentum", "Alpha", "Beta 1", "Beta 2"];

describe("the optimizer", () => {
  it("is one of ten, by the names that races have too", () => {
    const { named } = show();
    const groups = [...named("Optimizer").querySelectorAll("optgroup")];
    expect(groups.map((group) => group.label)).toEqual(["first order", "line search"]);
    const options = [...named("Optimizer").querySelectorAll("option")];
    expect(options.map(({ value }) => value)).toEqual(Object.keys(RULES));
    expect(options.map(({ textContent }) => textContent)).toEqual(
      Object.values(RULES).map(({ label }) => label),
    );
    expect(named("Optimizer").value).toBe("gd");
  });

  it("is asked for, and explained", () => {
    const { asked, change } = show();
    change("Optimizer", "adam");
    expect(asked).toEqual([["setOptimizer", "adam"]]);
    for (const name of Object.keys(RULES)) {
      const { el, named } = withRule(name);
      expect(named("Optimizer").value).toBe(name);
      expect(el.querySelector(".explained")?.textContent?.trim()).toMatch(/^\S.{40,110}\.$/);
    }
  });

  it("shows the settings that it heeds, and no others", () => {
    const shown = (/** @type {string} */ rule) => {
      const { named } = withRule(rule);
      return SETTINGS.filter((name) => named(name));
    };
    expect(shown("gd")).toEqual(["Batch size"]);
    expect(shown("momentum")).toEqual(["Batch size", "Momentum"]);
    expect(shown("nesterov")).toEqual(["Batch size", "Momentum"]);
    expect(shown("rmsprop")).toEqual(["Batch size", "Alpha"]);
    expect(shown("adam")).toEqual(["Batch size", "Beta 1", "Beta 2"]);
    for (const rule of ["cg", "bfgs", "lbfgs", "newton"]) expect(shown(rule)).toEqual([]);
  });

  it("is no choice where code in Python makes the steps", () => {
    const { named, el } = show({ runs: [{ optimizer: "update()", outside: true }] });
    expect(named("Optimizer").disabled).toBe(true);
    expect(named("Optimizer").value).toBe("update()");
    expect(SETTINGS.some((name) => named(name))).toBe(false);
    expect(el.querySelector(".explained")?.textContent).toContain(
      "Code in Python makes each step.",
    );
  });
});

describe("its settings", () => {
  it.each([
    ["0", 0],
    ["1", 0.9],
    ["2", 0.99],
    ["3", 0.999],
    ["1.3", 0.95],
    ["0.3", 0.5],
  ])("count nines: at %s of the slider is %d", (place, value) => {
    const { asked, change, named } = withRule("momentum");
    expect(named("Momentum").value).toBe("1");
    expect(named("Momentum").getAttribute("aria-valuetext")).toBe("0.9");
    change("Momentum", place, "input");
    expect(asked).toEqual([["setRule", { momentum: value }]]);
  });

  it("change at every step of the slider", () => {
    const { asked, view, change, named, draw } = withRule("momentum", { momentum: 0 });
    for (let i = 1; i <= 60; i++) {
      change("Momentum", String(i * 0.05), "input");
      view.settings.momentum = asked[asked.length - 1][1].momentum;
      draw();
      expect(Number(named("Momentum").value)).toBeCloseTo(i * 0.05, 9);
    }
    expect(new Set(asked.map(([, { momentum }]) => momentum)).size).toBe(60);
    expect(view.settings.momentum).toBe(0.999);
  });

  it("keep the other beta", () => {
    const { asked, change } = withRule("adam");
    change("Beta 1", "0.3", "input");
    change("Beta 2", "2", "input");
    expect(asked).toEqual([
      ["setRule", { betas: [0.5, 0.999] }],
      ["setRule", { betas: [0.9, 0.99] }],
    ]);
  });

  it("offer no batches of one point, or of a function, which has none", () => {
    const points = { x: [2], y: [3] };
    const { named } = show({ points });
    expect(named("Batch size")).toBe(null);
  });

  it("offer batches of all points, of powers of two, and of the size there is", () => {
    const { named, asked, change } = withRule("gd", { batch_size: 10 });
    const options = [...named("Batch size").querySelectorAll("option")].map((o) => o.textContent);
    expect(options).toEqual(["all", "1", "2", "4", "8", "10", "16", "32", "64"]);
    expect(named("Batch size").value).toBe("10");
    change("Batch size", "16");
    change("Batch size", "");
    expect(asked).toEqual([
      ["setRule", { batch_size: 16 }],
      ["setRule", { batch_size: null }],
    ]);
    expect(withRule("gd", { batch_size: 100 }).named("Batch size").value).toBe("");
  });
});
