// A GIF of pictures in pixels. All have one palette, so that a colour is the same in all of them, and
// of each only what has changed is written: the twin of gd_widget/drawing/films/gif.py.

import { GIFEncoder } from "gifenc";

const AS_BEFORE = 255; // in the place of a colour: what has not changed
const COLOUR = 0xffffff; // red, 256 times green and 65,536 times blue of a pixel, without its opacity

/**
 * The 255 colours that some pictures have most of; any other is shown as the nearest of them.
 * @param {Uint32Array[]} pictures
 */
export function paletteOf(pictures) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const pixels of pictures)
    for (const pixel of pixels) counts.set(pixel & COLOUR, (counts.get(pixel & COLOUR) ?? 0) + 1);
  const most = [...counts].sort(([a, its], [b, other]) => other - its || a - b);
  const colours = most.slice(0, AS_BEFORE).map(([colour]) => parts(colour));
  const places = new Map(most.slice(0, AS_BEFORE).map(([colour], place) => [colour, place]));
  return {
    colours,
    /** Where in the palette the colour stands that a pixel is shown in. @param {number} pixel */
    placeOf(pixel) {
      const colour = pixel & COLOUR;
      let place = places.get(colour);
      if (place === undefined) {
        place = nearest(parts(colour), colours);
        places.set(colour, place);
      }
      return place;
    },
  };
}

/**
 * @param {number} width
 * @param {number} height
 * @param {ReturnType<typeof paletteOf>} palette
 * @param {number} stays  milliseconds, of each picture
 */
export function newGif(width, height, palette, stays) {
  const gif = GIFEncoder();
  /** @type {Uint32Array | null} */
  let before = null;
  return {
    /** @param {Uint32Array} pixels */
    add(pixels) {
      const places = Uint8Array.from(pixels, (pixel, i) =>
        before?.[i] === pixel ? AS_BEFORE : palette.placeOf(pixel),
      );
      const first = before ? {} : { palette: [...palette.colours], repeat: 0 };
      const how = { transparent: true, transparentIndex: AS_BEFORE, dispose: 1, colorDepth: 8 };
      gif.writeFrame(places, width, height, { ...how, ...first, delay: stays });
      before = pixels;
    },
    /** The file. */
    made() {
      gif.finish();
      return new Blob([gif.bytes()], { type: "image/gif" });
    },
  };
}

/** Red, green and blue. @param {number} colour @returns {[number, number, number]} */
const parts = (colour) => [colour & 255, (colour >> 8) & 255, colour >> 16];

/** @param {number[]} colour @param {number[][]} colours */
function nearest(colour, colours) {
  const far = colours.map((other) =>
    other.reduce((sum, part, i) => sum + (part - colour[i]) ** 2, 0),
  );
  return far.indexOf(Math.min(...far));
}
