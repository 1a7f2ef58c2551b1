// The batches are those that NumPy's shuffling makes: see tests/golden/make_optimizers.py.

import { describe, expect, it } from "vitest";
import { batch, batchesPerEpoch, shuffled } from "../../js/batches.js";
import golden from "../golden/optimizers.json";

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
  it("keeps the order of the last two epochs, and tells data of other sizes apart", () => {
    const [first, second] = [shuffled(9, 0), shuffled(9, 1)];
    expect([shuffled(9, 0), shuffled(9, 1)]).toEqual([first, second]);
    expect(shuffled(9, 0)).toBe(first);
    expect(shuffled(8, 1)).toHaveLength(8);
    expect(shuffled(9, 0)).toBe(first);
    expect(shuffled(9, 1)).toEqual(second);
  });

  it("has every point once", () => {
    for (const epoch of [0, 1, 2 ** 31]) {
      expect([...shuffled(1000, epoch)].sort((i, j) => i - j)).toEqual([...Array(1000).keys()]);
    }
  });
});
