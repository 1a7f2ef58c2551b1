// Very many points on a canvas: a pixel for each cell, darker where there are more points in it.

import { clamp } from "../charts/clamp.js";

const FAINTEST = 0.12; // opacity of one point, where the most there are in a cell are very many
const DARKEST = 0.62; // of the most there are: a line over them must be seen
const FEW = 8; // points in a cell
const SPARSE = 0.05; // of all cells
const DOT = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
]; // pixels

/**
 * @typedef {import("../../core/picture.js").Picture} Picture
 * @typedef {import("../charts/axes.js").Frame} Frame
 */

/**
 * The picture, and over it the finer one where there is one, in the colour of the text.
 * @param {HTMLCanvasElement} canvas
 * @param {Frame} frame
 * @param {number} ratio  pixels of the screen for one of the page
 * @param {boolean} _  whether the theme is dark
 * @param {Picture} picture
 * @param {Picture | null} fine
 */
export function paintDensity(canvas, { x, y }, ratio, _, picture, fine) {
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
  // Larger cells are as dark as if all that is in them were spread evenly.
  const spread = Math.log(cellSize(picture) / cellSize(finest)) || 0;
  const [most, mostOfAll] = [Math.log(picture.most), Math.log(finest.most)];
  const faintest = Math.max(FAINTEST, DARKEST / (1 + mostOfAll));
  shades.forEach((shade, i) => {
    const share = (((shade - 1) / 254) * most - spread) / (mostOfAll || 1);
    const opacity = faintest + (DARKEST - faintest) * clamp(share, 0, 1);
    // The lowest row comes first here, and last in a canvas.
    const at = (rows - 1 - Math.floor(i / columns)) * columns + (i % columns);
    pixels.data[4 * at + 3] = shade && 255 * opacity;
  });
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
  return canvas;
}

/** @param {Picture} picture */
const cellSize = ({ x, y, columns, rows }) => ((x[1] - x[0]) / columns) * ((y[1] - y[0]) / rows);
