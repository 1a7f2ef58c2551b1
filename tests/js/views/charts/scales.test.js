// From data to pixels and back.

import { describe, expect, it } from "vitest";
import { linear, log } from "../../../../js/views/charts/scales.js";

describe("scales", () => {
  it("map and invert", () => {
    for (const scale of [linear([2, 10], [300, 0]), log([0.01, 100], [0, 400])]) {
      expect(scale.at(scale.domain[0])).toBeCloseTo(scale.range[0], 9);
      expect(scale.at(scale.domain[1])).toBeCloseTo(scale.range[1], 9);
      expect(scale.invert(scale.at(3))).toBeCloseTo(3, 9);
    }
  });

  it.each([
    [[-1.1, 1.1], 4, [-1, -0.5, 0, 0.5, 1]],
    [[0.05, 0.64], 5, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]],
    [[0, 100], 10, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]],
    [[0, 7], 2, [0, 5]],
    [[-3e-9, 4e-9], 3, [-2e-9, 0, 2e-9, 4e-9]],
    [[1e300, 9e300], 4, [2e300, 4e300, 6e300, 8e300]],
    [[5, 5], 4, []],
  ])("have round ticks: %j", (domain, count, ticks) => {
    expect(linear(/** @type {[number, number]} */ (domain), [0, 100]).ticks(count)).toEqual(ticks);
  });

  it("have a few ticks even where one more is none", () => {
    const [low, high] = [1e17, 1e17 + 64];
    expect(linear([low, high], [0, 100]).ticks(10).length).toBeLessThan(100);
  });

  it.each([
    [[0.05, 10], 2, [0.1, 1, 10]],
    [[0.06, 0.9], 3, [0.1, 0.2, 0.5]],
    [[1e-9, 1e9], 3, [1e-9, 1e-4, 1e1, 1e6]],
    [[1, 1e300], 2, [1, 1e101, 1e202]],
  ])("have log ticks that can be read: %j", (domain, count, ticks) => {
    const found = log(/** @type {[number, number]} */ (domain), [0, 100]).ticks(count);
    expect(found).toHaveLength(ticks.length);
    found.forEach((tick, i) => {
      expect(tick / ticks[i]).toBeCloseTo(1, 9);
    });
  });
});
