// What is drawn again while training plays: what has moved.

import { expect, it } from "vitest";
import { LINE } from "../../../js/core/model.js";
import { linear } from "../../../js/views/charts/scales.js";
import { newStillness } from "../../../js/views/still.js";

const FRAME = { x: linear([0, 1], [0, 100]), y: linear([0, 10], [100, 0]) }; // 10 pixels for each 1 of y

/**
 * A frame of playing.
 * @param {number[]} params
 * @param {object} [more]
 * @param {any} [more.model]
 * @param {any} [more.next]
 * @param {number | null} [more.turn]
 * @param {number} [more.i]  the point that is chosen
 * @param {boolean} [more.isDragging]
 */
function at(params, { model = LINE, next = null, turn = 0, i = -1, isDragging = false } = {}) {
  const view = /** @type {any} */ ({ labels: { model }, runs: [{ row: { params } }] });
  const scene = {
    fit: { frame: FRAME, choice: { i } },
    surface: { at: (/** @type {any} */ row) => row.params },
  };
  const shown = /** @type {any} */ ({ scene, next, turn, look: { motion: { isDragging } } });
  return /** @type {const} */ ([view, shown]);
}

it("keeps a line that has moved by less than a quarter of a pixel since it was drawn", () => {
  const isStill = newStillness();
  expect(isStill("fit", ...at([1, 2]))).toBeFalsy();
  expect(isStill("fit", ...at([1, 2.01]))).toBe(true);
  expect(isStill("fit", ...at([1, 2.02]))).toBe(true);
  expect(isStill("fit", ...at([1, 2.03])), "little by little").toBe(false);
  expect(isStill("fit", ...at([1, 2.04]))).toBe(true);
  expect(isStill("fit", ...at([1.1, 2.04])), "one end of it").toBe(false);
});

it("keeps the surface while its place does not move, and knows nothing of the loss", () => {
  const isStill = newStillness();
  isStill("surface", ...at([50, 50]));
  expect(isStill("surface", ...at([50.1, 50.1]))).toBe(true);
  expect(isStill("surface", ...at([50.1, 50.3]))).toBe(false);
  isStill("loss", ...at([1, 2]));
  expect(isStill("loss", ...at([1, 2]))).toBeFalsy();
});

it.each([
  ["all is drawn", { turn: null }],
  ["something is dragged", { isDragging: true }],
  ["another point is meant", { i: 3 }],
  ["a batch is lit", { next: { batch: Int32Array.of(0) } }],
  ["the fit is no line", { model: { ...LINE, features: ["a", "b"] } }],
])("draws again where %s", (_, more) => {
  const isStill = newStillness();
  isStill("fit", ...at([1, 2]));
  expect(isStill("fit", ...at([1, 2], more))).toBeFalsy();
});

it("takes what is drawn in full for drawn", () => {
  const isStill = newStillness();
  isStill("fit", ...at([1, 2]));
  isStill("fit", ...at([1, 3], { turn: null }));
  expect(isStill("fit", ...at([1, 3]))).toBe(true);
  expect(isStill("fit", ...at([1, 2]))).toBe(false);
});
