// The fit: the points, the line that is being fitted, its residuals and a few earlier lines.

import { html, svg } from "lit-html";
import { axes, within } from "./axes.js";
import { memo } from "./memo.js";
import { decimals, fixed } from "./numbers.js";
import { lineHandles } from "./line-handles.js";
import { pointEditor } from "./point-editor.js";
import { others } from "./runs.js";
import { linear } from "./scales.js";
import { stillAxis } from "./still.js";

const GHOSTS = [0, 1, 3, 7, 15, 31, 63]; // steps whose lines stay, faintly
const FARTHEST_LINE = 1.5; // heights of the cloud of points that a first line may be away from it
const MOST_RESIDUALS = 500; // drawn; of more points, evenly spaced ones

/**
 * @typedef {import("../session.js").View} View
 * @typedef {import("../session.js").Points} Points
 * @typedef {import("../history.js").Row} Row
 * @typedef {import("./scales.js").Scale} Scale
 * @typedef {{ box: import("./axes.js").Box, x: Scale, y: Scale }} Frame
 */

/**
 * How residuals are drawn: not at all, as lines, or as the squares that the loss is the mean of.
 * @typedef {"none" | "lines" | "squares"} Residuals
 */

/** The panel's drawing function, with its own memory of what need not be computed again. */
export function fitPanel() {
  const pathOfPoints = memo(pointPath, keyOfPath);
  const pathOfBatch = memo(pointPath, keyOfPath);
  const rangesOf = memo((/** @type {Points} */ { x, y }) => [rangeOf(x), rangeOf(y)]);
  const xAxis = stillAxis(0.04);
  const yAxis = stillAxis(0.06);
  const editor = pointEditor();

  /**
   * @param {View} view
   * @param {object} options
   * @param {number} options.width
   * @param {number} options.height
   * @param {import("./update-lines.js").Next} options.next  the step to come, whose batch is lit
   * @param {Residuals} options.residuals
   * @param {import("./frame.js").Motion} options.motion
   * @param {(params: import("../quadratic.js").Params) => void} options.setGuess
   * @param {import("./point-editor.js").EditPoints} options.editPoints
   */
  return function fit(view, options) {
    const { width, height, next, residuals, motion, setGuess, editPoints } = options;
    const { points, labels, row, history } = view;
    const box = { width, height, top: 8, right: 14, bottom: 36, left: 48 };
    const [xs, heights] = rangesOf(points);
    const x = linear(xAxis(xs, motion), [box.left, width - box.right]);
    const ys = withLine(heights, history.rowAt(0), xs);
    const y = linear(yAxis(ys, motion), [height - box.bottom, box.top]);
    const frame = { box, x, y };
    const ghosts = GHOSTS.filter((step) => step < row.step && history.has(step));
    return html` <div class="panel fit-panel">
      ${editor.caption(view)}
      <svg class="fit" width=${width} height=${height} role="group" aria-label=${summary(view)}>
        ${axes({ ...frame, xName: labels.x_label, yName: labels.y_label })}
        ${within(
          box,
          svg`${ghosts.map((step) => lineOf(history.rowAt(history.indexOf(step)), frame, "ghost"))}
            ${residuals === "none" ? "" : svg`<path class="residuals ${residuals}" d=${residualPath(points, row, frame, residuals)} />`}
            ${next?.batch ? svg`<path class="lit" d=${pathOfBatch(points, frame, next.batch)} />` : ""}
            <path class="points" d=${pathOfPoints(points, frame)} />
            ${others(view, (run) => lineOf(run.row, frame, "line"))} ${lineOf(row, frame, "line")}`,
        )}
        ${editor.layer(view, frame, motion, editPoints)}
        ${lineHandles(row, frame, xs, motion, setGuess)}
      </svg>
    </div>`;
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
 * @param {Float64Array} values
 * @returns {[number, number]}
 */
function rangeOf(values) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/**
 * The points' range, widened to hold the first line unless that is far off.
 * @param {[number, number]} ys
 * @param {Row} first
 * @param {[number, number]} xs
 * @returns {[number, number]}
 */
function withLine([low, high], { slope, intercept }, xs) {
  const reach = FARTHEST_LINE * (high - low || Math.max(1, Math.abs(low)));
  const ends = xs.map((x) => Math.min(Math.max(slope * x + intercept, low - reach), high + reach));
  return [Math.min(low, ...ends), Math.max(high, ...ends)];
}

/**
 * What a path of points depends on.
 * @param {Points} points
 * @param {Frame} frame
 * @param {ArrayLike<number>} [some]
 */
const keyOfPath = (points, { x, y }, some = []) => [
  ...[points, ...x.domain, ...y.domain, ...x.range, ...y.range],
  ...Array.from(some),
];

/**
 * All points, or some, as one path: a dot is a line of no length with a round end.
 * @param {Points} points
 * @param {Frame} frame
 * @param {ArrayLike<number>} [some]  their places among the points
 */
function pointPath({ x: xs, y: ys }, { x, y }, some) {
  let path = "";
  for (let k = 0; k < (some ?? xs).length; k++) {
    const i = some ? some[k] : k;
    path += `M${x.at(xs[i]).toFixed(1)},${y.at(ys[i]).toFixed(1)}h0`;
  }
  return path;
}

/**
 * From each point to the line: a vertical, or the square over it, whose area is what the loss is
 * the mean of.
 * @param {Points} points
 * @param {Row} row
 * @param {Frame} frame
 * @param {Residuals} kind
 */
function residualPath({ x: xs, y: ys }, { slope, intercept }, { x, y, box }, kind) {
  const every = Math.ceil(xs.length / MOST_RESIDUALS);
  let path = "";
  for (let i = 0; i < xs.length; i += every) {
    const end = y.at(slope * xs[i] + intercept);
    const shown = Math.min(Math.max(end, -1), box.height + 1); // a diverging line is far away
    const from = y.at(ys[i]);
    path += `M${x.at(xs[i]).toFixed(1)},${from.toFixed(1)}V${shown.toFixed(1)}`;
    // Towards the middle of the picture, so that the squares of the last points are in it.
    if (kind === "squares") {
      const side = Math.abs(shown - from) * (x.at(xs[i]) > box.width / 2 ? -1 : 1);
      path += `h${side.toFixed(1)}V${from.toFixed(1)}z`;
    }
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
