// Where a part of very many points is looked at for a while, a finer picture of it is asked for. A
// memory, moved on before each drawing: the last such picture holds as long as it suffices.

const REST = 150; // milliseconds that a part is looked at before a finer picture is asked for
const FEWEST = 120; // cells in each direction of what is seen that are fine enough

/**
 * @typedef {import("../../core/picture.js").Picture} Picture
 * @typedef {import("../charts/scales.js").Range} Range
 */

/**
 * @param {import("../../types.js").PictureOf} pictureOf
 * @param {() => void} redraw
 */
export function finerPicture(pictureOf, redraw) {
  /** @type {Picture | null} */
  let fine = null;
  let of = ""; // which points
  let seen = ""; // which part of them
  let asked = "";
  let isAsking = false;
  let resting = 0; // the timer of a part that is looked at

  return {
    /**
     * @param {Picture} picture  of all
     * @param {import("../../core/quadratic.js").Bowl} bowl  tells these points from others
     * @param {{ x: Range, y: Range }} part  what is seen
     * @returns {Picture | null}
     */
    follow: (picture, bowl, { x, y }) => {
      const data = String(Object.values(bowl));
      if (data !== of) [fine, asked, of] = [null, "", data];
      const part = String([x, y]);
      if (part !== seen) {
        clearTimeout(resting);
        resting = 0;
        seen = part;
      }
      const suffices = (/** @type {Picture} */ one) => isFine(one, picture, x, y);
      if (suffices(picture)) fine = null;
      if (part !== asked && !suffices(fine ?? picture)) {
        resting ||= window.setTimeout(async () => {
          resting = 0;
          if (isAsking) return;
          asked = part;
          isAsking = true;
          const answer = await pictureOf(x, y);
          isAsking = false;
          if (answer && data === of) fine = answer;
          redraw();
        }, REST);
      }
      return fine;
    },

    close: () => clearTimeout(resting),
  };
}

/**
 * Whether a picture has all of a part where there are points, in cells that are fine enough.
 * @param {Picture} picture
 * @param {Picture} whole
 * @param {Range} xs
 * @param {Range} ys
 */
function isFine({ x, y, columns, rows }, { extent = [x, y] }, xs, ys) {
  const along = (
    /** @type {Range} */ [low, high],
    /** @type {number} */ cells,
    /** @type {Range} */ [from, to],
    /** @type {Range} */ [least, most],
  ) =>
    low <= Math.max(from, least) &&
    high >= Math.min(to, most) &&
    (high - low) * FEWEST <= (to - from) * cells;
  return along(x, columns, xs, extent[0]) && along(y, rows, ys, extent[1]);
}
