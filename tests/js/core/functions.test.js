// Known functions in a page: rows as PyTorch's loop of them makes, and what a page begins with.

import { describe, expect, it } from "vitest";
import { objectiveFor } from "../../../js/core/objective.js";
import { FUNCTIONS, functionStart } from "../../../js/core/functions.js";
import { decimals, fixed } from "../../../js/views/charts/numbers.js";
import { SETTINGS } from "../../../js/core/settings.js";
import { begin } from "../../../js/sources/start.js";
import { newBrowserSource } from "../../../js/sources/browser.js";

const NAMES = Object.keys(FUNCTIONS);

/** The source's answer to so many steps. @param {Record<string, any>} given @param {number} steps */
async function trained(given, steps) {
  const source = newBrowserSource(begin(given));
  /** @type {any} */
  const heard = {};
  const keep = (/** @type {any} */ state) => Object.assign(heard, state);
  source.open({ opened: keep, changed: keep, arrived() {}, failed() {}, linked() {} });
  let after = 0;
  while (after < steps) {
    const answer = await source.pull(after, steps - after);
    if (!answer) throw new Error("nothing came");
    const rows = answer.rows[0];
    after = rows[rows.length - answer.widths[0]];
    if (answer.ended) break;
  }
  await source.command("seek", { step: after });
  source.close();
  return heard;
}

const WRITTEN = ["2.2500", "24.200", "170.00", "14.203", "33.620", "0.96154"];

describe("a function", () => {
  it.each(NAMES)("%s begins where Python begins, and has a setting", (name) => {
    expect(SETTINGS.function.isRight(name)).toBe(true);
    const { told, guess, bowl, model, points } = functionStart(name);
    const objective = objectiveFor({ kind: "function", function: name }, { bowl, sample: points });
    expect(objective.isKnown).toBe(true);
    expect(objective.gradient(guess).every(Number.isFinite)).toBe(true);
    for (const place of told.minima) {
      expect(Math.hypot(...objective.gradient(place).slice(1))).toBeLessThan(1e-9);
      expect(objective.isAtFloor(place)).toBe(true);
    }
    expect(model.features).toEqual(told.names);
    const { snapshot } = begin({ function: name });
    expect(snapshot.panels).toEqual(["surface", "loss", "code"]);
    expect([snapshot.guess, snapshot.runs[0].lr]).toEqual([guess, FUNCTIONS[name].lr]);
    expect(begin({ function: name, lr: 0.2 }).snapshot.runs[0].lr).toBe(0.2);
  });

  it("has its loss written with three digits of a hundredth of the guess's", () => {
    const written = NAMES.map((name) => {
      const { bowl, guess } = functionStart(name);
      return fixed(FUNCTIONS[name].value(guess[0], guess[1]), decimals(bowl).loss);
    });
    expect(written).toEqual(WRITTEN);
  });

  it("trains on in a page, where it converges, and says where it rests without being least", async () => {
    const found = await trained({ function: "himmelblau", lr: 0.01 }, 400);
    expect(found.status).toBe("converged");
    expect(found.runs[0].row[1]).toBeCloseTo(3, 4);
    const ridge = await trained({ function: "saddle", guess: [1, 0], lr: 0.1 }, 300);
    expect(ridge.advice).toMatch(/^The gradient is 0 here/);
    expect((await trained({ function: "saddle", optimizer: "newton" }, 0)).advice).toMatch(
      /Newton/,
    );
  });

  it("has no points, and no other loss", () => {
    expect(() => begin({ function: "saddle", x: [1], y: [2] })).toThrow("x must be left out");
    expect(() => begin({ function: "sadle" })).toThrow("function must be one of 'saddle'");
  });

  it("of the reader's own is not computed here", () => {
    const { bowl, points } = functionStart("saddle");
    const own = objectiveFor({ kind: "function", function: null }, { bowl, sample: points });
    expect(own.isKnown).toBe(false);
    expect(own.least).toBeNull();
  });
});
