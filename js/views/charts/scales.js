// From data to pixels and back. (d3-scale would bring colours, dates and formats along: 20 kB
// of a bundle that is stored again with every widget in a saved notebook.)

/**
 * @typedef {import("../../core/points.js").Range} Range
 * @typedef {object} Scale
 * @property {(value: number) => number} at  pixels
 * @property {(pixels: number) => number} invert  the value there
 * @property {(count: number) => number[]} ticks  round values, about so many
 * @property {Range} domain
 * @property {Range} range
 * @property {"linear" | "log"} kind
 */

const MOST_TICKS = 50; // where numbers are so large that one more is none
const STEPS = [
  [Math.sqrt(50), 10],
  [Math.sqrt(10), 5],
  [Math.SQRT2, 2],
  [0, 1],
];

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
 * About so many round numbers from low to high: 1, 2 or 5 times a power of ten apart, whichever is
 * nearest in ratio (as in d3-array). The twin of ticks in gd_widget/drawing/axes.py.
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
function ticks(low, high, count) {
  if (!(high > low)) return [];
  const rough = (high - low) / count;
  const power = Math.floor(Math.log10(rough));
  const [, times] = STEPS.find(([least]) => rough >= least * 10 ** power) ?? STEPS[3];
  const step = times * 10 ** power;
  const first = Math.ceil(low / step);
  const found = [];
  for (let i = 0; first + i <= high / step && i <= MOST_TICKS; i++) {
    // From decimals, so that 0.3 is not 0.30000000000000004.
    found.push(Number(`${(first + i) * times}e${power}`));
  }
  return found;
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
  const all = whole.length > 1 ? whole : powers.flatMap((p) => [p, 2 * p, 5 * p]).filter(seen);
  const every = Math.ceil(all.length / (count + 1));
  return all.filter((_, i) => i % every === 0);
}
