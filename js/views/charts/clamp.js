/**
 * The number of a range that is nearest.
 * @param {number} value
 * @param {number} low
 * @param {number} high  at least `low`
 */
export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
