// From data to pixels and back. (d3-scale would bring colours, dates and formats along: 20 kB
// of a bundle that is stored again with every widget in a saved notebook.)

import { ticks } from "d3-array";

/**
 * @typedef {[number, number]} Range
 * @typedef {object} Scale
 * @property {(value: number) => number} at  pixels
 * @property {(pixels: number) => number} invert  the value there
 * @property {(count: number) => number[]} ticks  round values, about so many
 * @property {Range} domain
 * @property {Range} range
 * @property {"linear" | "log"} kind
 */

/**
 * @param {Range} domain
 * @param {Range} range
 * @returns {Scale}
 */
export function linear(domain, range) {
  const [d0, d1] = domain;
  const [r0, r1] = range;
  return {
    at: (value) => r0 + ((value - d0) / (d1 - d0)) * (r1 - r0),
    invert: (pixels) => d0 + ((pixels - r0) / (r1 - r0)) * (d1 - d0),
    ticks: (count) => ticks(d0, d1, count),
    domain,
    range,
    kind: "linear",
  };
}

/**
 * A scale on which equal factors are equal distances. Both ends of the domain are positive.
 * @param {Range} domain
 * @param {Range} range
 * @returns {Scale}
 */
export function log(domain, range) {
  const inner = linear([Math.log10(domain[0]), Math.log10(domain[1])], range);
  return {
    at: (value) => inner.at(Math.log10(value)),
    invert: (pixels) => 10 ** inner.invert(pixels),
    ticks: (count) => logTicks(domain, count),
    domain,
    range,
    kind: "log",
  };
}

/**
 * Powers of ten; where fewer than two are in sight, 1, 2 and 5 times them.
 * @param {Range} domain
 * @param {number} count
 */
function logTicks([low, high], count) {
  const seen = (/** @type {number} */ value) => value >= low && value <= high;
  const powers = [];
  const last = Math.floor(Math.log10(high));
  for (let power = Math.floor(Math.log10(low)); power <= last; power += 1) {
    powers.push(10 ** power);
  }
  const whole = powers.filter(seen);
  if (whole.length < 2) return powers.flatMap((p) => [p, 2 * p, 5 * p]).filter(seen);
  const every = Math.ceil(whole.length / (count + 1));
  return whole.filter((_, i) => i % every === 0);
}
