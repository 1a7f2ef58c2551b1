// The trainer makes what PyTorch and SciPy make, with batches too: see tests/golden.

import { describe, expect, it } from "vitest";
import { MOST_ROWS } from "../../../js/core/thinning.js";
import { quadratic } from "../../../js/core/objective.js";
import { bowlOf } from "../../../js/core/quadratic.js";
import { nextStep } from "../../../js/core/next-step.js";
import { criticalLr } from "../../../js/core/rates.js";
import { newTrainer } from "../../../js/core/trainer.js";
import { stretchAfter } from "../../../js/core/stretches.js";
import golden from "../../golden/optimizers.json";

const DEFAULTS = {
  lr: 0.1,
  batch_size: null,
  momentum: 0.9,
  alpha: 0.99,
  betas: [0.9, 0.999],
  history_size: 10,
};
const COLUMNS = ["slope", "intercept", "loss", "grad_slope", "grad_intercept"];

const cases = golden.cases.map((one) => ({
  ...one,
  name: [one.points, ...Object.values(one.settings)].join(" "),
}));

/** @param {any} settings @param {string} [name] */
function trainer(settings, name = "the lesson") {
  const found = golden.points.find((one) => one.name === name);
  if (!found) throw new Error(`no points ${name}`);
  const sample = { features: [Float64Array.from(found.x)], y: Float64Array.from(found.y) };
  const bowl = bowlOf(sample.features, sample.y);
  return newTrainer(
    { bowl, sample, objective: quadratic(bowl, sample) },
    { ...DEFAULTS, ...settings },
  );
}

/** @param {import("../../../js/core/trainer.js").Trainer} trainer @param {number} step */
const trainTo = (trainer, step) => {
  while (trainer.step < step) expect(trainer.advance()).toBe(true);
};

