// What each rate does, against gradient descent itself, done here step by step.

import { describe, expect, it } from "vitest";
import { leftAfter } from "../../../js/core/forecast.js";
import { bowlOf, fastestLr, gradient, nearFloor } from "../../../js/core/quadratic.js";
import { criticalLr } from "../../../js/core/rates.js";
import { RULES } from "../../../js/core/rules.js";
import { zoneOf, zones } from "../../../js/core/zones.js";
import CASES from "../../golden/forecasts.json";
import { DATA } from "../data-sets.js";

const PLAIN = { optimizer: "gd" };
const ZONES = [
  PLAIN,
  { optimizer: "momentum", momentum: 0.9 },
  { optimizer: "nesterov", momentum: 0.5 },
];
const START = [-1, 1];

/** @param {ReturnType<typeof zones>} all @param {string} name */
const zoneNamed = (all, name) => all.find((one) => one.name === name);

/**
 * Whether 1,000 steps that are made lead to within 1% of the floor.
 * @param {import("../../../js/core/stretches.js").Plan} plan
 * @param {import("../../../js/core/quadratic.js").Bowl} bowl
 */
function isThere(plan, bowl) {
  const { step, memory } = RULES[plan.optimizer];
  const settings = /** @type {any} */ ({ ...plan, bowl });
  let [params, remembered] = [START, memory(2, settings)];
  for (let i = 0; i < 1000; i++) {
    [params, remembered] = step(params, gradient(bowl, params).slice(1), remembered, settings);
  }
  return gradient(bowl, params)[0] <= nearFloor(bowl, gradient(bowl, START)[0]);
}

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
  const found = zones(PLAIN, bowl, START).find((one) => one.name === name);
  if (!found) throw new Error(`no zone ${name}`);
  return found;
}

describe("zones", () => {
  it.each(DATA)("cover every rate, in order and without gaps: $name", ({ bowl }) => {
    const all = zones(PLAIN, bowl, START);
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

  it.each(DATA)("converge where 1,000 steps from the start are enough: $name", ({ bowl }) => {
    for (const { name, from, to } of ZONES.flatMap((plan) => zones(plan, bowl, START))) {
      expect([name, from, to]).not.toContain(NaN);
    }
    for (const plan of ZONES) {
      const all = zones(plan, bowl, START);
      const [slow, quick] = [zoneNamed(all, "creeps"), zoneNamed(all, "converges")];
      for (const share of [0.03, 0.5, 0.97, 0.9999]) {
        if (slow) expect(isThere({ ...plan, lr: share * slow.to }, bowl)).toBe(false);
        if (!quick) continue;
        const lr = quick.from + share * (quick.to - quick.from);
        expect(isThere({ ...plan, lr }, bowl)).toBe(true);
      }
    }
  });

  it.each(CASES)("say what 1,000 steps do at a condition of $condition: $plan.optimizer", (one) => {
    const zone = zoneOf(one.plan.lr, zones(one.plan, bowlOf([one.x], one.y), one.start));
    if (zone === "converges") expect(one.after_1000).toBeLessThan(1);
    else if (zone === "creeps") expect(one.after_1000).toBeGreaterThan(1);
    else expect(zone).toBe("oscillates"); // none is above the critical rate
    if (one.plan.optimizer !== "gd" && zone === "oscillates")
      expect(one.after_1000).toBeGreaterThan(1);
  });

  it.each(CASES)("creep nowhere where a larger rate would do: $condition", ({ x, y, start }) => {
    const bowl = bowlOf([x], y);
    const goal = nearFloor(bowl, gradient(bowl, start)[0]) - bowl.floor;
    for (const optimizer of ["momentum", "nesterov"]) {
      for (const momentum of [0, 0.5, 0.9, 0.95]) {
        const critical = criticalLr({ optimizer, momentum }, { bowl });
        const all = zones({ optimizer, momentum }, bowl, start);
        for (const share of [0.01, 0.1, 0.4, 0.7, 0.9, 0.97]) {
          const plan = { optimizer, momentum, lr: share * critical };
          const isNear = leftAfter(1000, plan, bowl, start) <= goal;
          expect(zoneOf(plan.lr, all) === "converges").toBe(isNear);
        }
      }
    }
  });

  it("say nothing below the critical rate where a momentum lets training swing on", () => {
    for (const { name, bowl } of DATA) {
      for (const optimizer of ["momentum", "nesterov"]) {
        const named = (/** @type {number} */ momentum) =>
          zones({ optimizer, momentum }, bowl, START).map((zone) => zone.name);
        expect([name, ...named(0.99)]).toEqual([name, "", "diverges"]);
        expect(named(0.98)).not.toContain("");
      }
    }
  });

  it("leave out what these data have no rate for", () => {
    const steep = DATA.find(({ name }) => name === "x in 0 to 100");
    const names = zones(PLAIN, /** @type {any} */ (steep).bowl, START).map(({ name }) => name);
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
