// Other losses make in a page what plain PyTorch loops make: see tests/golden/make_losses.py.

import { describe, expect, it } from "vitest";
import { objectiveFor } from "../../../js/core/objective.js";
import { bowlOf } from "../../../js/core/quadratic.js";
import { bowlIn } from "../../../js/core/objective.js";
import { LINE } from "../../../js/core/model.js";
import { newTrainer } from "../../../js/core/trainer.js";
import golden from "../../golden/losses.json";

const DEFAULTS = {
  lr: 0.1,
  batch_size: null,
  momentum: 0.9,
  alpha: 0.99,
  betas: [0.9, 0.999],
  history_size: 10,
};

/** @param {string} name @param {any} about @param {any} settings */
function trainer(name, about, settings) {
  const found = golden.points.find((one) => one.name === name);
  if (!found) throw new Error(`no points ${name}`);
  const sample = { features: [Float64Array.from(found.x)], y: Float64Array.from(found.y) };
  const bowl = bowlIn({ model: LINE, objectives: [about] }, sample);
  const objective = objectiveFor(about, { bowl, sample });
  return newTrainer({ bowl, sample, objective }, { ...DEFAULTS, ...settings });
}

describe("a loss", () => {
  const cases = golden.cases.map((one) => ({
    ...one,
    name: [...Object.values(one.loss), ...Object.values(one.settings)].join(" "),
  }));

  it.each(cases)("makes what PyTorch makes: $name", ({ points, loss, settings, rows }) => {
    const made = trainer(points, loss, settings);
    made.begin([-1, 1]);
    rows.forEach((expected, i) => {
      while (made.step < golden.steps[i]) expect(made.advance()).toBe(true);
      const { params, loss: value, grad } = made.row;
      [...params, value, ...grad].forEach((number, column) => {
        const wanted = expected[column];
        if (wanted === null) return; // at a kink, a gradient is that of one side or of the other
        const most = Math.max(...rows.map((row) => Math.abs(Number(row[column]))));
        const size = Math.min(most, Math.abs(Number(rows[0][column])));
        const limit = 1e-12 * (Math.abs(wanted) + size);
        const off = Math.abs(number - wanted);
        if (!(off <= limit)) expect.fail(`${column} at ${made.step}: off by ${off}`);
      });
    });
  });

  it("knows its best parameters, or that there are none", () => {
    const { data } = trainer("classes", { kind: "cross_entropy" }, { optimizer: "gd" });
    const { least } = data.objective;
    for (const by of data.objective.gradient(/** @type {any} */ (least)).slice(1))
      expect(Math.abs(by)).toBeLessThan(1e-14);
    const sample = { features: [Float64Array.of(-2, -1, 1, 2)], y: Float64Array.of(0, 0, 1, 1) };
    const bowl = bowlOf(sample.features, sample.y);
    const objective = objectiveFor({ kind: "cross_entropy" }, { bowl, sample });
    expect(objective.least).toBeNull();
    expect(/** @type {any} */ (objective).isSeparable).toBe(true);
    const of = { bowl, sample: { ...sample, y: Float64Array.of(0, 0, 1) } };
    expect(objectiveFor({ kind: "mae" }, of).isKnown, "of more points than are here").toBe(false);
  });
});
