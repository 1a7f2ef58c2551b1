// The line and the points are dragged.

import { describe, expect, it } from "vitest";
import { clock, kernel, sent, session, view } from "./conversation.js";

describe("dragging", () => {
  it("begins again from another line, at once, and tells the kernel the last one", async () => {
    session.play();
    await clock.seconds(1);
    kernel.model.sent.length = 0;
    for (let i = 1; i <= 20; i++) {
      session.setGuess([i, -i]);
      expect(view().row).toMatchObject({ step: 0, params: [i, -i] });
    }
    // The bowl of the fake: floor 0.5, cov_x 1, everything else 0.
    expect(view().row.loss).toBe(0.5 + 400 + 400);
    expect(view().row.grad).toEqual([40, -40]);
    expect([view().playing, view().seen, view().history.length]).toEqual([false, 0, 1]);
    await clock.seconds(0.2);
    expect(sent("set").length).toBeLessThanOrEqual(3);
    expect(kernel.table[0].slice(1, 3)).toEqual([20, -20]);
    session.step();
    await clock.seconds(0.2);
    expect(kernel.step).toBe(1);
  });

  it("moves, adds and removes points, and takes it back", async () => {
    const x = () => [...view().points.x];
    session.editPoints(1, 1, [[5, 6]]);
    expect(x()).toEqual([1, 5]);
    expect(view().labels.bowl).toMatchObject({ n: 2, mean_x: [3], mean_y: 4, cov_x: [[4]] });
    session.editPoints(1, 1, [[7, 6]], true);
    session.editPoints(2, 0, [[9, 9]]);
    await clock.seconds(0.2);
    session.editPoints(0, 1, []);
    await clock.seconds(0.2);
    expect(x()).toEqual([7, 9]);
    expect([...kernel.points]).toEqual([7, 9, 3, 4.5]); // y in units of 2
    for (const expected of [
      [1, 7, 9],
      [1, 7],
      [1, -1],
      [1, -1],
    ]) {
      session.undo();
      await clock.seconds(0.2);
      expect(x()).toEqual(expected);
      expect(kernel.points.length).toBe(2 * expected.length);
    }
  });

  it("takes back no edit of points that others have replaced, and each of those that are there", async () => {
    session.editPoints(0, 1, [[2, 2]]);
    await clock.seconds(0.2);
    kernel.answer({ type: "hello", id: null }); // all anew, and the same
    kernel.bowl = { ...kernel.bowl, floor: 0.25 };
    const replaced = { type: "new_data", id: null };
    kernel.answer(replaced);
    session.undo();
    await clock.seconds(0.2);
    expect(sent("edit")).toHaveLength(1);
    expect([...view().points.x]).toEqual([0.5, -0.5]);
    session.editPoints(0, 1, [[2, 2]]);
    await clock.seconds(0.2);
    kernel.answer({ type: "hello", id: null });
    session.undo();
    await clock.seconds(0.2);
    expect(sent("edit")).toHaveLength(3);
    expect([...view().points.x]).toEqual([0.5, -0.5]);
  });

  it("keeps the line where it is while points are edited", async () => {
    session.play();
    await clock.seconds(1);
    session.pause();
    await clock.seconds(0.2);
    const { params } = view().row;
    session.editPoints(0, 1, [[2, 2]]);
    expect(view().row).toMatchObject({ step: 0, params });
    await clock.seconds(0.2);
    expect(kernel.table[0].slice(1, 3)).toEqual(params);
  });
});
