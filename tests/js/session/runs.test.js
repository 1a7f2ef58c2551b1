// Several runs under one clock; and one that code makes which is not ours.

import { beforeEach, describe, expect, it } from "vitest";
import { settled } from "../fake-clock.js";
import { FakeKernel } from "../fake-kernel.js";
import { clock, kernel, open, sent, session, view } from "./conversation.js";

describe("a race", () => {
  const rowsOf = (/** @type {number} */ i) => {
    const { history } = view().runs[i];
    return Array.from({ length: history.length }, (_, k) => history.stepAt(k));
  };
  const shown = () => view().runs.map(({ row }) => row.step);

  /** @param {number[]} lrs */
  const race = async (...lrs) => {
    session.close();
    await open(new FakeKernel(lrs));
  };

  beforeEach(() => race(0.1, 0.2));

  it("has all runs under one clock", async () => {
    expect(view().runs.map(({ name, row }) => [name, row.params[0]])).toEqual([
      ["0.1", 1024],
      ["0.2", 2048],
    ]);
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    expect(view().step).toBeGreaterThan(5);
    expect(shown()).toEqual([kernel.step, kernel.step]);
    session.seek(3);
    expect(shown()).toEqual([3, 3]);
    session.step();
    await clock.seconds(0.2);
    expect(shown()).toEqual([4, 4]);
    session.reset();
    expect(shown()).toEqual([0, 0]);
    session.setGuess([5, 6]);
    expect(view().runs.map(({ row }) => row.params)).toEqual([
      [5, 6],
      [5, 6],
    ]);
  });

  it("speaks of the run that is chosen", async () => {
    session.step();
    await clock.seconds(0.2);
    session.choose(1);
    expect(view()).toMatchObject({
      chosen: 1,
      lr: 0.2,
      optimizer: "gd",
      row: { params: [1024, 1] },
    });
    expect(view().run).toBe(view().runs[1]);
    expect(view().history).toBe(view().runs[1].history);
  });

  it("changes the rate and the rule of the chosen run alone, and what all share", async () => {
    session.choose(1);
    session.setLr(0.5);
    expect(view().runs.map(({ lr }) => lr)).toEqual([0.1, 0.5]);
    await settled();
    session.setOptimizer("adam");
    await settled();
    session.setRule({ momentum: 0.5, batch_size: 1 });
    expect(view().settings).toMatchObject({ momentum: 0.5, batch_size: 1 });
    await settled();
    expect(sent("set").map(({ changes }) => changes)).toEqual([
      { lr: [0.1, 0.5] },
      { optimizer: ["gd", "adam"] },
      { momentum: 0.5, batch_size: 1 },
    ]);
    expect(kernel.rules).toMatchObject({ momentum: 0.5, batch_size: 1 });
    expect(view()).toMatchObject({ optimizer: "adam", settings: { alpha: 0.99, momentum: 0.5 } });
  });

  it("changes a rate while playing, and every run goes on from the step shown", async () => {
    session.play();
    await clock.seconds(1);
    const { step } = view();
    session.setLr(0.4);
    await clock.seconds(1);
    const { history } = view();
    expect([history.rowAt(step).lr, history.rowAt(step + 1).lr]).toEqual([0.1, 0.4]);
    for (const i of [0, 1]) expect(rowsOf(i)).toEqual(rowsOf(i).map((_, k) => k));
    expect(rowsOf(0).length).toBe(rowsOf(1).length);
  });

  it("goes on without a run that has diverged, which stays at its last row", async () => {
    kernel.divergesAt = [Infinity, 5];
    session.play();
    await clock.seconds(0.3);
    expect(view().runs[1].divergedAt, "that is yet to be seen").toBe(null);
    await clock.seconds(1);
    session.pause();
    await settled();
    const { step, seen } = view();
    expect(step).toBeGreaterThan(8);
    expect(shown()).toEqual([step, 4]);
    expect(view().runs.map(({ divergedAt }) => divergedAt)).toEqual([null, 5]);
    session.seek(2);
    expect(shown()).toEqual([2, 2]);
    expect(view().runs[1].divergedAt).toBe(null);
    await settled();
    session.play();
    await clock.frame();
    expect(rowsOf(0), "all can be walked through again").toHaveLength(seen + 1);
    await clock.seconds(2);
    expect(view().step).toBeGreaterThan(seen);
    expect(view().runs[1].divergedAt).toBe(5);
  });

  it("asks for all when a run that had ended has come up to the others", async () => {
    kernel.divergesAt = [Infinity, 5];
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    const { step } = view();
    kernel.divergesAt = [Infinity, Infinity];
    const table = kernel.tables[1];
    for (let k = 5; k <= step; k++) table.push([k, 1, 1, 8, 1, 1, 0.3]);
    kernel.lrs = [0.1, 0.3];
    kernel.stretches[1].push({ ...kernel.stretches[1][0], step: 5, lr: 0.3 });
    kernel.run += 1;
    kernel.says();
    await settled();
    expect(shown()).toEqual([step, step]);
    expect(rowsOf(1)).toEqual(rowsOf(1).map((_, k) => k));
    expect(
      view()
        .runs[1].history.stretches()
        .map(({ lr }) => lr),
    ).toEqual([0.2, 0.3]);
  });

  it("begins again at the guess when points are edited", async () => {
    session.step();
    await clock.seconds(0.2);
    session.editPoints(0, 1, [[2, 2]]);
    expect(view().runs.map(({ row }) => [row.step, row.params[0]])).toEqual([
      [0, 1024],
      [0, 1024],
    ]);
    await settled();
    expect(view().runs.map(({ row }) => [row.step, row.params[0]])).toEqual([
      [0, 1024],
      [0, 1024],
    ]);
  });

  it("that Python trains is followed, with what is thinned", () => {
    kernel.pushes(30);
    kernel.divergesAt = [33, Infinity];
    kernel.pushes(5);
    expect([view().step, ...shown()]).toEqual([35, 32, 35]);
  });
});

describe("what the user's code does", () => {
  beforeEach(async () => {
    session.close();
    await open(new FakeKernel([0.1], "Your update"));
  });

  it("is shown like any other run, and is never made up", async () => {
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    const { step } = view();
    expect(view()).toMatchObject({ canTrain: true, optimizer: "Your update", lr: null });
    expect(view().row.lr).toBeTypeOf("number");
    session.seek(2);
    await settled();
    session.step();
    await clock.frame();
    expect(view().history.last, "rows after it are made anew").toBe(3);
    expect(step).toBeGreaterThan(3);
  });

  it("prints, and what it printed comes with the rows", async () => {
    kernel.printed = "loss 8.0";
    session.step();
    await clock.seconds(0.1);
    expect(view().printed).toBe("loss 8.0");
    expect(view().labels.code).toEqual(["a -= lr * a.grad"]);
  });

  it("may fail, in a line of its own", async () => {
    const content = { type: "error", id: null, hint: "", traceback: "", line: 0 };
    kernel.model.receive({ ...content, message: "name 'lr' is not defined" });
    expect(view().problem).toMatchObject({ line: 0, message: "name 'lr' is not defined" });
  });
});
