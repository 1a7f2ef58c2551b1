// How far the axes of the loss reach: to steps that are yet to come, and from the floor that no line
// can beat.

import { linear, log } from "../charts/scales.js";

const LOG_FROM = 20; // a log scale helps when the loss falls by more than this factor
const HIGHEST = 1e3; // times the first loss: a run that diverges does not flatten the others

/**
 * The end of the step axis: it moves seldom, and far.
 * @param {number} steps
 */
export function axisEnd(steps) {
  const power = 10 ** Math.floor(Math.log10(steps));
  return [1, 2, 5, 10].map((digit) => digit * power).find((end) => end >= steps) ?? steps;
}

/**
 * The loss axis, from the floor that no line can beat to the highest loss seen. A function may be less
 * than zero, where there are no logarithms.
 * @param {Pick<import("../../types.js").Run, "history">[]} runs
 * @param {number} seen
 * @param {number | null} floor  null: not known
 * @param {"auto" | "linear" | "log"} wish
 * @param {[number, number]} range
 */
export function lossScale(runs, seen, floor, wish, range) {
  const first = runs[0].history.lossAt(0);
  const most = runs.length > 1 && first > 0 ? HIGHEST * first : Infinity;
  let low = Infinity;
  let high = -Infinity;
  for (const { history } of runs) {
    const [lowest, highest] = history
      .extremes(0, history.indexOf(seen))
      .map((i) => history.lossAt(i));
    low = Math.min(low, lowest);
    high = Math.max(high, highest);
  }
  high = Math.min(high, most);
  if (low < 0) return linear([1.08 * low, Math.max(1.08 * high, 0)], range);
  if (!(high > 0)) return linear([0, 1], range);
  // Where a line fits perfectly the floor is zero, and the loss may fall for ever: twelve powers of
  // ten are seen.
  const lowest = Math.max(low, 1e-12 * first, Number.MIN_VALUE * 1e15);
  // Points that are held back may fit better than any.
  const isExact = !floor || floor <= 1e-9 * high;
  const bottom = isExact ? 10 ** Math.floor(Math.log10(lowest)) : Math.min(floor, lowest);
  const isLinear = wish === "auto" ? high / bottom < LOG_FROM : wish === "linear";
  if (isLinear) return linear([0, 1.08 * high], range);
  // Rounded up to a power of ten, so that a loss that climbs seldom moves the axis.
  const top = high > first ? 10 ** Math.ceil(Math.log10(high)) : 1.3 * high;
  return log([0.7 * bottom, Math.min(top, Number.MAX_VALUE)], range);
}
