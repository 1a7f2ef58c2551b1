// The rules go where PyTorch's optimizers go, and SciPy's conjugate gradients: see
// tests/golden/make_optimizers.py.

import { describe, expect, it } from "vitest";
import { batch } from "../../../js/core/batches.js";
import { quadratic } from "../../../js/core/objective.js";
import { bowlOf, gradient } from "../../../js/core/quadratic.js";
import { RULES } from "../../../js/core/rules.js";
import plain from "../../golden/gradient_descent.json";
import golden from "../../golden/optimizers.json";

/**
 * @typedef {import("../../../js/core/quadratic.js").Params} Params
 * @typedef {{ x: number[], y: number[] }} Points
 * @typedef {{ optimizer: string, batch_size?: number | null, [name: string]: any }} Chosen
 */

const DEFAULTS = { lr: 0.1, momentum: 0.9, alpha: 0.99, betas: [0.9, 0.999], history_size: 10 };

/**
 * Slope, intercept, loss, grad_slope and grad_intercept after each step, 0 too.
 * @param {Points} points
 * @param {number[]} guess
 * @param {Chosen} chosen
 * @param {number} nSteps
 */
function train({ x, y }, [slope, intercept], { optimizer, batch_size = null, ...rest }, nSteps) {
  const bowl = bowlOf([x], y);
  const settings = { ...DEFAULTS, ...rest, objective: quadratic(bowl) };
  const { step, memory: begin } = RULES[optimizer];
  let [params, memory] = [[slope, intercept], begin(2, settings)];
  const rows = [];
  for (let i = 0; ; i++) {
    rows.push([...params, ...gradient(bowl, params)]);
    if (i === nSteps) return rows;
    const seen = batch_size === null ? null : [...batch(x.length, batch_size, i)];
    const part = seen
      ? bowlOf(
          [seen.map((j) => x[j])],
          seen.map((j) => y[j]),
        )
      : bowl;
    const [, ...grad] = gradient(part, params);
    [params, memory] = step(params, grad, memory, settings);
  }
}

/**
 * Equal to 1e-12. A gradient near the bottom, or the loss of a perfect fit, is the difference of
 * nearly equal numbers: what can be asked there is 1e-12 of their sizes.
 * @param {number[][]} rows
 * @param {number[][]} expected
 */
function expectGolden(rows, expected) {
  expect(rows).toHaveLength(expected.length);
  expected[0].forEach((first, column) => {
    const most = Math.max(...expected.map((row) => Math.abs(row[column])));
    const size = Math.min(most, Math.abs(first));
    expected.forEach((row, i) => {
      const off = Math.abs(rows[i][column] - row[column]);
      const limit = 1e-12 * (Math.abs(row[column]) + size);
      if (!(off <= limit)) expect.fail(`row ${i}, column ${column}: off by ${off}`);
    });
  });
}

const points = Object.fromEntries(golden.points.map(({ name, ...points }) => [name, points]));
const cases = golden.cases.map((one) => ({
  ...one,
  name: [one.points, ...Object.values(one.settings)].join(" "),
}));

describe("RULES", () => {
  it.each(plain)("do what PyTorch's plainest loop does: $name", ({ x, y, guess, lr, rows }) => {
    expectGolden(train({ x, y }, guess, { optimizer: "gd", lr }, rows.length - 1), rows);
  });

  it.each(cases)("do what PyTorch or SciPy does: $name", ({ points: which, ...one }) => {
    const steps = golden.steps.slice(0, one.rows.length);
    const rows = train(points[which], one.guess, one.settings, Math.max(...steps));
    expectGolden(
      steps.map((step) => rows[step]),
      one.rows,
    );
  });

  it("are all held to the golden file, in its order", () => {
    expect([...new Set(cases.map((one) => one.settings.optimizer))]).toEqual(Object.keys(RULES));
  });

  const NAMES = Object.keys(RULES);

  it.each(NAMES)("heed the settings they say they heed, and no other: %s", (optimizer) => {
    const { x, y } = points["the lesson"];
    const end = (/** @type {object} */ other) =>
      train({ x, y }, [-1, 1], { optimizer, ...other }, 2)[2];
    const others = { lr: 0.2, batch_size: 8, momentum: 0.5, alpha: 0.9, betas: [0.5, 0.5] };
    for (const [name, other] of Object.entries(others)) {
      if (name === "batch_size") continue; // a step never sees it
      const heeded = RULES[optimizer].settings.includes(name);
      expect(String(end({ [name]: other })) !== String(end({})), name).toBe(heeded);
    }
  });

  it.each(NAMES)("change nothing they were given: %s", (optimizer) => {
    const { step, memory: begin } = RULES[optimizer];
    const bowl = bowlOf([[0, 1, 2]], [1, 2, 4]);
    const settings = { ...DEFAULTS, objective: quadratic(bowl) };
    const memory = begin(2, settings);
    /** @type {{ params: Params, grad: Params, memory: number[] }} */
    const given = { params: [3, 2], grad: [-1, 4], memory: [...memory] };
    const before = structuredClone(given);
    const [, next] = step(given.params, given.grad, given.memory, settings);
    expect(given).toEqual(before);
    expect(next).toHaveLength(memory.length);
  });

  const VALLEYS = [
    { name: "one point", x: [2], y: [5] },
    { name: "equal x", x: [3, 3, 3], y: [1, 2, 6] },
    { name: "points at the origin", x: [0, 0], y: [0, 0] },
    { name: "points on the axis", x: [-1, 0, 1], y: [0, 0, 0] },
    { name: "nearly equal x", x: [0.99772, 0.99937, 0.99764, 1.00153], y: [0, 0, 0, 0] },
    { name: "x around 1e4", x: [1e4, 1e4 + 1, 1e4 + 2], y: [1, 3, 4] },
  ];
  it.each(VALLEYS.flatMap((valley) => NAMES.map((optimizer) => ({ ...valley, optimizer }))))(
    "stay finite, and do no harm: $optimizer, $name",
    ({ x, y, optimizer }) => {
      const lr = 1e-10; // below what diverges for all these points
      const rows = train({ x, y }, [-1, 1], { optimizer, lr }, 400);
      expect(rows.flat().every(Number.isFinite)).toBe(true);
      expect(rows[400][2]).toBeLessThanOrEqual(rows[0][2]);
    },
  );
});
