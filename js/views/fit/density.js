// Very many points, under the chart: a picture that is darker where there are more of them. Where
// a part is looked at more closely, a finer one is asked for.

import { html, noChange } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";
import { memo } from "../charts/memo.js";

const REST = 150; // milliseconds that a part is looked at before a finer picture is asked for
const FEWEST = 120; // cells in each direction of what is seen that are fine enough
const FAINTEST = 0.12; // opacity of one point, where the most there are in a cell are very many
const FEW = 8; // points in a cell
const SPARSE = 0.05; // of all cells
const DOT = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
]; // pixels
const DARKEST = 0.62; // of the most there are: a line over them must be seen

/**
 * @typedef {import("../../core/picture.js").Picture} Picture
 * @typedef {import("../charts/scales.js").Range} Range
 * @typedef {import("./fit.js").Frame} Frame
 * @typedef {import("../../types.js").PictureOf} PictureOf
 */

/** One view's picture of the points. */
export function density() {
  const finer = finerPicture();

  /**
   * @param {import("../../types.js").View} view
   * @param {Frame} frame
   * @param {import("../../types.js").Motion} motion
   * @param {PictureOf} pictureOf
   */
  return ({ picture, labels }, frame, motion, pictureOf) => {
    if (!picture) return "";
    const { box, x, y } = frame;
    const fine = finer(picture, labels.bowl, frame, motion, pictureOf);
    return html`<canvas
      class="density"
      aria-hidden="true"
      .style="left:${box.left}px; top:${box.top}px; width:${x.range[1] - x.range[0]}px; height:${y.range[0] - y.range[1]}px"
      ${painted(frame, picture, fine)}
    ></canvas>`;
  };
}

/** Remembers the last finer picture, and asks for another when a part is looked at for a while. */
function finerPicture() {
  /** @type {Picture | null} */
  let fine = null;
  let of = ""; // which points
  let seen = ""; // which part of them
  let asked = "";
  let isAsking = false;

  /**
   * @param {Picture} picture
   * @param {import("../../core/quadratic.js").Bowl} bowl  tells these points from others
   * @param {Frame} frame
   * @param {import("../../types.js").Motion} motion
   * @param {PictureOf} pictureOf
   * @returns {Picture | null}
   */
  return (picture, bowl, { x, y }, motion, pictureOf) => {
    const data = String(Object.values(bowl));
    if (data !== of) [fine, asked, of] = [null, "", data];
    const part = String([x.domain, y.domain]);
    if (part !== seen) {
      clearTimeout(motion.resting);
      motion.resting = 0;
      seen = part;
    }
    const suffices = (/** @type {Picture} */ one) => isFine(one, picture, x.domain, y.domain);
    if (suffices(picture)) fine = null;
    if (part !== asked && !suffices(fine ?? picture)) {
      motion.resting ||= window.setTimeout(async () => {
        motion.resting = 0;
        if (isAsking) return;
        asked = part;
        isAsking = true;
        const answer = await pictureOf(x.domain, y.domain);
        isAsking = false;
        if (answer && data === of) fine = answer;
        motion.redraw();
      }, REST);
    }
    return fine;
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

/** Draws on its canvas when there is something else to be seen. */
class Painted extends Directive {
  #paint = memo(paint, (_, { x, y }, ...rest) => [
    ...[...x.domain, ...y.domain, ...x.range, ...y.range],
    ...rest,
  ]);

  render(/** @type {any[]} */ ..._) {}

  /**
   * @param {any} part
   * @param {[Frame, Picture, Picture | null]} values
   * @override
   */
  update({ element }, [frame, picture, fine]) {
    // Only on the page has the canvas a colour.
    queueMicrotask(() => {
      const isDark = element.closest(".dark") !== null;
      this.#paint(element, frame, devicePixelRatio, isDark, picture, fine);
    });
    return noChange;
  }
}

const painted = directive(/** @type {any} */ (Painted));

/**
 * The picture, and over it the finer one where there is one, in the colour of the text.
 * @param {HTMLCanvasElement} canvas
 * @param {Frame} frame
 * @param {number} ratio  pixels of the screen for one of the page
 * @param {boolean} _  whether the theme is dark
 * @param {Picture} picture
 * @param {Picture | null} fine
 */
function paint(canvas, { x, y }, ratio, _, picture, fine) {
  const [left, top] = [x.range[0], y.range[1]];
  canvas.width = ratio * (x.range[1] - left);
  canvas.height = ratio * (y.range[0] - top);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(ratio, ratio);
  context.translate(-left, -top);
  context.imageSmoothingEnabled = false;
  for (const one of fine ? [picture, fine] : [picture]) {
    const [[x1, x2], [y1, y2]] = [one.x.map(x.at), one.y.map(y.at)];
    // Where all x are one, the cells have no width, and are seen all the same.
    const [width, height] = [Math.max(x2 - x1, 1), Math.max(y1 - y2, 1)];
    context.clearRect(x1, y2, width, height);
    const cells = stamp(one, fine ?? one);
    for (const [right, down] of isSparse(one) ? DOT : [[0, 0]])
      context.drawImage(cells, x1 + right, y2 + down, width, height);
  }
  context.globalCompositeOperation = "source-in";
  context.fillStyle = getComputedStyle(canvas).color;
  context.fillRect(left, top, canvas.width, canvas.height);
}

/** Whether points lie apart: then each is seen better as a dot. @param {Picture} picture */
const isSparse = ({ most, shades }) =>
  most <= FEW && shades.filter(Boolean).length < SPARSE * shades.length;

/**
 * A picture's cells, a pixel for each, black and more or less transparent.
 * @param {Picture} picture
 * @param {Picture} finest  the one whose cells have the opacity that their number stands for
 */
function stamp(picture, finest) {
  const { columns, rows, shades } = picture;
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const pixels = new ImageData(columns, rows);
  // Of larger cells, what they would be if all that is in them were spread evenly.
  const spread = Math.log(cellSize(picture) / cellSize(finest)) || 0;
  const [most, mostOfAll] = [Math.log(picture.most), Math.log(finest.most)];
  const faintest = Math.max(FAINTEST, DARKEST / (1 + mostOfAll));
  shades.forEach((shade, i) => {
    const share = (((shade - 1) / 254) * most - spread) / (mostOfAll || 1);
    const opacity = faintest + (DARKEST - faintest) * Math.min(Math.max(share, 0), 1);
    // The lowest row comes first here, and last in a canvas.
    const at = (rows - 1 - Math.floor(i / columns)) * columns + (i % columns);
    pixels.data[4 * at + 3] = shade && 255 * opacity;
  });
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
  return canvas;
}

/** @param {Picture} picture */
const cellSize = ({ x, y, columns, rows }) => ((x[1] - x[0]) / columns) * ((y[1] - y[0]) / rows);
