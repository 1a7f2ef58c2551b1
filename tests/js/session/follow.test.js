// A session follows what its source says.

import { describe, expect, it, vi } from "vitest";
import { newSession } from "../../../js/session/session.js";
import { newKernelSource } from "../../../js/sources/kernel.js";
import { settled } from "../fake-clock.js";
import { FakeKernel } from "../fake-kernel.js";
import { clock, kernel, open, sent, session, steps, view } from "./conversation.js";

describe("opening", () => {
  it("draws from the state the page opens with, before the kernel has said a word", () => {
    const silent = new FakeKernel();
    silent.waiting = [];
    const early = newSession(newKernelSource(silent.model), clock);
    expect(early.view?.row).toMatchObject({ step: 0, params: [1024, 1], loss: 8 });
    expect([...(early.view?.points.x ?? [])]).toEqual([1, -1]);
    expect(early.view?.link).toBe("connecting");
    early.close();
  });

  it("asks for everything, and shows where the kernel is", async () => {
    session.close();
    kernel.train(7);
    await open();
    expect(sent("hello").length).toBeGreaterThan(0);
    expect(view().link).toBe("live");
    expect(view().row.step).toBe(7);
    expect(steps()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("goes on playing after the page was reloaded", async () => {
    session.close();
    kernel.train(7);
    kernel.settings.playing = true;
    kernel.stopAt = 60;
    await open();
    await clock.seconds(1);
    expect(view().playing).toBe(true);
    expect(view().row.step).toBeGreaterThan(12);
  });
});

describe("a cell that trains", () => {
  it("is followed step by step", () => {
    kernel.pushes(30);
    expect(view().row.step).toBe(30);
    kernel.pushes(5);
    expect([view().row.step, view().seen]).toEqual([35, 35]);
  });

  it("is followed while playing, and playing goes on from there", async () => {
    session.play();
    await clock.seconds(1);
    kernel.pushes(40);
    const { step } = kernel;
    expect(view().row.step).toBe(step);
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(step + 5);
    expect(steps()).toEqual(steps().map((_, i) => i));
  });
});

describe("the kernel", () => {
  /** @param {number} milliseconds */
  const pass = async (milliseconds) => {
    vi.advanceTimersByTime(milliseconds);
    await settled();
  };

  it("is called busy, and not in error, while what failed is tried again", async () => {
    session.setLr(-1);
    await clock.seconds(0.1);
    kernel.waiting = [];
    session.step();
    await settled();
    await pass(2000);
    expect([view().link, view().problem]).toEqual(["busy", null]);
    kernel.free();
    await clock.seconds(0.1);
  });

  it("is called busy when it does not answer, and playing goes on when it does", async () => {
    kernel.waiting = [];
    session.play();
    await clock.seconds(1);
    await pass(2000);
    expect(view().link).toBe("busy");
    expect(view().playing).toBe(true);
    kernel.free();
    await clock.seconds(1);
    expect(view().link).toBe("live");
    expect(view().row.step).toBeGreaterThan(5);
    session.pause();
    await settled();
  });

  it("pauses at once even when busy, and is told when it listens again", async () => {
    session.play();
    await clock.seconds(1);
    kernel.waiting = [];
    session.pause();
    const { step } = view().row;
    await clock.seconds(1);
    expect(view().row.step).toBe(step);
    kernel.free();
    await settled();
    expect(kernel.step).toBe(step);
  });

  it("is asked nothing by a view that outlives the session", async () => {
    await vi.advanceTimersByTimeAsync(2000);
    session.close();
    const { length } = kernel.model.sent;
    expect(await session.pictureOf([0, 1], [0, 1])).toBe(null);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(kernel.model.sent).toHaveLength(length);
  });

  it("loses messages when the connection is cut, and is asked again", async () => {
    session.play();
    await clock.seconds(1);
    const { answer } = kernel;
    kernel.answer = () => {};
    await clock.seconds(1);
    const { step } = view().row;
    kernel.answer = answer;
    await pass(12_000);
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(step + 5);
    expect(steps()).toEqual(steps().map((_, i) => i));
    session.pause();
    await settled();
  });
});

describe("late answers", () => {
  it("to a step do not wipe out what Python has trained since", async () => {
    kernel.waiting = [];
    session.step();
    await clock.frame();
    kernel.pushes(30);
    kernel.free();
    await clock.seconds(0.2);
    expect(steps().length).toBeGreaterThanOrEqual(31);
    expect(steps()).toEqual(steps().map((_, i) => i));
  });

  it("to new data leave Step working, on the new points", async () => {
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    session.seek(0);
    await settled();
    session.newData();
    session.step();
    await clock.seconds(0.5);
    const { step } = view().row;
    session.step();
    await clock.seconds(0.5);
    expect(view().row.step).toBe(step + 1);
    expect(kernel.step).toBe(step + 1);
  });

  it("to a speed that is being dragged do not put it back, and Python's is followed again", async () => {
    kernel.waiting = [];
    for (const speed of [20, 30, 40]) session.setSpeed(speed);
    const questions = /** @type {any[]} */ (kernel.waiting);
    expect(questions).toHaveLength(3);
    kernel.waiting = null;
    for (const question of questions) {
      kernel.answer(question);
      await settled();
      expect(view().stepsPerSecond).toBe(40);
    }
    kernel.settings.steps_per_second = 5;
    kernel.says();
    expect(view().stepsPerSecond).toBe(5);
  });

  it("to speed and Play in one go leave playing on", async () => {
    kernel.waiting = [];
    session.setSpeed(20);
    session.play();
    kernel.free();
    await clock.seconds(0.5);
    expect(view().playing).toBe(true);
    expect(view().row.step).toBeGreaterThan(5);
    session.pause();
    await settled();
  });
});
