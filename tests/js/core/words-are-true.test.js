// What a page says of training, against plain loops, on data sets of any shape, place and size.

import { describe, expect, it } from "vitest";
import { diagnose } from "../../../js/core/diagnoses.js";
import { SLOW, SOON, forecast } from "../../../js/core/forecast.js";
import { quadratic } from "../../../js/core/objective.js";
import { bowlOf, criticalLr, leastSquares, nearFloor, spread } from "../../../js/core/quadratic.js";
import { suggestedLr } from "../../../js/core/rates.js";
import { newTrainer } from "../../../js/core/trainer.js";
import { zoneOf, zones } from "../../../js/core/zones.js";

const MOST = 1.1 * SLOW;

/** Numbers from 0 to 1 that look random, always the same. @param {number} seed */
function randomOf(seed) {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Points whose condition is up to 1e9, whose x and y are of any size. @param {number} seed */
function dataOf(seed) {
  const random = randomOf(seed);
  const far = (random() < 0.5 ? -1 : 1) * (10 ** (4.4 * random()) - 1);
  const [sizeX, sizeY] = [10 ** (6 * random() - 3), 10 ** (6 * random() - 3)];
  const noise = [0, 0.01, 1][Math.floor(3 * random())];
  const z = Array.from({ length: 30 }, () => 2 * random() - 1);
  const x = Float64Array.from(z, (one) => sizeX * (far + one));
  const y = Float64Array.from(z, (one) => sizeY * (2 * one + noise * (2 * random() - 1)));
  const start = [sizeY / sizeX, sizeY];
  return { x, y, start, share: random() };
}

/** The mean of some numbers. @param {ArrayLike<number>} all */
const mean = (all) => Array.from(all).reduce((sum, one) => sum + one / all.length, 0);

/**
 * Gradient descent made step by step: with the mean of x taken away, so that no digits are lost.
 * @param {ReturnType<typeof dataOf>} data
 * @param {number[]} best
 * @param {number} lr
 */
function loop({ x, start }, best, lr) {
  const middle = mean(x);
  const variance = mean(x.map((one) => (one - middle) ** 2));
  let slope = start[0] - best[0];
  let intercept = start[1] - best[1];
  return {
    above: () => slope ** 2 * variance + (slope * middle + intercept) ** 2,
    step() {
      const off = slope * middle + intercept;
      slope -= 2 * lr * (slope * variance + middle * off);
      intercept -= 2 * lr * off;
    },
  };
}

/** @param {ReturnType<typeof loop>} made @param {number} goal @param {number} most */
function stepsUntil(made, goal, most) {
  for (let steps = 0; steps <= most; steps++) {
    if (made.above() <= goal) return steps;
    made.step();
  }
  return null;
}

const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);

