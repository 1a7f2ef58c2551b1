// The fit: the points, the line that is being fitted, its residuals and a few earlier lines.

import { extent } from "d3-array";
import { html, svg } from "lit-html";
import { axes } from "./axes.js";
import { memo } from "./memo.js";
import { decimals, fixed } from "./numbers.js";
import { linear } from "./scales.js";

const GHOSTS = [0, 1, 3, 7, 15, 31, 63]; // steps whose lines stay, faintly
const MOST_RESIDUALS = 500; // drawn; of more points, evenly spaced ones

/**
 * @typedef {import("../session.js").View} View
 * @typedef {import("../session.js").Points} Points
 * @typedef {import("../history.js").Row} Row
 * @typedef {import("./scales.js").Scale} Scale
 * @typedef {{ box: import("./axes.js").Box, x: Scale, y: Scale }} Frame
 */

/** The panel's drawing function, with its own memory of what need not be computed again. */
export function fitPanel() {
  const domainsOf = memo(domains);
  const pointsOf = memo(pointPath, keyOfPath);

  /**
   * @param {View} view
   * @param {{ width: number, height: number, residuals: boolean }} options
   */
  return function fit(view, { width, height, residuals }) {
    const { points, labels, row, history } = view;
    const box = { width, height, top: 8, right: 12, bottom: 36, left: 48 };
    const first = history.rowAt(0);
    const [xs, ys] = domainsOf(points, first.slope, first.intercept);
    const x = linear(xs, [box.left, width - box.right]);
    const y = linear(ys, [height - box.bottom, box.top]);
    const frame = { box, x, y };
    const [w, h] = [width - box.left - box.right, height - box.top - box.bottom];
    const ghosts = GHOSTS.filter((step) => step < row.step && history.has(step));
    return html` <svg
      class="fit"
      width=${width}
      height=${height}
      role="img"
      aria-label=${summary(view)}
    >
      ${axes({ ...frame, xName: labels.x_label, yName: labels.y_label })}
      <svg
        x=${box.left}
        y=${box.top}
        width=${w}
        height=${h}
        viewBox="${box.left} ${box.top} ${w} ${h}"
      >
        ${ghosts.map((step) => lineOf(history.rowAt(history.indexOf(step)), frame, "ghost"))}
        ${residuals ? svg`<path class="residuals" d=${residualPath(points, row, frame)} />` : ""}
        <path class="points" d=${pointsOf(points, frame)} />
        ${lineOf(row, frame, "line")}
      </svg>
    </svg>`;
  };
}

/** @param {View} view */
function summary({ labels, row }) {
  const d = decimals(labels.bowl);
  const sign = row.intercept < 0 ? "−" : "+";
  return (
    `${labels.bowl.n} points and, at step ${row.step}, the line ${labels.y_label} = ` +
    `${fixed(row.slope, d.slope)} ${labels.x_label} ${sign} ` +
    fixed(Math.abs(row.intercept), d.intercept)
  );
}

/**
 * The axes hold the points and the first line, and then stay as they are.
 * @param {Points} points
 * @param {number} slope
 * @param {number} intercept
 * @returns {[number, number][]}
 */
function domains(points, slope, intercept) {
  const xs = padded(extent(points.x, Number), 0.04);
  const onLine = xs.map((x) => slope * x + intercept);
  return [xs, padded(extent([...points.y, ...onLine], Number), 0.06)];
}

/**
 * @param {(number | undefined)[]} range
 * @param {number} share  of the range, added at both ends
 * @returns {[number, number]}
 */
function padded([low = 0, high = 1], share) {
  const margin = high > low ? share * (high - low) : Math.max(1, Math.abs(low)) / 2;
  return [low - margin, high + margin];
}

/** What a path of points depends on. @param {Points} points @param {Frame} frame */
const keyOfPath = (points, { x, y }) => [points, ...x.domain, ...y.domain, ...x.range, ...y.range];

/**
 * All points as one path: a dot is a line of no length with a round end.
 * @param {Points} points
 * @param {Frame} frame
 */
function pointPath({ x: xs, y: ys }, { x, y }) {
  let path = "";
  for (let i = 0; i < xs.length; i++)
    path += `M${x.at(xs[i]).toFixed(1)},${y.at(ys[i]).toFixed(1)}h0`;
  return path;
}

/**
 * A vertical from each point to the line: what the squares in the loss are the squares of.
 * @param {Points} points
 * @param {Row} row
 * @param {Frame} frame
 */
function residualPath({ x: xs, y: ys }, { slope, intercept }, { x, y, box }) {
  const every = Math.ceil(xs.length / MOST_RESIDUALS);
  let path = "";
  for (let i = 0; i < xs.length; i += every) {
    const end = y.at(slope * xs[i] + intercept);
    const shown = Math.min(Math.max(end, -1), box.height + 1); // a diverging line is far away
    path += `M${x.at(xs[i]).toFixed(1)},${y.at(ys[i]).toFixed(1)}V${shown.toFixed(1)}`;
  }
  return path;
}

/**
 * A line across the panel, cut to it in data units: when training diverges, its ends are
 * further away than any picture can say.
 * @param {Row} row
 * @param {Frame} frame
 * @param {string} name
 */
function lineOf({ slope, intercept }, { x, y }, name) {
  const [left, right] = x.domain;
  const [low, high] = y.domain;
  const at = (/** @type {number} */ value) => (value - intercept) / slope;
  const [enter, leave] = slope > 0 ? [at(low), at(high)] : [at(high), at(low)];
  const from = slope ? Math.max(left, enter) : left;
  const to = slope ? Math.min(right, leave) : right;
  if (!(from <= to)) return "";
  const yAt = (/** @type {number} */ value) => y.at(slope * value + intercept);
  return svg`<line class=${name} x1=${x.at(from)} y1=${yAt(from)} x2=${x.at(to)} y2=${yAt(to)} />`;
}
