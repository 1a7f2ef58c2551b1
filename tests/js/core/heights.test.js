// The heights of a loss at all nodes at once are those that it has at each.

import { describe, expect, it } from "vitest";
import { sampled } from "../../../js/core/contours.js";
import { heightsOver } from "../../../js/core/heights.js";
import { pointLoss } from "../../../js/core/losses.js";
import { bowlOf } from "../../../js/core/quadratic.js";

/** @typedef {[number, number]} Place */

const FEATURES = [
  [-3, -1, 0, 2, 40],
  [1, 0, 2, 0, -1],
].map((values) => Float64Array.from(values));
const NODES = { x: /** @type {Place} */ ([-2, 3]), y: /** @type {Place} */ ([-4, 1]) };

describe("heights", () => {
  it.each([
    ["mae", {}, [0, 1], 1e-14],
    ["huber", { delta: 0.7 }, [1, 2], 1e-14],
    ["huber", { delta: 0.7, ridge: 0.3 }, [0, 2], 1e-14],
    ["cross_entropy", {}, [0, 1], 2e-6],
    ["cross_entropy", { ridge: 0.3 }, [2, 1], 2e-6],
  ])("%s %o over %o", (kind, more, axes, limit) => {
    const about = { kind, ...more };
    const sample = { features: FEATURES, y: Float64Array.of(0, 1, 0, 1, 1) };
    const bowl = bowlOf(sample.features, sample.y, 1);
    const paramsAt = (/** @type {Place} */ place) =>
      [0.5, -0.25, 2].map((one, k) => (axes.includes(k) ? place[axes.indexOf(k)] : one));
    const nodes = { ...NODES, columns: 9, rows: 7 };
    const { gradient } = pointLoss(about, sample, bowl);
    const expected = sampled((place) => gradient(paramsAt(place))[0], nodes);
    const made = heightsOver(about, sample, bowl, paramsAt, nodes);
    expect({ ...made, heights: null }).toEqual({ ...expected, heights: null });
    made.heights.forEach((height, k) => {
      const loss = expected.heights[k];
      expect(Math.abs(height - loss)).toBeLessThanOrEqual(limit * Math.max(1, loss));
    });
  });
});