describe("newTrainer", () => {
  it.each(cases)(
    "makes what PyTorch or SciPy makes: $name",
    ({ points, guess, settings, rows }) => {
      const made = trainer(settings, points);
      made.begin(/** @type {[number, number]} */ (guess));
      rows.forEach((expected, i) => {
        trainTo(made, golden.steps[i]);
        const { params, loss, grad } = made.row;
        const numbers = [...params, loss, ...grad];
        COLUMNS.forEach((name, column) => {
          const most = Math.max(...rows.map((row) => Math.abs(row[column])));
          const size = Math.min(most, Math.abs(rows[0][column]));
          const limit = 1e-12 * (Math.abs(expected[column]) + size);
          const off = Math.abs(numbers[column] - expected[column]);
          if (!(off <= limit)) expect.fail(`${name} at ${made.step}: off by ${off}`);
        });
      });
    },
  );

  it("keeps a very long run thinned, and makes again what was left out", () => {
    const begun = () => {
      const made = trainer({ optimizer: "adam", lr: 1e-4, batch_size: 8 });
      made.begin([-1, 1]);
      return made;
    };
    const advance = (
      /** @type {import("../../../js/core/trainer.js").Trainer} */ made,
      /** @type {number} */ steps,
    ) => {
      for (let i = 0; i < steps; i++) made.advance();
    };
    const [long, short] = [begun(), begun()];
    advance(long, 40_000);
    expect(long.table.length).toBeLessThanOrEqual(MOST_ROWS);
    const gone = 20_001;
    expect(long.table.has(gone)).toBe(false);
    long.seek(gone);
    advance(short, gone);
    expect(long.row).toEqual(short.row);
    for (const made of [long, short]) advance(made, 5000);
    expect(long.row).toEqual(short.row);
    expect(long.table.last, "walked through again, not replaced").toBe(40_000);
  });

  it("begins another rule with an empty memory, and goes on with the batches", () => {
    const made = trainer({ optimizer: "momentum", batch_size: 8, lr: 0.02 });
    made.begin([-1, 1]);
    trainTo(made, 5);
    expect(made.row.memory).toHaveLength(2);
    made.set({ optimizer: "adam" });
    trainTo(made, 6);
    expect(made.row.memory[4], "steps that Adam has counted").toBe(1);
    made.set({ lr: 0.5 });
    trainTo(made, 7);
    expect(made.row.memory[4]).toBe(2);
    made.set({ batch_size: 50 });
    trainTo(made, 8);
    expect(made.table.stretches().map(({ step, batch }) => [step, batch])).toEqual([
      [1, 0],
      [6, 5],
      [7, 6],
      [8, 0],
    ]);
    // Seven steps of 13 to a pass, and one of two.
    expect(made.row.epoch).toBeCloseTo(7 / 13 + 1 / 2, 12);
  });

  it("replaces the rows that another batch size would not have made", () => {
    const made = trainer({ optimizer: "gd", batch_size: 8 });
    made.begin([-1, 1]);
    trainTo(made, 9);
    made.seek(4);
    made.set({ batch_size: 9 });
    trainTo(made, 5);
    expect(made.table.last).toBe(5);
    made.set({ momentum: 0.5 });
    made.seek(4);
    trainTo(made, 5);
    expect(made.table.stretches(), "a setting that is not heeded changes nothing").toHaveLength(2);
  });

  it("ends before a memory that is not finite", () => {
    const made = trainer({ optimizer: "adagrad" });
    made.begin([0, 1e154]);
    expect([made.advance(), made.divergedAt]).toEqual([false, 1]);
  });

  it("has left for good where the loss rises, and the rate is above the critical one", () => {
    const made = trainer({ optimizer: "gd" });
    made.set({ lr: 1.01 * criticalLr(made.plan, made) });
    made.begin([-1, 1]);
    expect(made.hasDiverged).toBe(false);
    while (!made.hasDiverged) made.advance();
    expect([made.divergedAt, made.row.loss > made.table.lossAt(0)]).toEqual([null, true]);
    made.set({ lr: 0.1 });
    expect(made.hasDiverged).toBe(false);
    made.set({ lr: 10 });
    expect(made.hasDiverged).toBe(false); // as yet
    made.advance();
    expect(made.hasDiverged).toBe(true);
    made.seek(0);
    expect(made.hasDiverged).toBe(false);
  });

  it("has left for good where a momentum cannot bring it back, and not where it swings far", () => {
    const made = trainer({ optimizer: "momentum" });
    const critical = criticalLr(made.plan, made);
    made.set({ lr: 0.99 * critical });
    made.begin([-1, 1]);
    const first = made.row.loss;
    let most = first;
    for (let step = 0; step < 50; step++) {
      made.advance();
      most = Math.max(most, made.row.loss);
      expect(made.hasDiverged).toBe(false);
    }
    expect(most).toBeGreaterThan(10 * first);
    made.set({ lr: 1.01 * critical });
    made.begin([-1, 1]);
    while (!made.hasDiverged) expect(made.advance()).toBe(true);
    expect(made.row.loss).toBeGreaterThan(100 * first);
    for (let step = 0; step < 300; step++) {
      made.advance();
      expect(made.hasDiverged && made.row.loss > first).toBe(true);
    }
  });

  it("ends before numbers that are not finite, until the rule changes", () => {
    const made = trainer({ optimizer: "momentum", lr: 1e4 });
    made.begin([-1, 1]);
    while (made.advance());
    expect(made.divergedAt).toBe(made.step + 1);
    expect(Object.values(made.row).flat().every(Number.isFinite)).toBe(true);
    made.set({ alpha: 0.5 });
    expect(made.divergedAt).toBe(made.step + 1);
    made.set({ optimizer: "newton" });
    expect(made.divergedAt).toBe(null);
  });
});

describe("nextStep", () => {
  it("says what the next step sees, and where it leads", () => {
    const made = trainer({ optimizer: "adam", batch_size: 8 });
    made.begin([-1, 1]);
    trainTo(made, 3);
    const { data, row, plan } = made;
    const last = made.table.stretchAt(3);
    const stretch = stretchAfter(last, 3, plan, data.bowl.n);
    const next = nextStep(row, { stretch, last }, data);
    expect([...(next.batch ?? [])]).toEqual(golden.batches.find(isOfEight)?.batches[3]);
    expect(next.grad).not.toEqual(row.grad);
    trainTo(made, 4);
    expect(next.params).toEqual(made.row.params);
    expect(next.memory).toEqual(made.row.memory);
  });
});

/** @param {{ n: number, batch_size: number }} one */
const isOfEight = ({ n, batch_size }) => n === 100 && batch_size === 8;
