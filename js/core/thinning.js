// Which rows of a long table are kept: all near a step, most where much happens, as it does at first
// and after a change of settings, and else all but evenly spaced ones.

export const MOST_ROWS = 32_768; // of more, some are left out
const MOST_NUMBERS = 2 ** 20; // 8 MB: of many parameters, fewer rows

/** How many rows are kept, each of so many numbers. @param {number} width */
export const mostRows = (width) => Math.min(MOST_ROWS, Math.floor(MOST_NUMBERS / width));

/**
 * @param {object} table
 * @param {number} table.last  the last step
 * @param {number[]} table.turns  the steps that were the first ones made with their settings
 * @param {number} table.most  rows
 * @param {number} around  the step near which none is left out
 * @returns {(step: number, isWanted: boolean) => boolean}  to be asked in order
 */
export function thinning({ last, turns, most }, around) {
  const near = most / 8; // steps before and after
  const evenly = most / 8; // rows that all the others are thinned to, and up to twice as many
  const closely = most / 128; // first steps with the same settings of which none is left out, either
  const farthest = 2 ** Math.max(0, Math.floor(Math.log2(last / evenly)));
  // Settings that change all the time are as good as one.
  const counted = turns.length <= closely ? turns : [];
  const fewest = closely / Math.max(1, counted.length);
  let [turn, next, before] = [0, 0, -1];
  return (step, isWanted) => {
    for (; counted[next] <= step; next++) turn = counted[next];
    const apart = Math.min(farthest, 2 ** Math.floor(Math.log2(1 + (step - turn) / fewest)));
    const isNext = Math.floor(step / apart) > Math.floor(before / apart);
    const isKept = isNext || isWanted || Math.abs(step - around) <= near;
    if (isKept) before = step;
    return isKept;
  };
}
