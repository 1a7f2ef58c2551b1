import { describe, expect, it } from "vitest";
import { gradientDescent } from "../../js/rules.js";
import cases from "../golden/gradient_descent.json";

describe("gradientDescent", () => {
  it.each(cases)("makes PyTorch's next row of each row: $name", ({ rows, lr }) => {
    for (let step = 0; step + 1 < rows.length; step++) {
      const [slope, intercept, , gradSlope, gradIntercept] = rows[step];
      const [params] = gradientDescent([slope, intercept], [gradSlope, gradIntercept], [], { lr });
      params.forEach((param, i) => {
        const expected = rows[step + 1][i];
        expect(Math.abs(param - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
      });
    }
  });

  it("carries nothing, and changes nothing that it was given", () => {
    /** @type {[number, number]} */
    const params = [3, 2];
    /** @type {[number, number]} */
    const grad = [-1, 4];
    const memory = [7];
    expect(gradientDescent(params, grad, memory, { lr: 0.5 })).toEqual([[3.5, 0], [7]]);
    expect([params, grad, memory]).toEqual([[3, 2], [-1, 4], [7]]);
  });
});
