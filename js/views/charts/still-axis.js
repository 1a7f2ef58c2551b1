// Axes that keep still: they move only when what must be seen would leave them, or has become
// small in them, and then smoothly.

/** @typedef {import("./scales.js").Range} Range */

const ROOMY = 6; // an axis this many times longer than needed is taken in
const SHARE = 0.25; // of the way left, moved each frame
const FINEST = 1e-12; // of themselves: values that differ by less are one value
const CLOSE = 0.002; // of the length: near enough to be there

/**
 * An axis with a memory. Called for each frame with what must be seen.
 * @param {number} margin  the share of the range added at both ends
 */
export function stillAxis(margin) {
  /** @type {Range | null} */
  let now = null;
  /** @type {Range | null} */
  let goal = null;

  /**
   * @param {Range} needed
   * @param {{ isDragging: boolean, again: (() => void) | null }} motion
   *   isDragging: something is being dragged over the axis, which must not slip away under it;
   *   again: draws the next frame of a movement, null where nothing should move by itself
   * @returns {Range}
   */
  return (needed, { isDragging, again }) => {
    const wanted = padded(needed, margin);
    if (!now) now = wanted;
    const [low, high] = goal ?? now;
    const fits = needed[0] >= low && needed[1] <= high;
    const isRoomy = high - low > ROOMY * (wanted[1] - wanted[0]);
    if (!isDragging && (!fits || isRoomy)) goal = wanted;
    if (goal && !isDragging) {
      now = moved(now, goal, again);
      if (now === goal) goal = null;
    }
    return now;
  };
}

/**
 * A range on its way to another, one frame later; the other itself once it is there.
 * @param {Range} now
 * @param {Range} goal
 * @param {(() => void) | null} again  draws the next frame; null: there is no way, only the goal
 */
export function moved(now, goal, again) {
  if (!again) return goal;
  const next = towards(now, goal);
  if (isThere(next, goal)) return goal;
  again();
  return next;
}

/**
 * The range with a share of it added at both ends; one value has a range around it.
 * @param {Range} range
 * @param {number} margin
 * @returns {Range}
 */
function padded([low, high], margin) {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const isOne = high - low <= FINEST * size;
  const space = isOne ? Math.max(1, size) / 2 : margin * (high - low);
  return [low - space, high + space];
}

/** @param {Range} from @param {Range} to @returns {Range} */
const towards = (from, to) => [
  from[0] + SHARE * (to[0] - from[0]),
  from[1] + SHARE * (to[1] - from[1]),
];

/** @param {Range} now @param {Range} goal */
const isThere = (now, goal) =>
  Math.abs(now[0] - goal[0]) + Math.abs(now[1] - goal[1]) < CLOSE * (goal[1] - goal[0]);