describe.each(SEEDS)("of data set %i", (seed) => {
  const data = dataOf(seed);
  const { x, y, start, share } = data;
  const bowl = bowlOf([x], y);
  const best = leastSquares(bowl);
  const sample = { features: [x], y };
  const critical = criticalLr(bowl);
  const first = loop(data, best, 0).above() + bowl.floor;
  const goal = nearFloor(bowl, first) - bowl.floor;
  const far = first - bowl.floor > 1.01 * goal;

  /** A trainer at a rate. @param {number} lr */
  function trainerAt(lr) {
    const settings = /** @type {any} */ ({ optimizer: "gd", lr, momentum: 0.9 });
    const trainer = newTrainer({ bowl, sample, objective: quadratic(bowl, sample) }, settings);
    trainer.begin(start);
    return trainer;
  }

  it("the zone and the forecast of a rate are what steps show", () => {
    for (const lr of [0.01, 0.5 * share, 0.48, 0.95].map((one) => one * critical)) {
      const plan = { optimizer: "gd", lr, momentum: 0.9 };
      const zone = zoneOf(lr, zones(plan, bowl, start));
      const said = forecast(plan, bowl, start) ?? NaN;
      const made = stepsUntil(loop(data, best, lr), goal, MOST);
      if (made === null) expect(said).toBeGreaterThan(0.999 * MOST);
      else if (made > 10) expect(said / made).toBeCloseTo(1, 3);
      else expect(said).toBe(made);
      const swings = lr > 0.51 * critical;
      if (made === null || made > 1.01 * SOON) expect(zone).toBe(swings ? "oscillates" : "creeps");
      else if (lr < 0.49 * critical && made < 0.99 * SOON) expect(zone).toBe("converges");
      else if (made < 0.99 * SOON) expect(["converges", "oscillates"]).toContain(zone);
    }
    const above = { optimizer: "gd", lr: 1.01 * critical, momentum: 0.9 };
    expect(zoneOf(above.lr, zones(above, bowl, start))).toBe("diverges");
  });

  it("a rate above the critical one grows errors, and no other does", () => {
    for (const lr of [share, 0.99, 1.01, 1 + share].map((one) => one * critical)) {
      const trainer = trainerAt(lr);
      const made = loop(data, best, lr);
      for (let step = 0; step < 100 && trainer.advance(); step++) made.step();
      const codes = diagnose([trainer], [""]).map(({ code }) => code);
      expect(codes.includes("above_critical")).toBe(lr > critical);
      const now = made.above();
      if (lr < critical) expect(trainer.hasDiverged).toBe(false);
      else if (Math.abs(now / (first - bowl.floor) - 1) > 1e-6)
        expect(trainer.hasDiverged).toBe(now > first - bowl.floor);
    }
  });

  it("it has converged if it is at its floor, and stays there for as many steps", () => {
    for (const lr of [share, 0.5].map((one) => one * critical)) {
      const trainer = trainerAt(lr);
      const made = loop(data, best, lr);
      for (let step = 0; step < 300; step++) {
        const above = made.above() / (1e-12 * spread(bowl) ** 2);
        if (above > 1.01) expect(trainer.converged).toBe(false);
        if (above < 0.99) expect(trainer.converged).toBe(true);
        trainer.advance();
        made.step();
      }
    }
  });

  it.runIf(far)("even a good rate creeps where it is said to, and what helps does", () => {
    const [found] = /** @type {any[]} */ (diagnose([trainerAt(critical / 2)], [""]));
    const lr = found?.suggested ?? suggestedLr({ optimizer: "gd" }, bowl);
    const made = stepsUntil(loop(data, best, lr), goal, MOST);
    if (!found) {
      expect(made).not.toBe(null);
      expect(made).toBeLessThan(1.001 * SLOW);
      return;
    }
    expect(found.code).toBe("creeps_at_best");
    expect(made ?? Infinity).toBeGreaterThan(0.999 * SLOW);
    if (made !== null) expect(found.steps / made).toBeCloseTo(1, 2);
    const size = found.cure === "standardize" ? Math.sqrt(bowl.cov_x[0][0]) : 1;
    const mended = bowlOf([x.map((one) => (one - bowl.mean_x[0]) / size)], y);
    const other = { ...data, x: x.map((one) => (one - bowl.mean_x[0]) / size) };
    const rate = suggestedLr({ optimizer: "gd" }, mended);
    const bottom = leastSquares(mended);
    const before = loop(other, bottom, rate).above() + mended.floor;
    const near = nearFloor(mended, before) - mended.floor;
    expect(stepsUntil(loop(other, bottom, rate), near, SOON)).toBe(found.cured);
    const newton = trainerAt(critical);
    newton.set({ optimizer: "newton" });
    for (let step = 0; step < found.newton; step++) newton.advance();
    expect(newton.row.loss).toBeLessThanOrEqual(goal + bowl.floor);
  });
});

describe("data that many fits suit alike, and numbers too large", () => {
  /** @param {number[][]} features @param {number[]} y */
  const codesOf = (features, y, lr = 1e-3, optimizer = "gd", steps = 0) => {
    const bowl = bowlOf(features, y);
    const sample = { features: features.map((one) => Float64Array.from(one)), y };
    const data = { bowl, sample, objective: quadratic(bowl, /** @type {any} */ (sample)) };
    const settings = { optimizer, lr, momentum: 0.9, betas: [0.9, 0.999], alpha: 0.99 };
    const trainer = newTrainer(/** @type {any} */ (data), /** @type {any} */ (settings));
    trainer.begin(features.map(() => 0.5).concat(0.5));
    for (let step = 0; step < steps && trainer.advance(); step++);
    return { trainer, found: /** @type {any[]} */ (diagnose([trainer], [""])) };
  };

  it("are said to do so where moving along what they leave free changes nothing", () => {
    const random = randomOf(7);
    for (let i = 0; i < 40; i++) {
      const n = 1 + Math.floor(5 * random());
      const d = 1 + Math.floor(4 * random());
      const features = Array.from({ length: d }, () => Array.from({ length: n }, random));
      if (d > 1 && random() < 0.5) features[1] = features[0].map((one) => 3 * one + 1);
      const { found } = codesOf(features, Array.from({ length: n }, random));
      const equal = d > 1 && features[1][0] === 3 * features[0][0] + 1;
      const rank = Math.min(n, d + 1 - Number(equal));
      const said = found.find(({ code }) => ["many_fit", "one_point", "same_x"].includes(code));
      expect(said !== undefined).toBe(rank < d + 1);
      if (said?.code === "many_fit")
        expect(said).toMatchObject({ n, d: d + 1, free: d + 1 - rank });
      if (said?.code === "one_point") expect([n, d]).toEqual([1, 1]);
    }
    const [same] = codesOf([[2, 2, 2]], [1, 2, 6]).found;
    expect(same).toMatchObject({ code: "same_x", x: 2, y: 3 });
  });

  it("are said to be too large when they are, and not before", () => {
    for (const lr of [1e150, 1e200, 1e308]) {
      const { trainer, found } = codesOf([[0, 1, 2]], [1, 0, 4], lr, "adam", 50);
      const { loss, params } = trainer.row;
      expect([loss, ...params].every(Number.isFinite)).toBe(true);
      const at = trainer.divergedAt;
      expect(found).toEqual(at === null ? [] : [{ code: "too_large", run: "", diverged_at: at }]);
      expect(at === null).toBe(lr === 1e150);
      if (at !== null) expect(at).toBe(trainer.step + 1);
    }
  });
});
