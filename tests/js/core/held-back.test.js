// Points that are held back have in a page the loss that plain PyTorch loops give them: see
// tests/golden/make_held_back.py.

import { describe, expect, it } from "vitest";
import { heldPlaces, holdBack, newHeldBack, splicedHeld } from "../../../js/core/held-back.js";
import { modelOf, sampleOf } from "../../../js/core/model.js";
import { bowlIn, objectiveFor } from "../../../js/core/objective.js";
import { pointsOf, spliced } from "../../../js/core/points.js";
import { newTrainer } from "../../../js/core/trainer.js";
import golden from "../../golden/held_back.json";

/** @param {(typeof golden.cases)[0]} case_ */
function fit({ loss, degree, batch_size }) {
  const y = loss.kind === "cross_entropy" ? golden.answers : golden.y;
  const all = pointsOf([Float64Array.from(golden.x)], Float64Array.from(y));
  const points = holdBack(all, golden.share, golden.seed);
  const model = modelOf(degree, true, false);
  const sample = sampleOf(model, points);
  const bowl = bowlIn({ model, objectives: [loss] }, sample);
  const objective = objectiveFor(loss, { bowl, sample });
  const settings = { optimizer: "gd", lr: 0.1, batch_size, outside: false };
  const trainer = newTrainer({ bowl, sample, objective }, /** @type {any} */ (settings));
  const held = /** @type {import("../../../js/core/points.js").Points} */ (points.held);
  return { trainer, lossOf: newHeldBack(sampleOf(model, held), loss, model.intercept) };
}

describe("the loss of points held back", () => {
  const cases = golden.cases.map((one) => ({
    ...one,
    name: [...Object.values(one.loss), one.degree, one.batch_size].join(" "),
  }));

  it.each(cases)("is that of a plain loop: $name", (case_) => {
    const { rows } = case_;
    const { trainer, lossOf } = fit(case_);
    trainer.begin(rows[0].slice(0, -2));
    const most = Math.max(...rows.map((row) => row[row.length - 1]));
    rows.forEach((expected, i) => {
      while (trainer.step < golden.steps[i]) expect(trainer.advance()).toBe(true);
      const wanted = expected[expected.length - 1];
      const limit = 1e-12 * (wanted + most);
      expect(Math.abs(lossOf(trainer.row.params) - wanted)).toBeLessThan(limit);
      expect(Math.abs(lossOf(expected.slice(0, -2)) - wanted)).toBeLessThan(limit);
    });
  });

  it("is known of fewer points than parameters, and of points that are alike", () => {
    const features = [Float64Array.of(2, 2), Float64Array.of(4, 4), Float64Array.of(0, 0)];
    const lossOf = newHeldBack({ features, y: Float64Array.of(1, 3) }, { kind: "mse" }, 3);
    // 2 · 1 + 4 · 0.5 + 1 = 5, of 1 and of 3
    expect(lossOf([1, 0.5, 7, 1])).toBeCloseTo((16 + 4) / 2, 12);
  });
});

describe("who is held back", () => {
  it("is drawn by the seed, as in Python", () => {
    const held = heldPlaces(golden.share, golden.x.length, golden.seed);
    expect(held.flatMap((is, i) => (is ? [i] : []))).toEqual(golden.held);
  });

  it("is said by a mask or by places, too", () => {
    expect(heldPlaces([2, 0], 3, 1)).toEqual([true, false, true]);
    expect(heldPlaces([true, false, true], 3, 1)).toEqual([true, false, true]);
  });

  it.each([
    [[true, false], "a mask of 3, as many as there are points; got 2"],
    [[3], "places from 0 to 2, none of them twice; got [3]"],
    [[1, 1], "places from 0 to 2, none of them twice; got [1,1]"],
    [[0, 1, 2], "at least one point on each side; got [0,1,2], which holds back 3 of 3"],
    [0.1, "at least one point on each side; got 0.1, which holds back 0 of 3"],
  ])("must leave points on both sides: %j", (validation, words) => {
    expect(() => heldPlaces(validation, 3, 1)).toThrow(words);
  });

  it("stays so when it is moved, and when others are", () => {
    const x = Float64Array.of(0, 1, 2, 3);
    const points = holdBack(pointsOf([x], x), [1, 3], 1);
    const moved = splicedHeld(points, 1, 1, [[9, 9]]);
    expect([...moved.x, "|", .../** @type {any} */ (moved.held).x]).toEqual([0, 2, "|", 1, 9]);
    const other = spliced(moved, 0, 1, [[5, 5]]);
    expect([...other.x, "|", .../** @type {any} */ (other.held).x]).toEqual([5, 2, "|", 1, 9]);
  });
});
