// What is wrong with the training, as codes with numbers.

import { expect, it } from "vitest";
import { diagnose, noiseMean } from "../../../js/core/diagnoses.js";
import { bowlOf, criticalLr } from "../../../js/core/quadratic.js";

const bowl = bowlOf([[0, 1, 2]], [1, 2, 4]);
const gd = (/** @type {number} */ lr) => ({ optimizer: "gd", lr });

/** What is found in one run. @param {any} trainer */
const foundIn = (trainer) => diagnose([{ bowl, divergedAt: null, ...trainer }], [""]);

it("finds a rate that is too large, before it diverges and after", () => {
  const [found] = foundIn({ plan: gd(0.5) });
  expect(found).toEqual({
    ...{ code: "above_critical", run: "", lr: 0.5, critical: criticalLr(bowl) },
    ...{ suggested: 0.3, diverged_at: null },
  });
  expect(foundIn({ plan: gd(0.5), divergedAt: 7 })).toEqual([{ ...found, diverged_at: 7 }]);
  expect(foundIn({ plan: gd(0.1) })).toEqual([]);
});

it("finds numbers that are too large, whatever the rate", () => {
  const plan = { optimizer: "adam", lr: 1e308 };
  expect(foundIn({ plan, divergedAt: 2 })).toMatchObject([{ code: "too_large", diverged_at: 2 }]);
  expect(foundIn({ plan: { optimizer: "newton" } })).toEqual([]);
});

it("finds data that many lines fit", () => {
  const plan = gd(0.1);
  expect(foundIn({ plan, bowl: bowlOf([[2]], [5]) })).toMatchObject([
    { code: "one_point", x: 2, y: 5 },
  ]);
  expect(foundIn({ plan, bowl: bowlOf([[2, 2]], [1, 3]) })).toMatchObject([
    { code: "same_x", x: 2, y: 2 },
  ]);
});

it("names the runs of a race, and finds what each has", () => {
  const trainers = [0.1, 2, 3].map((lr) => ({ bowl, plan: gd(lr), divergedAt: null }));
  const found = diagnose(/** @type {any} */ (trainers), ["0.1", "2", "3"]);
  expect(found).toMatchObject([
    { run: "2", lr: 2 },
    { run: "3", lr: 3 },
  ]);
});

it("finds noise that is not centred", () => {
  expect(noiseMean("uniform", [3, 2])).toEqual({ code: "noise_mean", intercept: 2, best: 2.5 });
  expect(noiseMean("gaussian", [3, 2])).toBeUndefined();
});
