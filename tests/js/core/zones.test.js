// What each rate does, against gradient descent itself, done here step by step.

import { describe, expect, it } from "vitest";
import { fastestLr } from "../../../js/core/quadratic.js";
import { zones } from "../../../js/core/zones.js";
import { DATA } from "../data-sets.js";

const PLAIN = { optimizer: "gd" };

/** @typedef {[number, number]} Pair */

/**
 * One step on these data where the best line is y = 0, so that the params are the error.
 * @param {number[]} x
 * @param {number} lr
 * @param {Pair} params
 * @returns {Pair}
 */
function descend(x, lr, [slope, intercept]) {
  const mean = (/** @type {(at: number) => number} */ value) =>
    x.reduce((sum, at) => sum + value(at), 0) / x.length;
  const gradSlope = mean((at) => 2 * (slope * at + intercept) * at);
  const gradIntercept = mean((at) => 2 * (slope * at + intercept));
  return [slope - lr * gradSlope, intercept - lr * gradIntercept];
}

/** @param {Pair} a @param {Pair} b */
const dot = (a, b) => a[0] * b[0] + a[1] * b[1];

/**
 * The direction that steps of gradient descent blow up most, found by making them, and the one
 * across it.
 * @param {number[]} x
 * @returns {{ steep: Pair, flat: Pair }}
 */
function directions(x) {
  /** @type {Pair} */
  let steep = [0.6, 0.8];
  for (let i = 0; i < 2000; i++) {
    const [slope, intercept] = descend(x, 1e6, steep);
    const length = Math.hypot(slope, intercept);
    steep = [slope / length, intercept / length];
  }
  return { steep, flat: [steep[1], -steep[0]] };
}

/** What one step leaves of an error in a direction. @param {number[]} x @param {number} lr @param {Pair} along */
const left = (x, lr, along) => dot(descend(x, lr, along), along);

/** @param {number[]} x */
const isValley = (x) => x.every((value) => value === x[0]);

/** @param {import("../../../js/core/quadratic.js").Bowl} bowl @param {string} name */
function zone(bowl, name) {
  const found = zones(PLAIN, bowl).find((one) => one.name === name);
  if (!found) throw new Error(`no zone ${name}`);
  return found;
}

describe("zones", () => {
  it.each(DATA)("cover every rate, in order and without gaps: $name", ({ bowl }) => {
    const all = zones(PLAIN, bowl);
    expect(all[0].from).toBe(0);
    expect(all.at(-1)?.to).toBe(Number.POSITIVE_INFINITY);
    all.slice(1).forEach(({ from }, i) => expect(from).toBe(all[i].to));
    all.forEach(({ from, to }) => expect(from).toBeLessThan(to));
  });

  it.each(DATA)("diverge where descent does: $name", ({ x, bowl }) => {
    const { from } = zone(bowl, "diverges");
    const sizeAfter = (/** @type {number} */ lr) => {
      let params = directions(x).steep;
      for (let i = 0; i < 2000; i++) params = descend(x, lr, params);
      return Math.hypot(...params);
    };
    expect(sizeAfter(0.999 * from)).toBeLessThan(0.02);
    expect(sizeAfter(1.001 * from)).toBeGreaterThan(50);
  });

  it.each(DATA)("oscillate where descent changes sides: $name", ({ x, bowl }) => {
    const { from } = zone(bowl, "oscillates");
    const { steep } = directions(x);
    expect(left(x, 0.999 * from, steep)).toBeGreaterThan(0);
    expect(left(x, 1.001 * from, steep)).toBeLessThan(0);
  });

  it.each(DATA)("creep where more than 99% of the slowest error is left: $name", ({ x, bowl }) => {
    const { steep, flat } = directions(x);
    const slowest = isValley(x) ? steep : flat;
    const { to } = zone(bowl, "creeps");
    expect(left(x, 0.999 * to, slowest)).toBeGreaterThan(0.99);
    if (zones(PLAIN, bowl).some(({ name }) => name === "converges")) {
      expect(left(x, 1.001 * to, slowest)).toBeLessThan(0.99);
    } else {
      expect(to).toBe(zone(bowl, "oscillates").from);
    }
  });

  it("leave out what these data have no rate for", () => {
    const steep = DATA.find(({ name }) => name === "x in 0 to 100");
    const names = zones(PLAIN, /** @type {any} */ (steep).bowl).map(({ name }) => name);
    expect(names).toEqual(["creeps", "oscillates", "diverges"]);
  });

  it.each(DATA)("know the fastest rate: $name", ({ x, bowl }) => {
    const { steep, flat } = directions(x);
    const slowness = (/** @type {number} */ lr) =>
      Math.max(...(isValley(x) ? [steep] : [steep, flat]).map((d) => Math.abs(left(x, lr, d))));
    const best = fastestLr(bowl);
    for (const factor of [0.5, 0.9, 0.99, 1.01, 1.1, 1.5]) {
      expect(slowness(factor * best)).toBeGreaterThan(slowness(best));
    }
  });
});
