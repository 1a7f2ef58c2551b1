// Thin grid, ticks and names of axes; the frame every chart is drawn in.

import { svg } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { clamp } from "./clamp.js";
import { spoken } from "../../words/say.js";
import { plain } from "./numbers.js";

/**
 * @typedef {import("./scales.js").Scale} Scale
 *
 * @typedef {{ width: number, height: number }} Size  in pixels
 *
 * The space a chart has: the whole, and where in it the edges of the picture are, beyond which
 * there are labels.
 * @typedef {Size & { top: number, right: number, bottom: number, left: number }} Box
 *
 * @typedef {{ at: number, label: string }} Tick  where along its axis, and what is written there
 *
 * That space, and what stands where in it.
 * @typedef {{ box: Box, x: Scale, y: Scale }} Frame
 */

const PIXELS_PER_TICK_X = 100;
const PIXELS_PER_TICK_Y = 40;
const PIXELS_PER_POWER = 30; // of a logarithmic axis, which may have one label more
const PIXELS_PER_LETTER = 6.5; // of words, in a wide font
const PIXELS_PER_DIGIT = 8.1; // the same of numbers, with their signs
const LEFT = 67; // pixels, for the name of the axis and labels of up to five letters
const BELOW = 24; // pixels, for labels and the name of the axis in one row
const LINE = 16; // pixels, for a label above another
const NAME = 18; // pixels, for a name beside labels
const MOST_DIGITS = 15;
const few = (/** @type {number} */ count) => Math.max(3, Math.floor(count));

/**
 * What is drawn in a frame alone depends on. Guarded by this, it is drawn again only when the frame
 * has changed, and not whenever something moves in it.
 * @param {Pick<Frame, "x" | "y">} frame
 */
export const keyOf = ({ x, y }) => [...x.domain, ...x.range, ...y.domain, ...y.range, y.kind];

/**
 * The names stand among the labels, out of the way of what is drawn: that of the horizontal axis in
 * the last gap between two of them that is wide enough, that of the vertical one upright beside them,
 * with room up to the edge of the chart.
 * @param {object} chart
 * @param {Box} chart.box
 * @param {Scale} chart.x
 * @param {Scale} chart.y
 * @param {string} chart.xName
 * @param {string} chart.yName
 * @param {string[]} [chart.shorts]  these names, for where there is less room
 */
export const axes = (chart) =>
  guard([...keyOf(chart), chart.xName, chart.yName, spoken()], () => drawn(chart));

/** @param {Parameters<typeof axes>[0]} chart */
function drawn({ box, x, y, xName, yName, shorts = [] }) {
  const { bottom, right, left, top } = box;
  const yTicks = yTicksOf(y);
  const [xTicks, nameAt, room] = besideName(xTicksOf(x, box.width), box, xName, shorts[0]);
  return svg`
    <g class="grid" aria-hidden="true">
      ${xTicks.map(({ at }) => svg`<line x1=${at} x2=${at} y1=${top} y2=${bottom} />`)}
      ${yTicks.map(({ at }) => svg`<line x1=${left} x2=${right} y1=${at} y2=${at} />`)}
    </g>
    <g class="ticks" aria-hidden="true">
      ${xTicks.map(({ at, label }) => svg`<text x=${at} y=${bottom + 16} class="middle">${label}</text>`)}
      ${yTicks.map(({ at, label }) => svg`<text x=${left - 8} y=${at + 4} dy=${Math.min(0, bottom - at - 2)} class="end">${label}</text>`)}
      <text x=${nameAt} y=${bottom + 16} class="name middle">${cut(xName, room, shorts[0])}</text>
      <text transform="translate(12 ${bottom / 2}) rotate(-90)" class="name middle"
        >${cut(yName, bottom, shorts[1])}</text>
    </g>`;
}

/**
 * The labels that stay beside the name of a horizontal axis, the middle of that, and its room. Where
 * no gap between them is wide enough, those in the right half make room; where that would leave one,
 * which says nothing of a scale, for the shorter name.
 * @param {Tick[]} ticks
 * @param {Box} box
 * @param {string} name
 * @param {string} [short]
 * @returns {[Tick[], number, number]}
 */
function besideName(ticks, box, name, short) {
  const half = (/** @type {Tick} */ { label }) => (PIXELS_PER_LETTER * (label.length + 1)) / 2;
  const width = PIXELS_PER_LETTER * (name.length + 1);
  for (let i = ticks.length - 1; i > 0; i--) {
    const from = ticks[i - 1].at + half(ticks[i - 1]);
    const to = ticks[i].at - half(ticks[i]);
    if (to - from >= width) return [ticks, (from + to) / 2, to - from];
  }
  const most = Math.min(width, (box.right - box.left) / 2);
  const kept = ticks.filter((tick) => tick.at + half(tick) < box.right - most);
  if (short && kept.length < 2) return besideName(ticks, box, short);
  return [kept, box.right - most / 2, most];
}

