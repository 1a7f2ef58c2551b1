// Which points a step of stochastic gradient descent looks at: the twin of gd_widget/core/batches.py.

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
  return shuffled(n, Math.floor(index / perEpoch)).slice(begin, begin + batchSize);
}

const MOST_KEPT = 2 ** 20; // numbers, in 4 MB: a view is some epochs behind the training

/** The orders asked for, the latest last. @type {Map<string, Int32Array>} */
const kept = new Map();

/**
 * The order of an epoch, the same on every machine and in every language. To read only.
 * @param {number} n
 * @param {number} epoch
 */
export function shuffled(n, epoch) {
  const name = `${n} ${epoch}`;
  const order = kept.get(name) ?? makeOrder(n, epoch);
  kept.delete(name);
  kept.set(name, order);
  const most = Math.max(2, MOST_KEPT / (n + 100)); // a short one takes more than its numbers
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
  return order;
}

/**
 * The places of random keys in order. These are spread evenly, so that each can be put at once where
 * it belongs, but for a few places: a tenth of the time that sort() takes.
 * @param {number} n
 * @param {number} epoch
 */
function makeOrder(n, epoch) {
  const keys = defaultRng(epoch).uniform(0, 1, n);
  const partOf = (/** @type {number} */ i) => Math.floor(keys[i] * n);
  const begins = new Int32Array(n + 2); // of each part; a key just below 1 may be rounded up to it
  for (let i = 0; i < n; i++) begins[partOf(i) + 1] += 1;
  for (let part = 0; part < n; part++) begins[part + 1] += begins[part];
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[begins[partOf(i)]++] = i;
  for (let i = 1; i < n; i++) {
    const one = order[i];
    let at = i;
    for (; at > 0 && keys[order[at - 1]] > keys[one]; at--) order[at] = order[at - 1];
    order[at] = one;
  }
  return order;
}
