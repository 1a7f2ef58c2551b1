// How many steps it will take, against steps that are made.

import { describe, expect, it } from "vitest";
import { forecast } from "../../../js/core/forecast.js";
import { quadratic } from "../../../js/core/objective.js";
import { bowlOf, gradient, leastSquares, nearFloor } from "../../../js/core/quadratic.js";
import { criticalLr } from "../../../js/core/rates.js";
import { RULES } from "../../../js/core/rules.js";
import CASES from "../../golden/forecasts.json";
import { DATA, LESSON_BOWL } from "../data-sets.js";

const START = [-1, 1];
const MOST = 20_000;

/** @typedef {import("../../../js/core/stretches.js").Plan} Plan */

/** @param {string} optimizer @param {number} lr @returns {Plan} */
const planWith = (optimizer, lr) => ({
  ...{ optimizer, lr, momentum: 0.9, alpha: 0.99, betas: [0.9, 0.999], history_size: 10 },
});

/** @param {Plan} plan @param {import("../../../js/core/quadratic.js").Bowl} bowl */
function made(plan, bowl) {
  const { step, memory } = RULES[plan.optimizer];
  const settings = /** @type {any} */ ({ ...plan, objective: quadratic(bowl) });
  let [params, remembered] = [START, memory(2, settings)];
  for (let steps = 0; steps <= MOST; steps++) {
    const [loss, ...grad] = gradient(bowl, params);
    if (loss <= nearFloor(bowl, gradient(bowl, START)[0])) return steps;
    [params, remembered] = step(params, grad, remembered, settings);
  }
  return null;
}

const LINEAR = Object.keys(RULES).filter((name) => RULES[name].critical);

describe("the forecast", () => {
  const cases = LINEAR.flatMap((optimizer) => DATA.map((data) => ({ ...data, optimizer })));

  it.each(cases)("of $optimizer is that of steps that are made: $name", ({ bowl, optimizer }) => {
    const critical = criticalLr(planWith(optimizer, 1), { bowl });
    for (const share of [0.03, 0.3, 0.5, 0.9]) {
      const plan = planWith(optimizer, share * critical);
      const [said, found] = [forecast(plan, bowl, START), made(plan, bowl)];
      if (found === null) expect(said).toBeGreaterThan(MOST);
      else expect(said).toBe(found);
    }
    expect(forecast(planWith(optimizer, critical), bowl, START)).toBe(Infinity);
  });

  it.each(Object.keys(RULES))("of %s on the lesson's points", (optimizer) => {
    const plan = planWith(optimizer, 0.1);
    expect(forecast(plan, LESSON_BOWL, START)).toBe(made(plan, LESSON_BOWL));
  });

  it("is not known of batches, nor of what Python alone computes", () => {
    expect(forecast({ ...planWith("gd", 0.1), batch_size: 10 }, LESSON_BOWL, START)).toBe(null);
    expect(forecast({ optimizer: "update()", outside: true }, LESSON_BOWL, START)).toBe(null);
    expect(forecast(planWith("adagrad", 1e-9), LESSON_BOWL, START)).toBe(null);
  });

  it.each(CASES)("is exact at a condition of $condition: $plan.optimizer", (one) => {
    const said = forecast(one.plan, bowlOf([one.x], one.y), one.start) ?? NaN;
    // What a step leaves is so little less than 1, and that is rounded.
    const less = (1e-9 + 4e-16 / one.slowest) * one.steps + 0.5;
    expect(Math.abs(said - one.steps)).toBeLessThan(less);
  });

  it("is not known where a momentum lets training swing on and on", () => {
    for (const optimizer of ["momentum", "nesterov"]) {
      const plan = { ...planWith(optimizer, 1e-5), momentum: 0.9999 };
      expect(forecast(plan, LESSON_BOWL, [90, -70])).toBe(null);
    }
    expect(forecast(planWith("gd", 1e-5), LESSON_BOWL, [90, -70])).toBeGreaterThan(1e5);
  });

  it("is no step where training begins at the best line", () => {
    expect(forecast(planWith("gd", 1e9), LESSON_BOWL, leastSquares(LESSON_BOWL))).toBe(0);
  });
});
