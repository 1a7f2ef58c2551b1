import { describe, expect, it } from "vitest";
import { newExtremes } from "../../../js/core/extremes.js";
import { newTable } from "../../../js/core/table.js";
import { MOST_ROWS } from "../../../js/core/thinning.js";

/** @param {number[]} steps @param {number} [lr] */
const rows = (steps, lr = 0.1) =>
  Float64Array.from(steps.flatMap((step) => [step, 10 * step, 0, 100 - step, 0, 0, lr]));

/** @param {number} step @param {number} [lr] @param {object} [others] */
const stretch = (step, lr = 0.1, others = {}) => ({
  ...{ optimizer: "gd", lr, batch_size: null, step, epoch: step - 1, batch: 0, ...others },
});

/** @param {import("../../../js/core/table.js").Table} history */
const steps = (history) => Array.from({ length: history.length }, (_, i) => history.stepAt(i));

describe("newTable", () => {
  it("reads rows back by the names of their columns", () => {
    const history = newTable(2);
    history.write(Float64Array.from([3, 1.5, 2.5, 0.25, -1, -2, 0.1]));
    const row = { step: 3, params: [1.5, 2.5], loss: 0.25, grad: [-1, -2], lr: 0.1 };
    expect(history.rowAt(0)).toEqual({ ...row, memory: [], epoch: 0 });
    expect(history.lossAt(0)).toBe(0.25);
  });

  it("replaces what was known from the first new row on", () => {
    const history = newTable(2);
    history.write(rows([0, 1, 2, 3, 4]));
    history.write(rows([3], 0.5));
    expect(steps(history)).toEqual([0, 1, 2, 3]);
    expect(history.rowAt(3).lr).toBe(0.5);
    history.write(rows([]));
    expect(history.last).toBe(3);
  });

  it("puts a row where its step belongs and keeps the others", () => {
    const history = newTable(2);
    history.write(rows([0, 10, 20]));
    history.put([...rows([13])]);
    history.put([...rows([20], 0.5)]);
    history.put([...rows([25])]);
    expect(steps(history)).toEqual([0, 10, 13, 20, 25]);
    expect(history.rowAt(3).lr).toBe(0.5);
  });

  it("finds the last row at or before a step", () => {
    const history = newTable(2);
    expect(history.last).toBe(-1);
    history.write(rows([0, 10, 20]));
    expect([-1, 0, 9, 10, 99].map((step) => history.indexOf(step))).toEqual([-1, 0, 0, 1, 2]);
    expect(history.has(10)).toBe(true);
    expect(history.has(11)).toBe(false);
  });

  it("grows without losing anything", () => {
    const history = newTable(2);
    for (let step = 0; step < 5000; step++) history.write(rows([step]));
    expect(history.length).toBe(5000);
    expect(history.rowAt(4321).params[0]).toBe(43210);
  });

  it("knows how far training would make the same rows again", () => {
    const history = newTable(2);
    history.write(rows([0, 1, 2, 3]), -1, [stretch(1)]);
    history.write(rows([4, 5], 0.5), 3, [stretch(4, 0.5)]);
    expect(history.replayableTo(1, stretch(1))).toBe(3);
    expect(history.replayableTo(1, stretch(1, 0.5))).toBe(1);
    expect(history.replayableTo(3, stretch(1, 0.5))).toBe(5);
    const momentum = { optimizer: "momentum", momentum: 0.9 };
    expect(history.replayableTo(1, stretch(1, 0.1, momentum))).toBe(1);
    expect(history.replayableTo(1, stretch(1, 0.1, { batch_size: 5 }))).toBe(1);
    history.write(rows([8, 9], 0.5));
    expect(history.replayableTo(3, stretch(1, 0.5))).toBe(5);
  });

  it("never knows that of code that is not ours", () => {
    const history = newTable(2);
    const plan = { optimizer: "your update", outside: true };
    history.write(rows([0, 1, 2]), -1, [{ ...plan, step: 1, epoch: 0, batch: 0 }]);
    expect(history.replayableTo(0, plan)).toBe(0);
  });

  it("keeps what made each row, and the rule's memory", () => {
    const history = newTable(2);
    history.n = 10;
    const momentum = stretch(3, 0.1, { optimizer: "momentum", batch_size: 4, epoch: 2 });
    history.write(rows([0, 1, 2]), -1, [stretch(1)]);
    history.write(Float64Array.from([...rows([3]), 5, 6]), 2, [momentum], 9);
    history.write(Float64Array.from([...rows([4]), 7, 8]), 3, [momentum], 9);
    expect([0, 1, 2, 3, 9].map((step) => history.stretchAt(step)?.step)).toEqual(
      // nothing made row 0
      [undefined, 1, 1, 3, 3],
    );
    expect([1, 3, 4].map((i) => history.rowAt(i).memory)).toEqual([[], [5, 6], [7, 8]]);
    // Three batches to an epoch, the last of them smaller.
    expect([0, 2, 3, 4].map((i) => history.rowAt(i).epoch)).toEqual([0, 2, 2 + 1 / 3, 2 + 2 / 3]);
    expect(history.rows(2).length).toBe(2 * history.width);
    expect(history.stretches(2)).toEqual([momentum]);
    expect(history.stretches(1).length).toBe(2);
    history.truncate(2);
    expect(history.stretches()).toEqual([stretch(1)]);
    history.write(rows([3, 4], 0.5), 2, [stretch(3, 0.5)]);
    expect(history.rowAt(3).memory).toEqual([]);
  });

  it("puts a row with what made it, in place of what was thought to", () => {
    const history = newTable(2);
    history.write(rows([0, 10]), -1, [stretch(1), stretch(5, 0.2), stretch(9, 0.3)]);
    history.put([...rows([7]).subarray(0, 6), null], stretch(4, 0.4));
    expect(history.stretches().map(({ step }) => step)).toEqual([1, 4, 9]);
    expect(history.rowAt(1).lr).toBeNaN();
  });

  it("finds the first step below a loss, and again after it was replaced", () => {
    const history = newTable(2);
    history.write(rows([0, 10, 20]));
    expect(history.firstBelow(75)).toBe(null);
    history.write(rows([30, 40]));
    expect(history.firstBelow(75)).toBe(30);
    expect(history.firstBelow(95)).toBe(10);
    history.truncate(20);
    expect(history.firstBelow(75)).toBe(null);
    history.write(rows([25]));
    expect(history.firstBelow(75)).toBe(25);
    history.put([12, 0, 0, 1, 0, 0, 0.1]);
    expect(history.firstBelow(75)).toBe(12);
  });

  it("keeps no more rows than it must, however many come, and those that matter", () => {
    const history = newTable(2);
    const turn = 600_000;
    history.write(rows([0]));
    for (let step = 1; step < 1_000_000; step += 1000) {
      const after = step <= turn ? stretch(1) : stretch(turn + 1, 0.2);
      const news = Array.from({ length: 1000 }, (_, i) => step + i);
      history.write(rows(news), step - 1, [after]);
      history.thin(step);
      expect(history.length).toBeLessThanOrEqual(MOST_ROWS + 1000);
    }
    const known = steps(history);
    expect(known).toEqual([...new Set(known)].sort((a, b) => a - b));
    expect(history.last).toBe(1_000_000);
    /** @param {number} from @param {number} n */
    const areAll = (from, n) => Array.from({ length: n }, (_, i) => from + i).every(has);
    const has = (/** @type {number} */ step) => history.has(step);
    expect(areAll(0, 128), "the beginning").toBe(true);
    expect(areAll(turn + 1, 128), "the beginning with other settings").toBe(true);
    expect(areAll(997_000, 3001), "what is near").toBe(true);
    const gaps = known.slice(1).map((step, i) => step - known[i]);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(256);
    expect(known.map((step) => history.rowAt(history.indexOf(step)).params[0] / 10)).toEqual(known);
    expect(history.extremes(0, history.length - 1)).toEqual([history.length - 1, 0]);
  });

  it("keeps what was sent thinned, the first row below a loss, and settings that change all the time", () => {
    const history = newTable(2);
    const n = 50_000;
    const news = Array.from({ length: n }, (_, i) => 7 * i);
    const numbers = rows(news);
    const low = 30_001;
    news.forEach((_, i) => (numbers[7 * i + 3] = i < low ? 9 : 1));
    history.write(
      numbers,
      -1,
      news.slice(1).map((step) => stretch(step)),
    );
    expect(history.firstBelow(2)).toBe(7 * low);
    expect(history.firstBelow(0)).toBe(null);
    expect(history.firstBelow(2)).toBe(7 * low);
    history.thin(0);
    expect(history.length).toBeLessThanOrEqual(MOST_ROWS);
    expect(history.firstBelow(2)).toBe(7 * low);
    history.put(history.rows(-1, 0), null); // what was found is looked for again
    expect(history.firstBelow(2)).toBe(7 * low);
    expect(history.stretches().length).toBeLessThan(2 * history.length);
    const made = steps(history).slice(1);
    expect(made.every((step) => history.stretchAt(step)?.step === step)).toBe(true);
    const between = made.find((step) => !history.has(step + 7)) ?? 0;
    expect(history.stretchAt(between + 7)).toMatchObject({ outside: true, step: between + 7 });
  });
});

