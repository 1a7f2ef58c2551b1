import { describe, expect, it } from "vitest";
import { bowlOf, criticalLr, mustBeFinite } from "../../../js/core/quadratic.js";
import cases from "../../golden/gradient_descent.json";
import { bowls } from "../../golden/points.json";

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("criticalLr", () => {
  it.each(cases)("is what the Hessian's largest eigenvalue says: $name", (golden) => {
    const mean_x = mean(golden.x);
    const var_x = mean(golden.x.map((x) => (x - mean_x) ** 2));
    const bowl = {
      ...{ n: golden.x.length, intercept: 1, mean_x: [mean_x], mean_y: 0 },
      ...{ cov_x: [[var_x]], best_slopes: [0], floor: 0 },
    };
    expect(criticalLr(bowl) / golden.critical_lr).toBeCloseTo(1, 12);
  });
});

describe("bowlOf", () => {
  it.each(bowls)("is exact to 1e-12: $name", ({ x, y, bowl: expected }) => {
    const { n, mean_x, mean_y, cov_x, best_slopes, floor } = bowlOf([x], y);
    const bowl = {
      n,
      mean_x: mean_x[0],
      mean_y,
      var_x: cov_x[0][0],
      best_slope: best_slopes[0],
      floor,
    };
    expect(Object.keys(bowl)).toEqual(Object.keys(expected));
    Object.values(expected).forEach((value, i) => {
      const off = Math.abs(Object.values(bowl)[i] - value);
      expect(off, Object.keys(bowl)[i]).toBeLessThanOrEqual(1e-12 * Math.abs(value));
    });
  });
});

describe("mustBeFinite", () => {
  it.each([
    [[0, 1e200], [0, 1], /^x and y must be small .* values up to 1e\+200 in x and 1 in y$/],
    [[0, 1e-156], [0, 1], /^x is too small for y: .* values up to 1e-156 in x and 1 in y$/],
  ])("says what is too large or too small: x up to %d", (x, y, problem) => {
    const points = { x: Float64Array.from(x), y: Float64Array.from(y) };
    expect(() => mustBeFinite(bowlOf([x], y), points)).toThrow(problem);
  });
});
