// What is wrong with the training, as codes with numbers.

import { expect, it } from "vitest";
import { diagnose, noiseMean } from "../../../js/core/diagnoses.js";
import { quadratic } from "../../../js/core/objective.js";
import { bowlOf, criticalLr } from "../../../js/core/quadratic.js";
import { newTrainer } from "../../../js/core/trainer.js";

const bowl = bowlOf([[0, 1, 2]], [1, 2, 4]);
const gd = (/** @type {number} */ lr) => ({ optimizer: "gd", lr });

/** One that stands at its guess. @param {any} about */
function trainerOf({ plan, bowl: itsBowl = bowl, divergedAt = null }) {
  const settings = { momentum: 0.9, ...plan };
  const trainer = newTrainer(
    /** @type {any} */ ({
      bowl: itsBowl,
      sample: { features: [], y: [] },
      objective: quadratic(itsBowl),
    }),
    settings,
  );
  trainer.begin([-1, 1]);
  trainer.divergedAt = divergedAt;
  return trainer;
}

/** What is found in one run. @param {any} about */
const foundIn = (about) => diagnose([trainerOf(about)], [""]);

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

it("finds that even a good rate creeps, what would help, and leaves alone what has arrived", () => {
  const y = [1, 2, 4, 2];
  const far = bowlOf([[100, 101, 102, 103]], y);
  const [found] = /** @type {any[]} */ (foundIn({ plan: gd(1e-5), bowl: far }));
  expect(found).toMatchObject({ code: "creeps_at_best", cure: "mean", suggested: 9e-5 });
  expect(found.steps).toBeGreaterThan(1e6);
  expect(found.cured).toBeLessThan(50);
  expect(foundIn({ plan: { ...gd(1e-5), optimizer: "momentum" }, bowl: far })).toMatchObject([
    { code: "creeps_at_best" },
  ]);
  const wide = bowlOf([[0, 1e6, 2e6, 3e6]], y);
  expect(foundIn({ plan: gd(1e-20), bowl: wide })).toMatchObject([
    { code: "creeps_at_best", cure: "standardize", cured: 1 },
  ]);
  expect(foundIn({ plan: { optimizer: "newton" }, bowl: far })).toEqual([]);
  expect(foundIn({ plan: { ...gd(1e-5), batch_size: 2 }, bowl: far })).toEqual([]);
  const arrived = trainerOf({ plan: { optimizer: "newton" }, bowl: far });
  arrived.advance();
  arrived.set({ optimizer: "gd", lr: 1e-5 });
  expect(diagnose([arrived], [""])).toEqual([]);
});

it("names the runs of a race, and finds what each has", () => {
  const trainers = [0.1, 2, 3].map((lr) => trainerOf({ plan: gd(lr) }));
  const found = diagnose(trainers, ["0.1", "2", "3"]);
  expect(found).toMatchObject([
    { run: "2", lr: 2 },
    { run: "3", lr: 3 },
  ]);
});

it("finds noise that is not centred", () => {
  expect(noiseMean("uniform", [3, 2])).toEqual({ code: "noise_mean", intercept: 2, best: 2.5 });
  expect(noiseMean("gaussian", [3, 2])).toBeUndefined();
});
