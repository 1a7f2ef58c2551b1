// How often words and numbers are written while a view plays.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { newPace } from "../../../js/page/pace.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
});

afterEach(() => {
  vi.useRealTimers();
});

it("is three times a second while it plays, and always while it does not", () => {
  const pace = newPace(() => {});
  const drawings = (/** @type {boolean} */ isPlaying) =>
    Array.from({ length: 60 }, () => {
      vi.advanceTimersByTime(1000 / 60);
      return pace.next(isPlaying).inFull;
    });
  expect(drawings(false)).not.toContain(false);
  expect(drawings(true).filter(Boolean)).toHaveLength(3);
  pace.stop();
});

it("is the turn of each panel in every other frame, where frames come one after another", () => {
  const pace = newPace(() => {});
  const turns = (/** @type {number} */ pause) =>
    Array.from({ length: 4 }, () => {
      vi.advanceTimersByTime(pause);
      return pace.next(true);
    });
  pace.next(true);
  expect(turns(16).map(({ turn }) => turn)).toEqual([0, 1, 0, 1]);
  expect(turns(60).map(({ turn }) => turn)).toEqual([null, null, null, null]);
  pace.stop();
});

it("is soon, where nothing else is drawn after a frame without them", () => {
  const redraw = vi.fn();
  const pace = newPace(redraw);
  pace.next(false);
  expect(pace.next(true).inFull, "Play was pressed").toBe(true);
  vi.advanceTimersByTime(20);
  expect(pace.next(true).inFull).toBe(false);
  vi.advanceTimersByTime(312);
  expect(redraw).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(redraw).toHaveBeenCalledOnce();
  expect(pace.next(true).inFull).toBe(true);
});

it("is nothing to a view that is gone", () => {
  const redraw = vi.fn();
  const pace = newPace(redraw);
  pace.next(true);
  pace.next(true);
  pace.stop();
  vi.advanceTimersByTime(1000);
  expect(redraw).not.toHaveBeenCalled();
});
