import { describe, expect, it } from "vitest";
import { heightAt, rings, sampled } from "../../../js/core/contours.js";
import { bowlOf, gradient, leastSquares, levelSet } from "../../../js/core/quadratic.js";

/** @typedef {[number, number]} Place */

/** What a ring is around, signed: positive where that is on its left. @param {Place[]} ring */
const area = (ring) =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);

const SQUARE = { x: /** @type {Place} */ ([-2, 2]), y: /** @type {Place} */ ([-2, 2]) };

describe("rings", () => {
  it("are the ellipses of a quadratic loss", () => {
    const bowl = bowlOf([[-1, 0, 2, 0.5]], [1, 2, 2, 4]);
    const [best, other] = leastSquares(bowl);
    const frame = { x: [best - 3, best + 3], y: [other - 3, other + 3] };
    const loss = (/** @type {Place} */ place) => gradient(bowl, place)[0];
    const grid = sampled(loss, { .../** @type {any} */ (frame), columns: 90, rows: 70 });
    for (const height of [0.1, 0.5, 2]) {
      const [ring, ...others] = rings(grid, bowl.floor + height);
      expect(others).toEqual([]);
      for (const place of ring)
        expect(Math.abs(loss(place) - bowl.floor - height)).toBeLessThan(0.01);
      const [[a, b], [c, d]] = levelSet(bowl, height);
      expect(area(ring) / (Math.PI * Math.abs(a * d - b * c))).toBeCloseTo(1, 1.3);
    }
  });

  it("are closed along the edge where a set leaves the grid", () => {
    const slope = sampled(([x]) => x, { ...SQUARE, columns: 9, rows: 5 });
    const [ring, ...others] = rings(slope, 1.25);
    expect(others).toEqual([]);
    expect(area(ring)).toBeCloseTo(3.25 * 4, 12);
    expect(Math.max(...ring.map(([x]) => x))).toBeCloseTo(1.25, 12);
  });

  it("are two where a set is in two parts, and one in another around what is higher", () => {
    const sample = (/** @type {(place: Place) => number} */ loss) =>
      sampled(loss, { ...SQUARE, columns: 41, rows: 41 });
    const apart = rings(
      sample(([x, y]) => (x * x - 1) ** 2 + y * y),
      0.5,
    );
    expect(apart.map((ring) => area(ring) > 0)).toEqual([true, true]);
    const around = rings(
      sample(([x, y]) => Math.abs(Math.hypot(x, y) - 1)),
      0.5,
    );
    expect(around.map((ring) => Math.sign(area(ring))).sort()).toEqual([-1, 1]);
    expect(around.reduce((sum, ring) => sum + area(ring), 0)).toBeCloseTo(Math.PI * 2, 1);
  });

  it.each([
    [0.4, 2],
    [0.6, 1],
  ])("join low corners that face each other where the middle is below %d", (level, count) => {
    const heights = Float64Array.of(0, 1, 1, 0);
    expect(rings({ ...SQUARE, columns: 2, rows: 2, heights }, level)).toHaveLength(count);
  });

  it("go round what is no number", () => {
    const grid = sampled(([x, y]) => (x > 1 ? NaN : y), { ...SQUARE, columns: 5, rows: 5 });
    const [ring, ...others] = rings(grid, 0);
    expect(others).toEqual([]);
    expect(area(ring)).toBeCloseTo(3 * 2, 12);
    expect(rings(grid, -3)).toEqual([]);
  });
});

describe("heightAt", () => {
  it("is exact of a plane, and beyond the grid that of its edge", () => {
    const grid = sampled(([x, y]) => 3 * x - y, { ...SQUARE, columns: 5, rows: 3 });
    expect(heightAt(grid, [0.3, -1.7])).toBeCloseTo(2.6, 12);
    expect(heightAt(grid, [2, 2])).toBe(4);
    expect(heightAt(grid, [9, -9])).toBe(8);
  });
});
