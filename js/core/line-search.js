// How far along a direction the loss falls, where there is no formula for it: by looking. The twin of
// gd_widget/core/line_search.py, which says how, and where that is from.

const DOUBLINGS = 10; // the search goes no further than 2¹⁰ times the direction
const LOOKS = 100; // by then the place is known to rounding

/**
 * How many times a direction leads to the lowest point along it; below 0, against it.
 * @param {(length: number) => number} slopeAt  the derivative of the loss by that number
 */
export function lowestAlong(slopeAt) {
  const first = slopeAt(0);
  if (!first) return 0;
  const way = first > 0 ? -1 : 1;
  let [low, falling] = [0, way * first];
  let [high, rising] = [1, way * slopeAt(way)];
  while (rising < 0) {
    [low, falling, high] = [high, rising, 2 * high];
    if (high > 2 ** DOUBLINGS) return way * low;
    rising = way * slopeAt(way * high);
  }
  let middle = low;
  for (let look = 0; look < LOOKS; look++) {
    const before = middle;
    middle = between(low, falling, high, rising);
    const slope = way * slopeAt(way * middle);
    if (slope === 0 || middle === before) break;
    if (slope < 0) {
      // Twice on one side: the other end is made to count for less.
      if (before === low) rising /= 2;
      [low, falling] = [middle, slope];
    } else {
      if (before === high) falling /= 2;
      [high, rising] = [middle, slope];
    }
  }
  return way * middle;
}

/**
 * Where a straight line through both slopes is 0; the middle where that is none of the inside.
 * @param {number} low
 * @param {number} falling
 * @param {number} high
 * @param {number} rising
 */
function between(low, falling, high, rising) {
  const turn = rising - falling;
  const middle = turn ? low - (falling * (high - low)) / turn : low;
  return low < middle && middle < high ? middle : (low + high) / 2;
}
