// Time and frames, as a page has them. Tests have a clock of their own.

/**
 * @typedef {object} Clock
 * @property {() => number} now  milliseconds
 * @property {(callback: (now: number) => void) => number} requestFrame
 * @property {(handle: number) => void} cancelFrame
 */

/** @type {Clock} */
export const pageClock = {
  now: () => performance.now(),
  requestFrame: (callback) => requestAnimationFrame(callback),
  cancelFrame: (handle) => cancelAnimationFrame(handle),
};
