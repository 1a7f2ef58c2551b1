// Numbers as they are read.

import { describe, expect, it } from "vitest";
import { decimals, fixed, plain } from "../../../../js/views/charts/numbers.js";

describe("numbers", () => {
  it.each([
    [1.005, 2, "1.00"],
    [-2.5, 2, "−2.50"],
    [-0.001, 2, "0.00"],
    [12345678, 2, "1.23e+7"],
    [-1e300, 2, "−1.00e+300"],
  ])("shows %d with %i decimals as %s", (value, digits, text) => {
    expect(fixed(value, digits)).toBe(text);
  });

  it.each([
    [0.1, "0.1"],
    [0.75123, "0.751"],
    [-20, "−20"],
    [0, "0"],
    [0.0003, "0.0003"],
    [0.00003, "3e−5"],
    [1e12, "1e+12"],
  ])("writes %d as a person would: %s", (value, text) => {
    expect(plain(value)).toBe(text);
  });

  it("gives each quantity the decimals its size asks for", () => {
    const bowl = {
      ...{ n: 100, intercept: 1, mean_x: [0], mean_y: 2.5 },
      ...{ cov_x: [[0.33]], best_slopes: [3], floor: 0.0732 },
    };
    expect(decimals(bowl)).toEqual({ params: [2, 2], guess: 2, loss: 4 });
    expect(decimals({ ...bowl, best_slopes: [3000] }).params[0]).toBe(0);
    expect(decimals({ ...bowl, best_slopes: [0], floor: 0, mean_y: 0 }).loss).toBe(2);
  });
});