describe("the lowest and the highest loss", () => {
  /** @param {number[]} losses @param {number} [from]  the step of the first */
  const withLosses = (losses, from = 0) =>
    Float64Array.from(losses.flatMap((loss, i) => [from + i, 0, 0, loss, 0, 0, 0.1]));
  const some = Array.from({ length: 700 }, (_, i) => (i * 7919) % 1009);

  /** What looking at each finds. @param {number[]} losses @param {number} i @param {number} j */
  function looked(losses, i, j) {
    const part = losses.slice(i, j + 1);
    return [i + part.indexOf(Math.min(...part)), i + part.indexOf(Math.max(...part))];
  }

  it.each([
    [0, 699],
    [0, 0],
    [699, 699],
    [1, 8],
    [7, 64],
    [63, 513],
    [64, 575],
    [500, 699],
  ])("are found from row %i to row %i", (i, j) => {
    const history = newTable(2);
    history.write(withLosses(some));
    expect(history.extremes(i, j)).toEqual(looked(some, i, j));
  });

  it("are of the rows that there are now", () => {
    const history = newTable(2);
    history.write(withLosses(some));
    history.extremes(0, 699);
    const others = [5000, -1, 4000];
    history.write(withLosses(others, 300), 299);
    const now = [...some.slice(0, 300), ...others];
    expect(history.extremes(0, 302)).toEqual(looked(now, 0, 302));
    history.put([7, 0, 0, -9, 0, 0, 0.1]);
    expect(history.extremes(0, 302)).toEqual([7, 300]);
    history.truncate(299);
    expect(history.extremes(0, 299)[1]).toBe(looked(some, 0, 299)[1]);
  });

  it("are found without looking at each again", () => {
    let looks = 0;
    const extremes = newExtremes((i) => {
      looks += 1;
      return some[i % 700];
    });
    extremes.of(0, 99_999);
    looks = 0;
    extremes.of(17, 99_987);
    expect(looks).toBeLessThan(500);
  });
});
