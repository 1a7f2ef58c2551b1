import { describe, expect, it } from "vitest";
import { mustHaveDigits } from "../../../js/core/features.js";
import { bowlOf } from "../../../js/core/quadratic.js";
import { modelOf } from "../../../js/core/model.js";
import { columnsOf } from "../../../js/core/scaling.js";
import nist from "../../golden/nist.json";

const N = 60;
const noise = (/** @type {number} */ seed) =>
  Float64Array.from({ length: N }, (_, i) => Math.sin((i + 1) * (seed + Math.SQRT2) * 37));
const [a, b, c] = [1, 2, 3].map(noise);
const y = a.map((value, i) => value - b[i] + c[i] / 5);

/** What is said of columns. @param {Float64Array[]} features */
function said(features) {
  const names = features.map((_, j) => `x${j}`);
  const model = { ...modelOf(1, true, false), features: names, intercept: names.length };
  return () => mustHaveDigits(bowlOf(features, y), model, { features, y });
}

/**
 * What is said of a polynomial.
 * @param {number} degree
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} goals
 */
function ofDegree(degree, x, goals) {
  const model = modelOf(degree, true, false);
  const features = columnsOf(model, [Float64Array.from(x)]);
  const sample = { features, y: Float64Array.from(goals) };
  return () => mustHaveDigits(bowlOf(features, sample.y), model, sample);
}

describe("mustHaveDigits", () => {
  it("takes columns that are told apart, and those of which many solutions fit", () => {
    expect(said([a, b])).not.toThrow();
    expect(said([a, b, a])).not.toThrow();
    expect(said([a, b, a.map((value, i) => value + b[i])])).not.toThrow();
    expect(said([a, b, a.map(() => 7)])).not.toThrow();
  });

  it.each([1e-6, 1e-8, 1e-10])("refuses a sum of others but for %d", (little) => {
    const nearly = a.map((value, i) => value + b[i] + little * c[i]);
    const problem = /^x must be columns that float64 can tell apart; got 'x\d', which is nearly/;
    expect(said([a, b, nearly])).toThrow(problem);
  });

  it("refuses a degree whose powers a page cannot tell apart", () => {
    const problem = "degree must be so low that a page can tell the powers of these x apart; got ";
    const { x, y: goals } = nist.Filip;
    expect(ofDegree(10, x, goals)).toThrow(`${problem}10`);
    expect(ofDegree(40, a, y)).toThrow(`${problem}40`);
    expect(ofDegree(5, a, y)).not.toThrow();
    // Few different x leave a polynomial open.
    expect(ofDegree(3, a.map(Math.sign), y)).not.toThrow();
  });
});
