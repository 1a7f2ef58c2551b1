// Where training is, in a few numbers.

import { render } from "lit-html";
import { describe, expect, it } from "vitest";
import { readout } from "../../../../js/views/controls/readout.js";
import { sentence } from "../../../../js/views/controls/status.js";
import { plainView } from "../../plain-view.js";
import { severalFeatures } from "../../several-features.js";

const number = (/** @type {any} */ text) => Number(text.replace("−", "-"));

it("writes out steps, however many", () => {
  const { view } = plainView();
  const row = { ...view.row, step: 12345678 };
  const el = document.createElement("div");
  render(readout(Object.create(view, { row: { value: row } })), el);
  expect(el.querySelector(".value.step")?.textContent).toBe("12,345,678");
});

it("writes the step alone, where it is not drawn in full", () => {
  const el = document.createElement("div");
  const values = () => [...el.querySelectorAll(".value")].map((one) => one.textContent);
  render(readout(plainView({ steps: 1 }).view), el);
  const [, ...others] = values();
  const { view } = plainView({ steps: 2 });
  render(readout(view, false), el);
  expect(values()).toEqual(["2", ...others]);
  render(readout(view), el);
  expect(values().slice(1)).not.toEqual(others);
});

it("has the epoch, where steps see batches", () => {
  const epochIn = (/** @type {import("../../plain-view.js").Wish} */ wish) => {
    const el = document.createElement("div");
    render(readout(plainView(wish).view), el);
    return el.querySelector(".value.epoch")?.textContent;
  };
  expect(epochIn({ settings: { batch_size: 16 }, steps: 10 })).toBe("1.43");
  expect(epochIn({})).toBe(undefined);
  expect(epochIn({ settings: { batch_size: 16 }, runs: [{ optimizer: "bfgs" }] })).toBe(undefined);
});

describe("the parameters", () => {
  /** @param {string[]} names */
  const shown = (names) => {
    const d = names.length;
    const points = severalFeatures(d - 1, 20, ([value]) => 3 * value);
    const guess = Array.from({ length: d }, (_, i) => i - 1);
    const wish = { points, guess, model: { intercept: d - 1 }, steps: 0, labels: { names } };
    const el = document.createElement("div");
    const { view } = plainView(wish);
    render(readout(view), el);
    const pairs = [...el.querySelectorAll(".pair")].map((pair) =>
      [...pair.children].map((one) => one.textContent),
    );
    return { pairs: pairs.slice(1, -1), sentence: sentence(view) };
  };

  it("have their names where these have room", () => {
    const { pairs, sentence } = shown(["rooms", "age", "intercept"]);
    expect(pairs.map(([name]) => name)).toEqual(["rooms", "age", "intercept"]);
    expect(number(pairs[0][1])).toBe(-1);
    expect(sentence).toMatch(/^Step 0: rooms −1\.\d+, age 0\.\d+, intercept 1\.\d+, loss /);
  });

  it.each([
    ["many", ["x", "x^2", "x^3", "x^4", "intercept"]],
    ["long", ["square metres of the ground", "age", "years since it was sold", "intercept"]],
  ])("are one list where they are %s", (_, names) => {
    const { pairs, sentence } = shown(names);
    expect(pairs).toHaveLength(1);
    expect(pairs[0][0]).toBe("a");
    expect(pairs[0][1]).toMatch(/^\[−1\.\d+, 0\.\d+, …, \d\.\d+\]$/);
    expect(sentence).toContain(`a ${pairs[0][1]}, loss `);
  });

  it("are explained as what they are, whatever they are called", () => {
    const { view } = plainView({ labels: { names: ["constructor", "step"] } });
    const el = document.createElement("div");
    render(readout(view), el);
    const terms = [...el.querySelectorAll("[data-term]")].map((one) =>
      one.getAttribute("data-term"),
    );
    expect(terms).toEqual(["step", "parameter", "parameter", "loss"]);
  });
});
