// The batches are those that NumPy's shuffling makes: see tests/golden/make_optimizers.py.

import { describe, expect, it } from "vitest";
import { batch, batchesPerEpoch, shuffled } from "../../../js/core/batches.js";
import { defaultRng } from "../../../js/core/random.js";
import golden from "../../golden/optimizers.json";

describe("batch", () => {
  it.each(golden.batches)("is NumPy's: $batch_size of $n", ({ n, batch_size, batches }) => {
    batches.forEach((expected, i) => expect([...batch(n, batch_size, i)]).toEqual(expected));
  });

  it("is the same when it is asked for again, after others", () => {
    const { n, batch_size, batches } = golden.batches[0];
    for (const i of [20, 0, 26, 13, 1]) expect([...batch(n, batch_size, i)]).toEqual(batches[i]);
  });
});

describe("batchesPerEpoch", () => {
  it("counts the last one, which takes what is left", () => {
    expect([null, 1, 3, 4, 10, 11].map((size) => batchesPerEpoch(10, size))).toEqual([
      1, 10, 4, 3, 1, 1,
    ]);
  });
});

describe("shuffled", () => {
  it("keeps the orders of many epochs, the last ones, and tells data of other sizes apart", () => {
    const epochs = [...Array(100).keys()];
    const orders = epochs.map((epoch) => shuffled(1000, epoch));
    expect(shuffled(8, 1)).toHaveLength(8);
    epochs.forEach((epoch) => expect(shuffled(1000, epoch)).toBe(orders[epoch]));
  });

  it("keeps no more of them than a page has room for", () => {
    const n = 2 ** 17;
    const [first, second] = [0, 1].map((epoch) => shuffled(n, epoch));
    for (let epoch = 2; epoch < 7; epoch++) shuffled(n, epoch);
    expect(shuffled(n, 0)).toBe(first);
    shuffled(n, 7);
    expect(shuffled(n, 0)).toBe(first);
    expect(shuffled(n, 1)).not.toBe(second);
  });

  it.each([1, 2, 3, 4097, 20_000])("is the order of NumPy's random keys: %i", (n) => {
    const keys = defaultRng(7).uniform(0, 1, n);
    const order = [...keys.keys()].sort((i, j) => keys[i] - keys[j] || i - j);
    expect([...shuffled(n, 7)]).toEqual(order);
  });

  it("has every point once", () => {
    for (const epoch of [0, 1, 2 ** 31]) {
      expect([...shuffled(1000, epoch)].sort((i, j) => i - j)).toEqual([...Array(1000).keys()]);
    }
  });
});
