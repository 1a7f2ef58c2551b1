// The points made in the page are those that NumPy makes: see tests/golden/make_points.py.

import { describe, expect, it } from "vitest";
import { makeLine } from "../../../js/core/make-line.js";
import { defaultRng } from "../../../js/core/random.js";
import golden from "../../golden/points.json";

/** @param {number[]} pair */
const params = ([slope, intercept]) => /** @type {[number, number]} */ ([slope, intercept]);

// Where NumPy's ziggurat ends: beyond it deviates are made in another way.
const TAIL = 3.6541528853610088;

/** @param {Float64Array} found @param {number[]} expected */
function expectClose(found, expected) {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(found[i] - value), `at ${i}`).toBeLessThanOrEqual(1e-12 * Math.abs(value));
  });
}

describe("makeLine", () => {
  it.each(golden.lines)("makes NumPy's points: $noise noise, seed $seed", (made) => {
    const points = makeLine({ ...made, true_params: params(made.true_params) });
    expect([...points.x]).toEqual(made.x);
    if (made.noise === "uniform") expect([...points.y]).toEqual(made.y);
    else expectClose(points.y, made.y);
  });

  it("takes a seed as a number, a bigint or digits", () => {
    const options = { n: 3, noise: "uniform", true_params: params([3, 2]) };
    const points = makeLine({ ...options, seed: "9007199254740991" });
    expect(makeLine({ ...options, seed: 9007199254740991 })).toEqual(points);
    expect(makeLine({ ...options, seed: 9007199254740991n })).toEqual(points);
  });
});

describe("normal", () => {
  it.each(golden.streams)("draws what NumPy does: $n deviates, seed $seed", (stream) => {
    const z = defaultRng(stream.seed).normal(0, 1, stream.n);
    const tail = [...z.entries()].filter(([, value]) => Math.abs(value) > TAIL);
    // First, where the streams part if they do.
    expect(tail.map(([i]) => i)).toEqual(stream.tail.map(([i]) => i));
    expectClose(
      Float64Array.from(tail, ([, value]) => value),
      stream.tail.map(([, value]) => value),
    );
    expectClose(z.slice(-1), [stream.last]);

    const sum = z.reduce((sum, value) => sum + value, 0);
    expect(sum / stream.sum).toBeCloseTo(1, 10);
    const squares = z.reduce((sum, value) => sum + value * value, 0);
    expect(squares / stream.sum_of_squares).toBeCloseTo(1, 10);
  });

  it("scales and shifts", () => {
    const [standard, other] = [defaultRng(3).normal(0, 1, 9), defaultRng(3).normal(10, 0.5, 9)];
    expect(other).toEqual(standard.map((value) => 10 + 0.5 * value));
  });
});
