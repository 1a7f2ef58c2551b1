// What changes seldom is computed seldom: the last answer is kept for as long as it holds.

/**
 * @template {any[]} A
 * @template R
 * @param {(...args: A) => R} compute
 * @param {(...args: A) => any[]} [keys]  what the answer depends on; else the arguments
 * @returns {(...args: A) => R}
 */
export function memo(compute, keys = (...args) => args) {
  /** @type {any[]} */
  let last = [];
  /** @type {R} */
  let answer;
  return (...args) => {
    const now = keys(...args);
    if (!areSame(now, last)) {
      answer = compute(...args);
      last = now;
    }
    return answer;
  };
}

/** Whether one list is what another is. @param {unknown[]} one @param {unknown[]} other */
export const areSame = (one, other) =>
  one.length === other.length && one.every((part, i) => Object.is(part, other[i]));
