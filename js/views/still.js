// What has hardly moved is not drawn again: most of the time that training plays, it moves by less in a
// frame than anyone sees.

import { isLine } from "../core/model.js";
import { endsOf } from "./fit/paths.js";

const SEEN = 0.25; // pixels that something moves by, at least, to be drawn again before all is

/**
 * Where what moves in a panel stands, in pixels; of others it is not known.
 * @type {Record<string, (view: import("../types.js").View, shown: import("./frame.js").Shown) => number[] | null>}
 */
const PLACES = {
  // All of a line is between its ends. A batch is another one in each step.
  fit: ({ labels, runs }, { scene: { fit }, next }) =>
    isLine(labels.model) && !next?.batch
      ? [fit.choice.i, ...runs.flatMap(({ row }) => endsOf(row, fit.frame))]
      : null,
  surface: ({ runs }, { scene: { surface } }) => runs.flatMap(({ row }) => surface.at(row)),
};

/** A memory of where things stood when their panels were last drawn. */
export function newStillness() {
  /** @type {Record<string, number[] | null | undefined>} */
  const drawn = {};

  /**
   * Whether a panel can stay as it was drawn. If not, it is taken to be drawn now.
   * @param {string} name
   * @param {import("../types.js").View} view
   * @param {import("./frame.js").Shown} shown
   */
  return (name, view, shown) => {
    const before = drawn[name];
    const now = PLACES[name]?.(view, shown);
    const isAsIs =
      shown.turn !== null &&
      !shown.look.motion.isDragging &&
      before?.length === now?.length &&
      now?.every((pixels, i) => Math.abs(pixels - /** @type {number[]} */ (before)[i]) < SEEN);
    if (!isAsIs) drawn[name] = now;
    return isAsIs;
  };
}
