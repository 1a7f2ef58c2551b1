// What is wrong with the training, as codes with numbers.

import { expect, it } from "vitest";
import { diagnose, noiseMean } from "../../../js/core/diagnoses.js";
import { ridged } from "../../../js/core/losses.js";
import { modelOf, sampleOf } from "../../../js/core/model.js";
import { quadratic } from "../../../js/core/objective.js";
import { pointsOf } from "../../../js/core/points.js";
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

it("finds what helps a polynomial far from zero", () => {
  const x = Float64Array.from({ length: 31 }, (_, i) => 90 + i);
  const y = x.map((value, i) => (value - 105) / 5 + 3 + 0.3 * Math.sin(9 * i));
  const sample = sampleOf(modelOf(3, true, false), pointsOf([x], y));
  const powers = bowlOf(sample.features, y);
  const data = { bowl: powers, sample, objective: quadratic(powers, sample) };
  const trainer = newTrainer(data, /** @type {any} */ ({ momentum: 0.9, ...gd(1e-13) }));
  trainer.begin([0, 0, 0, 0]);
  expect(diagnose([trainer], [""])).toMatchObject([
    { code: "creeps_at_best", newton: 1, cure: "mean and standardize", cured: 52 },
  ]);
});

it("says of other columns only what they do", () => {
  const x = Float64Array.from({ length: 31 }, (_, i) => 90 + i);
  const y = x.map((value, i) => (value - 105) / 5 + 3 + 0.3 * Math.sin(9 * i));
  const cureOf = (/** @type {number} */ degree, ridge = 0, isSplit = false) => {
    const held = isSplit ? { held: pointsOf([x.map((one) => one + 60)], y) } : {};
    const sample = sampleOf(modelOf(degree, true, false), { ...pointsOf([x], y), ...held });
    const plain = bowlOf(sample.features, y);
    const powers = ridge ? ridged(plain, ridge) : plain;
    const objective = quadratic(powers, sample, ridge);
    const settings = /** @type {any} */ ({ momentum: 0.9, ...gd(1e-30) });
    const trainer = newTrainer({ bowl: powers, sample, objective }, settings);
    trainer.begin(Array(degree + 1).fill(0));
    const [{ code, cure, cured }] = /** @type {any[]} */ (diagnose([trainer], [""]));
    return [code, cure, cured];
  };
  expect(cureOf(1)).toEqual(["creeps_at_best", "mean", 247]);
  expect(cureOf(1, 0, true)).toEqual(["creeps_at_best", "standardize", 1]);
  expect(cureOf(1, 0.1)).toEqual(["creeps_at_best", null, null]);
  expect(cureOf(3)).toEqual(["creeps_at_best", "mean and standardize", 52]);
  expect(cureOf(3, 0.1)).toEqual(["creeps_at_best", null, null]);
  expect(cureOf(3, 0, true)).not.toEqual(cureOf(3));
});

it("finds that batches overshoot, and a rate at which they do not", () => {
  const features = [Float64Array.from([1, 1, 1, 1, 9])];
  const y = Float64Array.from([1, 2, 1, 0, 3]);
  const sample = { features, y };
  const data = {
    bowl: bowlOf(features, y),
    sample,
    objective: quadratic(bowlOf(features, y), sample),
  };
  const settings = { momentum: 0.9, batch_size: 1, ...gd(0.05) };
  const trainer = newTrainer(data, /** @type {any} */ (settings));
  trainer.begin([-1, 1]);
  while (trainer.row.loss < 1e12) trainer.advance();
  const found = { code: "batches_overshoot", lr: 0.05, steepest: 164, suggested: 0.006 };
  expect(diagnose([trainer], [""])).toMatchObject([{ ...found, diverged_at: null }]);
  while (trainer.divergedAt === null) trainer.advance();
  expect(diagnose([trainer], [""])).toMatchObject([{ ...found, diverged_at: trainer.step + 1 }]);
  trainer.begin([-1, 1]);
  trainer.set({ lr: found.suggested });
  for (let step = 0; step < 1000; step++) trainer.advance();
  expect(trainer.row.loss).toBeLessThan(2);
  expect(diagnose([trainer], [""])).toEqual([]);
});

it("says of no rate that errors grow where there are none", () => {
  const flat = bowlOf([[-2, 0, 2]], [3, 3, 3]);
  const trainer = trainerOf({ plan: gd(0.4), bowl: flat });
  trainer.begin([0, 0]);
  expect(diagnose([trainer], [""])).toEqual([]);
  trainer.begin([0.1, 0]);
  expect(diagnose([trainer], [""])).toMatchObject([{ code: "above_critical" }]);
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
