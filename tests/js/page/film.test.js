// A film of the page: which steps it shows, and in which colours.

import { describe, expect, it } from "vitest";
import { filmOf, stepsOf } from "../../../js/page/film.js";
import { paletteOf } from "../../../js/page/gif.js";

describe("the steps of a film", () => {
  it("are all of a short run, from the guess on", () => {
    expect(stepsOf(4)).toEqual([0, 1, 2, 3, 4]);
  });

  it.each([240, 1000, 123_457])("are spread over %i, with both ends", (last) => {
    const steps = stepsOf(last);
    expect(steps).toHaveLength(240);
    expect([steps[0], steps[239]]).toEqual([0, last]);
    const gaps = steps.slice(1).map((step, i) => step - steps[i]);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    expect(Math.min(...gaps)).toBeGreaterThan(0);
  });
});

it("is not made of a widget that has not trained", async () => {
  const session = /** @type {any} */ ({ view: { step: 0, seen: 0 }, seek() {} });
  const film = filmOf(document.body, session, () => true);
  await expect(film).rejects.toThrow("there are no steps yet; press Play first");
});

describe("the palette", () => {
  const WHITE = 0xffffffff;
  const NEARLY = 0xfffefdfd;
  const [red, green, blue] = [0xff0000c8, 0xff00c800, 0xffc80000];

  it("has the colours that are there as they are, though another is near", () => {
    const { colours, placeOf } = paletteOf([Uint32Array.of(NEARLY, WHITE, WHITE, red)]);
    expect(colours).toEqual([
      [255, 255, 255],
      [200, 0, 0],
      [253, 253, 254],
    ]);
    expect([WHITE, red, NEARLY].map(placeOf)).toEqual([0, 1, 2]);
  });

  it("shows a colour that it lacks as the nearest", () => {
    const { placeOf } = paletteOf([Uint32Array.of(red, red, green, green, blue)]);
    expect(placeOf(0xff1010d0)).toBe(0);
    expect(placeOf(0xffe01010)).toBe(2);
  });

  it("has the 255 that there are most of", () => {
    const rare = Uint32Array.from({ length: 400 }, (_, i) => 0xff000000 + i);
    const { colours, placeOf } = paletteOf([rare, Uint32Array.of(blue, blue)]);
    expect(colours).toHaveLength(255);
    expect(placeOf(blue)).toBe(0);
  });
});
