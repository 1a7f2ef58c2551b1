// Axes that keep still.

import { describe, expect, it } from "vitest";
import { stillAxis } from "../../../../js/views/charts/still-axis.js";

describe("an axis", () => {
  const still = { isDragging: false, again: null };

  it("stays where it is while all is in it, and goes where it must", () => {
    const axis = stillAxis(0.1);
    const first = axis([0, 10], still);
    expect(first).toEqual([-1, 11]);
    expect(axis([2, 9], still)).toEqual(first);
    expect(axis([0, 20], still)).toEqual([-2, 22]);
    expect(axis([0, 1], still)).toEqual([-0.1, 1.1]);
  });

  it("does not slip away under what is being dragged", () => {
    const axis = stillAxis(0.1);
    const first = axis([0, 10], still);
    expect(axis([0, 50], { ...still, isDragging: true })).toEqual(first);
    expect(axis([0, 50], still)).toEqual([-5, 55]);
  });

  it("moves smoothly, asking for frames until it is there; at once where nothing may move", () => {
    const axis = stillAxis(0.1);
    axis([0, 10], still);
    let asked = 0;
    const motion = { isDragging: false, again: () => void (asked += 1) };
    const way = [axis([0, 20], motion)[1]];
    while (asked === way.length) way.push(axis([0, 20], motion)[1]);
    expect(way.length).toBeGreaterThan(5);
    expect(way).toEqual([...way].sort((a, b) => a - b));
    expect(way.at(-1)).toBe(22);
  });
});
