// Which point is meant, by the pointer that is near it or by keys. A memory: events change it, and
// so do other points.

import { isIn } from "../charts/axes.js";
import { clamp } from "../charts/clamp.js";

export const NEAR = 14; // pixels from a point that still mean it

/**
 * @typedef {import("./paths.js").Dots} Dots
 * @typedef {import("../charts/axes.js").Frame} Frame
 * @typedef {ReturnType<typeof newChoice>} Choice
 */

/** @param {() => void} redraw */
export function newChoice(redraw) {
  /** @type {unknown} */
  let of; // the data that it is of

  const choice = {
    /** The point's place among the points, -1 for none. */
    i: -1,

    /** @param {number} i */
    choose: (i) => {
      if (i === choice.i) return;
      choice.i = i;
      redraw();
    },

    /** Before each drawing. @param {import("../../types.js").View} view */
    follow: ({ points, labels }) => {
      const seed = labels.makes?.seed;
      if (seed !== of) choice.i = -1; // of other data, the same number is another point
      of = seed;
      choice.i = Math.min(choice.i, points.x.length + (points.held?.x.length ?? 0) - 1);
    },
  };
  return choice;
}

/**
 * The point nearest to a place, -1 when none is near.
 * @param {Dots} dots
 * @param {Frame} frame
 * @param {[number, number]} place
 */
export function nearest({ x: xs, y: ys }, { box, x, y }, [px, py]) {
  let found = -1;
  let least = NEAR * NEAR;
  for (let i = 0; i < xs.length; i++) {
    const [atX, atY] = [x.at(xs[i]), y.at(ys[i])];
    const distance = (atX - px) ** 2 + (atY - py) ** 2;
    if (distance < least && isIn(box, atX, atY)) [found, least] = [i, distance];
  }
  return found;
}

/**
 * The next point to the right (1) or to the left (-1), of those that are seen.
 * @param {Dots} dots
 * @param {number} i  -1 for none yet
 * @param {number} direction
 * @param {(i: number) => boolean} isSeen
 */
export function neighbour({ x }, i, direction, isSeen) {
  const order = Array.from(x, (_, k) => k)
    .filter((k) => k === i || isSeen(k))
    .sort((a, b) => x[a] - x[b] || a - b);
  if (order.length === 0) return -1;
  if (i < 0) return direction > 0 ? order[0] : order[order.length - 1];
  const place = order.indexOf(i) + direction;
  return order[clamp(place, 0, order.length - 1)];
}
