// Thin grid, ticks and names of axes; the frame every chart is drawn in.

import { svg } from "lit-html";
import { plain } from "./numbers.js";

/**
 * @typedef {import("./scales.js").Scale} Scale
 *
 * The space a chart has: the whole, and the margins around what is drawn.
 * @typedef {{ width: number, height: number,
 *   top: number, right: number, bottom: number, left: number }} Box
 */

const PIXELS_PER_TICK_X = 80;
const PIXELS_PER_TICK_Y = 45;
const few = (/** @type {number} */ count) => Math.max(2, Math.floor(count));

/**
 * @param {object} chart
 * @param {Box} chart.box
 * @param {Scale} chart.x
 * @param {Scale} chart.y
 * @param {string} chart.xName
 * @param {string} chart.yName
 * @param {"left" | "right"} [chart.yNameAt]  where no data are in its way
 */
export function axes({ box, x, y, xName, yName, yNameAt = "left" }) {
  const bottom = box.height - box.bottom;
  const right = box.width - box.right;
  const width = right - box.left;
  const xTicks = x.ticks(few((right - box.left) / PIXELS_PER_TICK_X));
  const yTicks = y.ticks(few((bottom - box.top) / PIXELS_PER_TICK_Y));
  return svg`
    <g class="grid" aria-hidden="true">
      ${xTicks.map((t) => svg`<line x1=${x.at(t)} x2=${x.at(t)} y1=${box.top} y2=${bottom} />`)}
      ${yTicks.map((t) => svg`<line x1=${box.left} x2=${right} y1=${y.at(t)} y2=${y.at(t)} />`)}
    </g>
    <g class="ticks" aria-hidden="true">
      ${xTicks.map((t) => svg`<text x=${x.at(t)} y=${bottom + 16} class="middle">${plain(t)}</text>`)}
      ${yTicks.map((t) => svg`<text x=${box.left - 8} y=${y.at(t) + 4} class="end">${plain(t)}</text>`)}
      <text x=${right} y=${bottom + 30} class="name end">${cut(xName, width)}</text>
      ${
        yNameAt === "left"
          ? svg`<text x=${box.left + 6} y=${box.top + 10} class="name">${cut(yName, width)}</text>`
          : svg`<text x=${right - 6} y=${box.top + 10} class="name end">${cut(yName, width)}</text>`
      }
    </g>`;
}

/**
 * The part of a chart between its axes: nothing in it is drawn beyond them.
 * @param {Box} box
 * @param {unknown} content
 */
export function within(box, content) {
  const [w, h] = [box.width - box.left - box.right, box.height - box.top - box.bottom];
  return svg`
    <svg class="within" x=${box.left} y=${box.top} width=${w} height=${h}
      viewBox="${box.left} ${box.top} ${w} ${h}" aria-hidden="true">${content}</svg>`;
}

const PIXELS_PER_LETTER = 6.5; // of an axis name, at most

/**
 * A name that fits: an SVG text neither wraps nor ends in dots by itself.
 * @param {string} name
 * @param {number} width
 */
function cut(name, width) {
  const most = Math.floor(width / PIXELS_PER_LETTER);
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`;
}
