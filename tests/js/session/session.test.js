// What a person does, one thing on top of another.

import { describe, expect, it } from "vitest";
import { settled } from "../fake-clock.js";
import { clock, kernel, sent, session, steps, view } from "./conversation.js";

describe("one thing on top of another", () => {
  /** What is shown is where the kernel is, and every row is the one the kernel has. */
  const agree = async () => {
    kernel.free();
    await clock.seconds(1);
    if (view().playing) session.pause();
    await clock.seconds(0.5);
    expect(view().row.step, "shown and the kernel's").toBe(kernel.step);
    for (let i = 0; i < view().history.length; i++) {
      const { step, lr } = view().history.rowAt(i);
      expect([step, lr]).toEqual([kernel.table[step][0], kernel.table[step][6]]);
    }
  };

  it.each(["pause", "reset", "step", "back"])(
    "a rate and %s at once, while playing",
    async (then) => {
      session.play();
      await clock.seconds(1);
      session.setLr(0.5);
      session[/** @type {"pause" | "reset" | "step" | "back"} */ (then)]();
      const { step } = view().row;
      await agree();
      if (then === "pause") expect(view().row.step).toBe(step);
    },
  );

  it("dragging the rate while playing piles up no requests", async () => {
    session.play();
    await clock.seconds(1);
    kernel.waiting = [];
    for (let i = 1; i < 100; i++) {
      session.setLr(i / 100);
      await clock.frame();
    }
    kernel.model.sent.length = 0;
    kernel.free();
    await clock.frame();
    expect(sent("advance").length).toBeLessThan(12);
    await agree();
    expect(kernel.lrs).toEqual([0.99]);
  });

  it("a pause is not refused along with a bad rate", async () => {
    session.play();
    await clock.seconds(1);
    kernel.waiting = [];
    session.seek(3);
    session.setLr(-1);
    session.play();
    session.pause();
    await agree();
    expect(kernel.settings.playing).toBe(false);
    expect(view().lr).toBe(0.1);
  });

  it("scrubbing while a cell trains loses none of its rows", async () => {
    kernel.pushes(9);
    kernel.waiting = [];
    session.seek(4);
    for (let i = 0; i < 5; i++) kernel.pushes(10);
    expect(view().row.step).toBe(4);
    await agree();
    expect(steps()).toEqual(steps().map((_, i) => i));
    expect(view().history.last).toBe(59);
  });

  it("new points from Python while a command waits are shown in the end", async () => {
    kernel.waiting = [];
    session.setLr(0.3);
    kernel.answer({ type: "new_data", id: null });
    await agree();
    expect([...view().points.x]).toEqual([0.5, -0.5]);
  });

  it("what Python began anew while a command waits is shown in the end, from its first row", async () => {
    kernel.pushes(8);
    kernel.waiting = [];
    session.setLr(0.3);
    kernel.step = 0;
    kernel.run += 1;
    kernel.table[0][1] = 512;
    kernel.truncate(0);
    kernel.says();
    kernel.pushes(8);
    await agree();
    expect([0, 1, 8].map((i) => view().history.rowAt(i).params[0])).toEqual([512, 256, 2]);
  });

  it("new data, and a rate before they have come", async () => {
    session.newData();
    session.setLr(0.3);
    await agree();
    expect([...view().points.x]).toEqual([0.5, -0.5]);
    expect(view().lr).toBe(0.3);
  });

  it("a step after new data, and a bad rate: no rows are made from where the page was", async () => {
    kernel.pushes(20);
    const waiting = /** @type {any[]} */ (kernel.waiting = []);
    session.newData();
    session.step();
    session.setLr(-1);
    for (let answers = 0; answers < 2; answers++) {
      await clock.frame();
      kernel.answer(waiting.shift());
    }
    await clock.frame();
    expect(waiting.map(({ type }) => type)).toEqual(["hello"]);
    await agree();
  });

  it("rows of a run that was never announced are taken for what they are", async () => {
    kernel.pushes(8);
    kernel.step = 0;
    kernel.truncate(0);
    kernel.run += 2;
    kernel.lrs = [0.5];
    kernel.pushes(8);
    await agree();
    expect(view().history.rowAt(1).lr).toBe(0.5);
  });

  it("rows that follow others never heard of make it ask for all", async () => {
    kernel.train(20);
    kernel.pushes(5);
    await agree();
    expect(steps()).toEqual(steps().map((_, i) => i));
    expect(view().history.last).toBe(25);
  });
});

describe("resetting", () => {
  it("is back at the guess at once, paused", async () => {
    session.play();
    await clock.seconds(1);
    session.reset();
    expect([view().row.step, view().playing, view().seen]).toEqual([0, false, 0]);
    await clock.seconds(1);
    expect([view().row.step, kernel.step, view().history.length]).toEqual([0, 0, 1]);
  });
});

it("keeps the settings that are good, and leaves judging others to the kernel", async () => {
  session.setRule({ momentum: 2, betas: [0.5, 0.6] });
  expect(view().settings).toMatchObject({ momentum: 0.9, betas: [0.5, 0.6] });
  session.setOptimizer("fastest");
  expect(view().optimizer).toBe("gd");
  await settled();
  expect(sent("set").map(({ changes }) => changes)).toEqual([
    { momentum: 2, betas: [0.5, 0.6] },
    { optimizer: "fastest" },
  ]);
});
