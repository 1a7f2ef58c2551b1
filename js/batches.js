// Which points a step of stochastic gradient descent looks at: the twin of gd_widget/batches.py.

import { defaultRng } from "./random.js";

/**
 * Steps it takes to have seen every point; null: every step sees all.
 * @param {number} n
 * @param {number | null} batchSize
 */
export const batchesPerEpoch = (n, batchSize) =>
  batchSize === null ? 1 : Math.ceil(n / batchSize);

/**
 * Which of n points are in the index-th batch, counted from 0 through all epochs.
 * @param {number} n
 * @param {number} batchSize
 * @param {number} index
 */
export function batch(n, batchSize, index) {
  const perEpoch = batchesPerEpoch(n, batchSize);
  const begin = (index % perEpoch) * batchSize;
  return shuffled(n, Math.floor(index / perEpoch)).subarray(begin, begin + batchSize);
}

/** The orders last asked for, the latest first. @type {{ name: string, order: Int32Array }[]} */
let kept = [];

/**
 * The order of an epoch, the same on every machine and in every language. To read only.
 * @param {number} n
 * @param {number} epoch
 */
export function shuffled(n, epoch) {
  const name = `${n} ${epoch}`;
  const found = kept.find((one) => one.name === name) ?? { name, order: makeOrder(n, epoch) };
  kept = [found, ...kept.filter((one) => one !== found)].slice(0, 2);
  return found.order;
}

/** @param {number} n @param {number} epoch */
function makeOrder(n, epoch) {
  const keys = defaultRng(epoch).uniform(0, 1, n);
  return Int32Array.from(keys.keys()).sort((i, j) => keys[i] - keys[j] || i - j);
}