/**
 * The space for a picture with its labels on the left and below.
 * @param {Size} size
 * @param {number} margin  on the right
 * @returns {Box}
 */
export const boxOf = ({ width, height }, margin) => ({
  ...{ width, height, left: LEFT, right: width - margin, top: 8, bottom: height - BELOW },
});

/**
 * Whether a place is seen, or no further away from that than `reach`; all in pixels.
 * @param {Box} box
 * @param {number} px
 * @param {number} py
 * @param {number} [reach]
 */
export const isIn = (box, px, py, reach = 0) =>
  px >= box.left - reach &&
  px <= box.right + reach &&
  py >= box.top - reach &&
  py <= box.bottom + reach;

/**
 * The nearest place in the picture; in pixels.
 * @param {Box} box
 * @param {number} px
 * @param {number} py
 * @returns {[number, number]}
 */
export const intoBox = (box, px, py) => [
  clamp(px, box.left, box.right),
  clamp(py, box.top, box.bottom),
];

/**
 * Ticks of a vertical axis: pixels, and what is written there.
 * @param {Scale} y
 */
function yTicksOf(y) {
  const height = y.range[0] - y.range[1];
  const isLog = y.kind === "log";
  const count = isLog ? height / PIXELS_PER_POWER : few(height / PIXELS_PER_TICK_Y);
  return apart(y, Math.floor(count), () => LINE);
}

/**
 * Ticks of a horizontal axis, without those whose labels would leave the picture.
 * @param {Scale} x
 * @param {number} end  of the picture, in pixels
 */
function xTicksOf(x, end) {
  const width = x.range[1] - x.range[0];
  const ticks = apart(
    x,
    few(width / PIXELS_PER_TICK_X),
    (all) => longest(all) + 2 * PIXELS_PER_DIGIT,
  );
  return ticks.filter((tick) => tick.at + longest([tick]) / 2 <= end);
}

/**
 * About so many ticks, or so many fewer that their labels stand apart.
 * @param {Scale} scale
 * @param {number} count
 * @param {(ticks: Tick[]) => number} room  that each label needs, in pixels
 * @returns {Tick[]}
 */
function apart(scale, count, room) {
  const ticks = labelled(scale, count);
  const gaps = ticks.slice(1).map(({ at }, i) => Math.abs(at - ticks[i].at));
  const areApart = Math.min(...gaps) >= room(ticks);
  return areApart || count < 2 ? ticks : apart(scale, count - 1, room);
}

/**
 * With as many digits as tell each tick from the next.
 * @param {Scale} scale
 * @param {number} count
 */
function labelled(scale, count) {
  const ticks = scale.ticks(count);
  const [first, second = first] = ticks;
  const size = Math.max(...ticks.map(Math.abs));
  const digits = scale.kind === "log" ? 3 : Math.ceil(Math.log10(size / (second - first))) + 1;
  return ticks.map((t) => ({
    at: scale.at(t),
    label: plain(t, Math.min(digits > 3 ? digits : 3, MOST_DIGITS)).replace("e+", "e"),
  }));
}

/** Pixels that the longest label takes. @param {{ label: string }[]} ticks */
const longest = (ticks) => PIXELS_PER_DIGIT * Math.max(0, ...ticks.map((t) => t.label.length));

/** The room that the labels of axes need, as it was found. @type {Map<string, number>} */
const rooms = new Map();
const MOST_ROOMS = 64; // that are kept

/**
 * The room that the labels of a vertical axis need on its left.
 * @param {Scale} y
 */
export function roomFor(y) {
  const key = `${y.domain} ${y.range} ${y.kind}`;
  const room = rooms.get(key) ?? Math.max(LEFT, Math.ceil(NAME + 8 + longest(yTicksOf(y))));
  if (rooms.size >= MOST_ROOMS) rooms.clear();
  rooms.set(key, room);
  return room;
}

/**
 * The part of a chart between its axes: nothing in it is drawn beyond them.
 * @param {Box} box
 * @param {unknown} content
 */
export function within(box, content) {
  const [w, h] = [box.right - box.left, box.bottom - box.top];
  return svg`
    <svg class="within" x=${box.left} y=${box.top} width=${w} height=${h}
      viewBox="${box.left} ${box.top} ${w} ${h}" aria-hidden="true">${content}</svg>`;
}

/**
 * A name that fits: an SVG text neither wraps nor ends in dots by itself.
 * @param {string} name
 * @param {number} width
 * @param {string} [short]
 */
function cut(name, width, short = name) {
  const most = Math.floor(width / PIXELS_PER_LETTER);
  return [name, short].find((one) => one.length <= most) ?? `${name.slice(0, most - 1)}…`;
}
