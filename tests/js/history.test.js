import { describe, expect, it } from "vitest";
import { COLUMNS, History } from "../../js/history.js";

/** @param {number[]} steps @param {number} [lr] */
const rows = (steps, lr = 0.1) =>
  Float64Array.from(steps.flatMap((step) => [step, 10 * step, 0, 100 - step, 0, 0, lr]));

/** @param {History} history */
const steps = (history) => Array.from({ length: history.length }, (_, i) => history.stepAt(i));

describe("History", () => {
  it("reads rows back by the names of their columns", () => {
    const history = new History();
    history.write(Float64Array.from([3, 1.5, 2.5, 0.25, -1, -2, 0.1]));
    expect(Object.keys(history.rowAt(0))).toEqual(COLUMNS);
    expect(Object.values(history.rowAt(0))).toEqual([3, 1.5, 2.5, 0.25, -1, -2, 0.1]);
    expect(history.lossAt(0)).toBe(0.25);
  });

  it("replaces what was known from the first new row on", () => {
    const history = new History();
    history.write(rows([0, 1, 2, 3, 4]));
    history.write(rows([3], 0.5));
    expect(steps(history)).toEqual([0, 1, 2, 3]);
    expect(history.rowAt(3).lr).toBe(0.5);
    history.write(rows([]));
    expect(history.last).toBe(3);
  });

  it("puts a row where its step belongs and keeps the others", () => {
    const history = new History();
    history.write(rows([0, 10, 20]));
    history.put(rows([13]));
    history.put(rows([20], 0.5));
    history.put(rows([25]));
    expect(steps(history)).toEqual([0, 10, 13, 20, 25]);
    expect(history.rowAt(3).lr).toBe(0.5);
  });

  it("finds the last row at or before a step", () => {
    const history = new History();
    expect(history.last).toBe(-1);
    history.write(rows([0, 10, 20]));
    expect([-1, 0, 9, 10, 99].map((step) => history.indexOf(step))).toEqual([-1, 0, 0, 1, 2]);
    expect(history.has(10)).toBe(true);
    expect(history.has(11)).toBe(false);
  });

  it("grows without losing anything", () => {
    const history = new History();
    for (let step = 0; step < 5000; step++) history.write(rows([step]));
    expect(history.length).toBe(5000);
    expect(history.rowAt(4321).slope).toBe(43210);
  });

  it("knows how far training would make the same rows again", () => {
    const history = new History();
    history.write(rows([0, 1, 2, 3]));
    history.write(rows([4, 5], 0.5));
    expect(history.replayableTo(1, 0.1)).toBe(3);
    expect(history.replayableTo(1, 0.5)).toBe(1);
    expect(history.replayableTo(3, 0.5)).toBe(5);
    history.write(rows([8, 9], 0.5));
    expect(history.replayableTo(3, 0.5)).toBe(5);
  });
});
