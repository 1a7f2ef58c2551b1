// Very many points: how they are counted.

import { describe, expect, it } from "vitest";
import { newBrowserSource } from "../../../js/sources/browser.js";
import { countIn, overview } from "../../../js/core/picture.js";
import { begin } from "../../../js/sources/start.js";

/** @typedef {[number, number]} Pair */

/** @param {number[][]} pairs */
const pointsOf = (...pairs) => ({
  x: Float64Array.from(pairs, ([x]) => x),
  y: Float64Array.from(pairs, ([, y]) => y),
});

/** The cells with points: column, row and shade. @param {import("../../../js/core/picture.js").Picture} picture */
const filled = ({ columns, shades }) =>
  [...shades.keys()]
    .filter((i) => shades[i])
    .map((i) => [i % columns, Math.floor(i / columns), shades[i]]);

/** @type {[Pair, Pair]} */
const EXTENT = [
  [-1, 1],
  [-2, 6],
];

/** Two columns and one row: none on the left, three on the right. */
const PICTURE = {
  ...{ x: EXTENT[0], y: EXTENT[1], columns: 2, rows: 1, most: 3, extent: EXTENT },
  shades: new Uint8Array([0, 255]),
};

describe("a picture counted in the page", () => {
  it("begins with the lowest row, and each row on the left", () => {
    const picture = countIn(pointsOf([0, 0], [1, 0], [0.5, 1]), [0, 1], [0, 1]);
    expect([picture.columns, picture.rows, picture.most]).toEqual([256, 256, 1]);
    expect(filled(picture)).toEqual([
      [0, 0, 255],
      [255, 0, 255],
      [128, 255, 255],
    ]);
  });

  it("has shades that grow with the logarithm, from 1 for one point", () => {
    const many = Array.from({ length: 100 }, () => [0, 0]);
    const some = Array.from({ length: 10 }, () => [0.5, 0]);
    const picture = countIn(pointsOf(...many, ...some, [1, 0]), [0, 1], [0, 1]);
    expect(picture.most).toBe(100);
    expect(filled(picture).map(([, , shade]) => shade)).toEqual([255, 128, 1]);
  });

  it("leaves out what is not in its part, and knows one value", () => {
    const points = pointsOf([0, 5], [1, 5], [2, 5], [2.01, 5]);
    expect(filled(countIn(points, [1, 2], [5, 5]))).toHaveLength(2);
    expect(filled(countIn(points, [7, 8], [5, 5]))).toEqual([]);
  });

  it("is made of more than 20,000 points", () => {
    const x = Float64Array.from({ length: 20_001 }, (_, i) => i);
    expect(overview({ x: x.subarray(1), y: x.subarray(1) })).toBe(null);
    const picture = overview({ x, y: x.map((value) => -value) });
    expect(picture?.extent).toEqual([
      [0, 20_000],
      [-20_000, -0],
    ]);
    expect(picture?.most).toBe(79);
  });

  it("is one of all points again when there is other data, and a finer one can be had", async () => {
    const source = newBrowserSource(begin({ n: 20_001 }));
    /** @type {any[]} */
    const pictures = [];
    const opened = (/** @type {any[]} */ ...all) => pictures.push(all[3]);
    source.open(/** @type {any} */ ({ opened, changed() {} }));
    await source.command("new_data");
    expect(pictures).toHaveLength(2);
    expect(pictures[1].extent).not.toEqual(pictures[0].extent);
    const finer = await source.picture([0, 0.01], [-1, 9]);
    expect(finer?.x).toEqual([0, 0.01]);
    expect(finer?.most).toBeGreaterThan(0);
  });

  it("is not made of the few points that a kernel has left here", async () => {
    const known = begin({ x: [1, 2, 3], y: [1, 2, 3] });
    const snapshot = { ...known.snapshot, bowl: { ...known.snapshot.bowl, n: 30_000 } };
    const source = newBrowserSource({ ...known, snapshot, picture: PICTURE });
    expect(await source.picture([1, 2], [1, 2])).toBe(null);
  });
});
