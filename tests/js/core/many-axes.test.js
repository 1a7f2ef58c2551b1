// The core with 1 to 200 parameters: where PyTorch's optimizers go, and how far back.

import { describe, expect, it } from "vitest";
import { curvatures, gradient, leastSquares } from "../../../js/core/quadratic.js";
import { remade } from "../../../js/core/remake.js";
import { RULES } from "../../../js/core/rules.js";
import { newTable, tablesOf } from "../../../js/core/table.js";
import { MODELS, dataOf, trainerOf } from "./many-axes.js";

/** @typedef {import("../../../js/core/trainer.js").Trainer} Trainer */

const NEAR = 1e-12;
const [ten] = MODELS.filter(({ d, intercept }) => d === 10 && intercept === null);

/** @param {Trainer} trainer @param {number} step */
function trainTo(trainer, step) {
  while (trainer.step < step) expect(trainer.advance()).toBe(true);
}

/** @param {ArrayLike<number>} values */
const norm = (values) => Math.hypot(...Array.from(values));

const cases = MODELS.flatMap((model) =>
  model.cases.map(({ settings, rows }) => {
    const name = [model.d, model.intercept, ...Object.values(settings)].join(" ");
    return { name, model, settings, rows };
  }),
);

describe("with any number of parameters", () => {
  it.each(cases)("training goes where PyTorch or SciPy goes: $name", ({ model, ...one }) => {
    const trainer = trainerOf(model, one.settings);
    const first = norm(trainer.row.grad);
    for (const { step, params, loss, grad_norm } of one.rows) {
      trainTo(trainer, step);
      params.forEach((expected, i) => {
        const off = Math.abs(trainer.row.params[i] - expected);
        expect(off, `parameter ${i} at ${step}`).toBeLessThanOrEqual(
          NEAR * (1 + Math.abs(expected)),
        );
      });
      expect(Math.abs(trainer.row.loss - loss)).toBeLessThanOrEqual(NEAR * (1 + loss));
      expect(Math.abs(norm(trainer.row.grad) - grad_norm)).toBeLessThanOrEqual(NEAR * (first + 1));
    }
  });

  it.each(MODELS)(
    "the bowl has PyTorch's curvatures, and nothing is lower: $d $intercept",
    (model) => {
      const { bowl } = dataOf(model);
      curvatures(bowl).forEach((one, i) => expect(one / model.curvatures[i]).toBeCloseTo(1, 10));
      const [loss, ...grad] = gradient(bowl, leastSquares(bowl));
      expect(loss).toBeCloseTo(bowl.floor, 14);
      expect(norm(grad)).toBeLessThan(1e-13);
    },
  );
});

describe("rules with an exact line search", () => {
  const few = MODELS.filter(({ d, intercept }) => d <= 3 || (d === 10 && intercept === null));
  const each = few.flatMap((model) =>
    ["cg", "bfgs", "lbfgs"].map((optimizer) => ({ model, optimizer, d: model.d })),
  );

  it.each(each)("end in as many steps as there are parameters: $optimizer, $d", (one) => {
    const trainer = trainerOf(one.model, { optimizer: one.optimizer });
    const first = norm(trainer.row.grad);
    trainTo(trainer, one.d);
    expect(norm(trainer.row.grad)).toBeLessThanOrEqual(1e-8 * first);
  });

  it("learn from as many steps as they are told to: L-BFGS", () => {
    const model = ten;
    const lengths = [1, 3, 10, 100].map(
      (history_size) => RULES.lbfgs.memory(model.d, { history_size }).length,
    );
    expect(lengths, "9 pairs say all there is to know").toEqual([20, 60, 180, 180]);
  });
});

describe("what a rule remembers", () => {
  const long = [
    { optimizer: "bfgs" },
    { optimizer: "lbfgs" },
    { optimizer: "adam", lr: 0.1 },
    { optimizer: "momentum", lr: 0.1, batch_size: 8 },
  ];

  it.each(long)("is kept in rows only where it is short: $optimizer", (settings) => {
    const trainer = trainerOf(ten, settings);
    trainTo(trainer, 3);
    const short = { adam: 21, momentum: 10 }[settings.optimizer] ?? 0;
    expect(trainer.row.memory).toHaveLength(short);
    expect(trainer.table.width).toBe(23 + short);
  });

  it.each(long)("is the same after going back, and going on elsewhere: $optimizer", (settings) => {
    const [trainer, straight] = [trainerOf(ten, settings), trainerOf(ten, settings)];
    trainTo(trainer, 9);
    const rows = trainer.table.rows();
    trainer.seek(4);
    trainer.table.truncate(4);
    trainTo(trainer, 9);
    expect(trainer.table.rows()).toEqual(rows);
    trainTo(straight, 9);
    expect(straight.table.rows()).toEqual(rows);
    // Another rule in between begins anew, and so does this one after it.
    for (const one of [trainer, straight]) {
      one.set({ optimizer: "gd", lr: 0.01 });
      trainTo(one, 11);
      one.set(settings);
    }
    trainer.seek(2);
    trainer.seek(11);
    for (const one of [trainer, straight]) trainTo(one, 14);
    expect(trainer.table.rows()).toEqual(straight.table.rows());
    expect(trainer.table.stretches().map(({ step }) => step)).toEqual([1, 10, 12]);
  });

  it.each(long)("is made again from rows that came without it: $optimizer", (settings) => {
    const trainer = trainerOf(ten, settings);
    trainTo(trainer, 7);
    const data = dataOf(ten);
    const [rows, other] = [tablesOf([trainer.table]), newTable(ten.d)];
    other.n = ten.n;
    other.write(rows.rows[0], -1, rows.stretches[0], rows.widths[0]);
    for (const step of [7, 3, 5]) {
      expect(remade(other, step, data)).toEqual(remade(trainer.table, step, data));
    }
  });

  it("is made again where rows are missing, too", () => {
    const trainer = trainerOf(ten, { optimizer: "bfgs" });
    trainTo(trainer, 6);
    trainer.set({ optimizer: "lbfgs" });
    trainTo(trainer, 12);
    const { table, data } = trainer;
    const thin = newTable(ten.d);
    thin.n = ten.n;
    for (const step of [0, 4, 9, 12])
      thin.write(table.rows(step - 1, step), thin.last, [], table.width);
    thin.write(table.rows(11, 12), 9, table.stretches(), table.width);
    for (const step of [5, 6, 12, 8]) {
      const { params, memory } = remade(thin, step, data) ?? {};
      expect({ params, memory }).toEqual({
        params: table.rowAt(step).params,
        memory: remade(table, step, data)?.memory,
      });
    }
  });

  it("is carried on where less of it, or more, is asked for", () => {
    const trainer = trainerOf(ten, { optimizer: "lbfgs", history_size: 4 });
    trainTo(trainer, 4);
    trainer.set({ history_size: 2 });
    trainTo(trainer, 5);
    trainer.set({ history_size: 6 });
    trainTo(trainer, 7);
    expect(remade(trainer.table, 7, trainer.data)?.memory).toHaveLength(120);
    expect(trainer.row.loss).toBeLessThan(trainer.table.rowAt(4).loss);
  });
});
