import { expect, it } from "vitest";
import { firstFree, lineOf } from "../../../../js/views/charts/names.js";

const place = (/** @type {number} */ from, /** @type {number} */ py) => ({
  from,
  to: from + 40,
  py,
});
const [FIRST, SECOND] = [place(50, 100), place(50, 60)];
const chosen = (/** @type {[number, number][][]} */ ...lines) => firstFree([FIRST, SECOND], lines);

it("a name stands where it is best, and where that is taken, at the next place", () => {
  expect(chosen()).toBe(FIRST);
  expect(chosen(lineOf(FIRST))).toBe(SECOND);
  expect(chosen(lineOf(place(0, 105)), lineOf(place(98, 110))), "beside it").toBe(FIRST);
  expect(chosen(lineOf(FIRST), lineOf(SECOND))).toBe(undefined);
});

it("it is on no line, whichever way that leads, and near none", () => {
  const over = [
    [[70, 0], [70, 300]],
    [[0, 95], [300, 95]],
    [[40, 80], [100, 110]],
    [[60, 95], [62, 96]],
    [[92, 0], [92, 300]],
  ]; // prettier-ignore
  for (const line of over) expect(chosen(/** @type {any} */ (line)), String(line)).not.toBe(FIRST);
  const past = [
    [[70, 0], [70, 75]],
    [[0, 116], [300, 116]],
    [[0, 40], [50, 200]],
    [[99, 0], [99, 300]],
    [[NaN, NaN], [70, 100]],
  ]; // prettier-ignore
  for (const line of past) expect(chosen(/** @type {any} */ (line)), String(line)).toBe(FIRST);
});
