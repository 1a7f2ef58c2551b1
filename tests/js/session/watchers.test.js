// Views that look, each at most once a frame.

import { describe, expect, it, vi } from "vitest";
import { settled } from "../fake-clock.js";
import { clock, draws, kernel, leave, sent, session, view } from "./conversation.js";

describe("who looks", () => {
  it("asks for nothing while no view is there, and goes on when one is", async () => {
    session.play();
    await clock.seconds(1);
    leave();
    const asked = sent("advance").length;
    const { step } = view().row;
    await clock.seconds(1);
    expect(sent("advance").length).toBe(asked);
    expect(clock.pending).toBe(0);
    session.subscribe(() => {});
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(step);
  });

  it("goes on, and draws the other views, where one cannot be drawn", async () => {
    const failed = vi.fn();
    vi.stubGlobal("reportError", failed);
    const broken = session.subscribe(() => {
      broken();
      throw new Error("its elements are gone");
    });
    leave();
    const drawn = vi.fn();
    session.subscribe(drawn);
    session.play();
    await clock.seconds(1);
    expect(drawn.mock.calls.length).toBeGreaterThan(5);
    expect(view().step).toBeGreaterThan(5);
    expect(failed).toHaveBeenCalledOnce();
    session.pause();
    await settled();
    vi.unstubAllGlobals();
  });

  it("keeps one clock for two views, and one view running when the other is closed", async () => {
    let others = 0;
    const close = session.subscribe(() => {
      others += 1;
    });
    session.play();
    await clock.seconds(1);
    const { step } = view().row;
    expect(step).toBeLessThan(13);
    expect(others).toBeGreaterThan(5);
    close();
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(step + 7);
  });
});

it("draws at most once a frame", async () => {
  session.play();
  await clock.seconds(1);
  const before = draws;
  session.setSpeed(600);
  session.setLr(0.2);
  kernel.says();
  expect(draws).toBe(before);
  await clock.frame();
  expect(draws - before).toBeLessThanOrEqual(2);
});
