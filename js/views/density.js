// Very many points, under the chart: a picture that is darker where there are more of them. Where
// a part is looked at more closely, a finer one is asked for.

import { html, noChange } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";
import { memo } from "./memo.js";

const REST = 150; // milliseconds that a part is looked at before a finer picture is asked for
const FEWEST = 120; // cells in each direction of what is seen that are fine enough
const FAINTEST = 0.12; // opacity of one point, where the most there are in a cell are very many
const DARKEST = 0.62; // of the most there are: a line over them must be seen

/**
 * @typedef {import("../density.js").Picture} Picture
 * @typedef {import("./scales.js").Range} Range
 * @typedef {import("./fit.js").Frame} Frame
 * @typedef {import("../source.js").Source["picture"]} PictureOf
 */

/** One view's picture of the points. */
export function density() {
  const finer = finerPicture();

  /**
   * @param {import("../view.js").View} view
   * @param {Frame} frame
   * @param {import("./frame.js").Motion} motion
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
  let timer = 0;
  let isAsking = false;

  /**
   * @param {Picture} picture
   * @param {import("../quadratic.js").Bowl} bowl  tells these points from others
   * @param {Frame} frame
   * @param {import("./frame.js").Motion} motion
   * @param {PictureOf} pictureOf
   * @returns {Picture | null}
   */
  return (picture, bowl, { x, y }, motion, pictureOf) => {
    const data = String(Object.values(bowl));
    if (data !== of) [fine, asked, of] = [null, "", data];
    const part = String([x.domain, y.domain]);
    if (part !== seen) {
      clearTimeout(timer);
      timer = 0;
      seen = part;
    }
    const suffices = (/** @type {Picture} */ one) => isFine(one, picture, x.domain, y.domain);
    if (suffices(picture)) fine = null;
    if (part !== asked && !suffices(fine ?? picture)) {
      timer ||= window.setTimeout(async () => {
        timer = 0;
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
  canvas.width = Math.round(ratio * (x.range[1] - x.range[0]));
  canvas.height = Math.round(ratio * (y.range[0] - y.range[1]));
  const context = canvas.getContext("2d");
  if (!context) return;
  const colour = getComputedStyle(canvas).color.match(/[\d.]+/g) ?? [];
  context.imageSmoothingEnabled = false;
  for (const one of fine ? [picture, fine] : [picture]) {
    // Of rows, as of all in a canvas, the highest comes first.
    const [fromX, sizeX, left, width] = cut(one.x, x.domain, one.columns, canvas.width);
    const [fromY, sizeY, top, height] = cut(down(one.y), down(y.domain), one.rows, canvas.height);
    if (width <= 0 || height <= 0) continue;
    context.clearRect(left, top, width, height);
    const cells = stamp(one, fine ?? one, colour.slice(0, 3).map(Number));
    context.drawImage(cells, fromX, fromY, sizeX, sizeY, left, top, width, height);
  }
}

/** @param {Range} range @returns {Range} */
const down = ([low, high]) => [-high, -low];

/**
 * What of the cells along an axis is seen, and where: both as a beginning and a length. Cut before
 * it is drawn, because of numbers as large as a zoom can make them canvases lose digits.
 * @param {Range} range  of the picture
 * @param {Range} domain  of what is seen
 * @param {number} cells
 * @param {number} pixels
 */
function cut([low, high], [from, to], cells, pixels) {
  const [start, end] = [Math.max(low, from), Math.min(high, to)];
  const perUnit = pixels / (to - from);
  if (low === high) return [0, cells, (low - from) * perUnit, 1];
  const scale = cells / (high - low);
  return [
    ...[(start - low) * scale, (end - start) * scale],
    ...[(start - from) * perUnit, (end - start) * perUnit],
  ];
}

/**
 * A picture's cells, a pixel for each.
 * @param {Picture} picture
 * @param {Picture} finest  the one whose cells have the opacity that their number stands for
 * @param {number[]} colour
 */
function stamp({ columns, rows, shades, ...picture }, finest, colour) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns, rows];
  const context = canvas.getContext("2d");
  const pixels = new ImageData(columns, rows);
  // Of larger cells, what they would be if all that is in them were spread evenly.
  const sizeOf = (/** @type {any} */ { x, y, columns, rows }) =>
    Math.log((x[1] - x[0]) / columns) + Math.log((y[1] - y[0]) / rows);
  const spread = sizeOf({ ...picture, columns, rows }) - sizeOf(finest) || 0;
  const faint = Math.max(FAINTEST, DARKEST / (1 + Math.log(finest.most)));
  const opacity = Uint8Array.from({ length: 256 }, (_, shade) => {
    if (shade === 0) return 0;
    const share = (((shade - 1) / 254) * Math.log(picture.most) - spread) / Math.log(finest.most);
    const seen = finest.most > 1 ? Math.min(Math.max(share, 0), 1) : 1;
    return 255 * (faint + (DARKEST - faint) * seen);
  });
  for (let i = 0; i < shades.length; i++) {
    const row = rows - 1 - Math.floor(i / columns);
    pixels.data.set([...colour, opacity[shades[i]]], 4 * (row * columns + (i % columns)));
  }
  context?.putImageData(pixels, 0, 0);
  return canvas;
}
