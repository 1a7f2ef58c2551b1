// The history as text: nothing is lost on the way.

import { describe, expect, it } from "vitest";
import { csv, missing } from "../../../js/page/history-csv.js";
import { newTable } from "../../../js/core/table.js";
import { ROWS, historyOf } from "./rows.js";

const NAMES = ["slope", "intercept"];

describe("csv", () => {
  /** @param {string} name @param {number[][]} rows */
  const run = (name, ...rows) => ({ name, history: historyOf(...rows) });

  it("has the history's columns, and every number in all its digits", () => {
    const [header, ...lines] = csv([run("", ...ROWS)], NAMES)
      .trimEnd()
      .split("\n");
    expect(header).toBe("step,slope,intercept,loss,grad_slope,grad_intercept,lr,epoch");
    expect(lines.map((line) => line.split(",").map(Number))).toEqual(
      ROWS.map((row) => [...row, 0]),
    );
  });

  it("is a header alone where nothing is known", () => {
    expect(csv([run("")], NAMES).split("\n")).toHaveLength(2);
  });

  it("has all runs of a race, each row under its run's name", () => {
    const lines = csv([run("Adam, 0.1", ...ROWS), run('my "own"', ROWS[0])], NAMES).split("\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^run,step,/);
    expect(lines[2]).toMatch(/^"Adam, 0.1",1,-0.74,/);
    expect(lines[3]).toMatch(/^"my ""own""",0,-1,/);
  });

  it("has a column for each parameter, whatever it is called", () => {
    const history = newTable(3);
    history.write(Float64Array.from([0, 1, 2, 3, 9, -1, -2, -3, 0.1]));
    const [header, row] = csv([{ name: "", history }], ["rooms", "age, in years", "b"]).split("\n");
    expect(header).toBe(
      'step,rooms,"age, in years",b,loss,grad_rooms,"grad_age, in years",grad_b,lr,epoch',
    );
    expect(row).toBe("0,1,2,3,9,-1,-2,-3,0.1,0");
  });

  it("counts epochs", () => {
    const history = historyOf(ROWS[0]);
    history.n = 4;
    const stretch = { step: 1, epoch: 0, batch: 0, optimizer: "gd", lr: 0.1, batch_size: 1 };
    history.write(Float64Array.from(ROWS[1]), 0, [stretch]);
    expect(csv([{ name: "", history }], NAMES)).toMatch(/,0.1,0.25\n$/);
  });
});

it("says what it lacks", () => {
  const whole = historyOf(...ROWS);
  expect(missing([{ name: "", history: whole }])).toBe("");
  const thinned = historyOf(ROWS[0], [1_999, ...ROWS[1].slice(1)]);
  const words = missing([whole, thinned].map((history) => ({ name: "", history })));
  expect(words).toBe("The history is of 4 of 2,002 rows.");
});
