// Playing, stepping and going back.

import { describe, expect, it } from "vitest";
import { MOST_ROWS } from "../../../js/core/thinning.js";
import { settled } from "../fake-clock.js";
import { clock, kernel, sent, session, steps, view } from "./conversation.js";

describe("playing", () => {
  it("pauses where it is: what is seen is where the kernel is", async () => {
    session.play();
    await clock.seconds(2);
    session.pause();
    const shown = view().row.step;
    expect(shown).toBeGreaterThan(15);
    await clock.seconds(1);
    expect(view().row.step).toBe(shown);
    expect(kernel.step).toBe(shown);
    expect(view().history.last).toBe(shown);
    expect(sent("set").at(-1)).toMatchObject({ changes: { playing: false }, step: shown });
  });

  it("asks for the first rows along with playing: one round trip, not two", async () => {
    kernel.waiting = [];
    session.play();
    await settled();
    expect(kernel.waiting.map((message) => message.type)).toEqual(["set", "advance", "advance"]);
    kernel.free();
    await clock.frame();
    await clock.frame();
    expect(view().row.step).toBe(1);
  });

  it("pauses after n_epochs, and goes on for as many more", async () => {
    kernel.nEpochs = 8;
    session.play();
    await clock.seconds(3);
    expect([view().playing, view().row.step, kernel.step]).toEqual([false, 8, 8]);
    session.play();
    await clock.seconds(3);
    expect([view().playing, view().row.step, kernel.step]).toEqual([false, 16, 16]);
  });

  it("pauses when the training has converged", async () => {
    kernel.end = 12;
    kernel.status = () => (kernel.step === 12 ? "converged" : "paused");
    session.play();
    await clock.seconds(3);
    expect([view().playing, view().row.step, view().status]).toEqual([false, 12, "converged"]);
    session.seek(5);
    expect(view().status, "step 5 has not converged").not.toBe("converged");
    expect(kernel.settings.playing).toBe(false);
  });

  it("asks for no row twice and skips none", async () => {
    session.setSpeed(600);
    session.play();
    await clock.seconds(0.15);
    const advances = sent("advance");
    advances.reduce((after, message) => {
      expect(message.after).toBe(after);
      return message.after + message.steps;
    }, 0);
    expect(steps()).toEqual(steps().map((_, i) => i));
  });

  it("goes on with another rate from the step that is shown", async () => {
    session.play();
    await clock.seconds(1);
    const shown = view().row.step;
    session.setLr(0.5);
    expect(view().lr).toBe(0.5);
    await clock.seconds(1);
    const { history } = view();
    expect(history.rowAt(shown).lr).toBe(0.1);
    expect(history.rowAt(shown + 1).lr).toBe(0.5);
    expect(steps()).toEqual(steps().map((_, i) => i));
    expect(view().playing).toBe(true);
  });

  it("follows a rate set in Python without jumping back or forth", async () => {
    session.play();
    await clock.seconds(1);
    const before = view().row.step;
    kernel.lrs = [0.5];
    kernel.run += 1;
    kernel.says();
    expect(view().row.step).toBe(before);
    await clock.seconds(1);
    expect(steps()).toEqual(steps().map((_, i) => i));
    expect(view().history.rowAt(view().row.step).lr).toBe(0.5);
  });

  it("starts and stops when Python says so", async () => {
    kernel.settings.playing = true;
    kernel.says();
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(5);
    kernel.settings.playing = false;
    kernel.says();
    expect(view().row.step, "Python sees where it paused").toBe(kernel.step);
    await clock.seconds(1);
    expect(view().row.step).toBe(kernel.step);
  });
});

describe("stepping", () => {
  it("makes one step for one press, three for three", async () => {
    session.step();
    await clock.seconds(0.2);
    expect([view().row.step, kernel.step]).toEqual([1, 1]);
    for (let i = 0; i < 3; i++) session.step();
    await clock.seconds(0.5);
    expect([view().row.step, kernel.step]).toEqual([4, 4]);
  });

  it("loses no press that comes while the last one is being answered", async () => {
    for (let presses = 1; presses <= 6; presses++) {
      session.step();
      await clock.frame();
    }
    await clock.seconds(1);
    expect([view().row.step, kernel.step]).toEqual([6, 6]);
  });

  it("pauses when pressed while playing", async () => {
    session.play();
    await clock.seconds(1);
    const { step } = view().row;
    session.step();
    await clock.seconds(1);
    expect([view().playing, view().row.step, kernel.step]).toEqual([false, step + 1, step + 1]);
  });

  it("goes back and on again over the same rows", async () => {
    session.play();
    await clock.seconds(1);
    session.pause();
    const { seen } = view();
    session.back();
    session.back();
    await clock.seconds(0.2);
    expect([view().row.step, kernel.step, view().seen]).toEqual([seen - 2, seen - 2, seen]);
    session.step();
    await clock.seconds(0.2);
    expect([view().row.step, kernel.step]).toEqual([seen - 1, seen - 1]);
  });

  it("does not go back beyond the guess", async () => {
    session.back();
    await clock.seconds(0.1);
    expect(view().row.step).toBe(0);
  });

  it("scrubs with the hand, and tells the kernel the last place, not every one", async () => {
    session.play();
    await clock.seconds(3);
    session.pause();
    await settled();
    kernel.model.sent.length = 0;
    for (let step = 20; step > 4; step--) {
      session.seek(step);
      expect(view().row.step).toBe(step);
    }
    await clock.seconds(0.2);
    expect(sent("seek").length).toBeLessThanOrEqual(3);
    expect([view().row.step, kernel.step]).toEqual([5, 5]);
  });

  it("pauses when scrubbed while playing", async () => {
    session.play();
    await clock.seconds(2);
    session.seek(3);
    await clock.seconds(1);
    expect([view().playing, view().row.step, kernel.step]).toEqual([false, 3, 3]);
    expect(kernel.settings.playing).toBe(false);
  });

  it("fetches a step that a long run was sent without", async () => {
    kernel.train(50);
    const thinned = new Float64Array([...kernel.table[25], ...kernel.table[50]]);
    const content = { type: "rows", id: null, run: kernel.run, after: 0, every: 25, ended: "" };
    const [rows] = kernel.rows(1, 51);
    kernel.model.receive({ ...content, ...rows }, [thinned]);
    expect(view().row.step).toBe(50);
    session.back();
    await settled();
    expect(view().row.step).toBe(49);
  });
});

describe("a very long run", () => {
  it("is not kept whole here: of what was left out, the kernel is asked for the very row", async () => {
    for (let i = 0; i < 50; i++) kernel.pushes(1000);
    expect(view().step).toBe(50_000);
    expect(view().history.length).toBeLessThanOrEqual(MOST_ROWS);
    const gone = kernel.table.findIndex(([step]) => step > 20_000 && !view().history.has(step));
    session.seek(gone);
    await settled();
    expect(view().row.step).toBe(gone);
    expect([
      ...view()
        .history.rows(gone - 1, gone)
        .subarray(0, 7),
    ]).toEqual(kernel.table[gone]);
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    expect(view().step).toBeGreaterThan(gone + 5);
    const [first] = steps().slice(view().history.indexOf(gone) + 1);
    expect(first).toBe(gone + 1);
  });
});
