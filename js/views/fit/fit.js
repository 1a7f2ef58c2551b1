// The fit: the points, the line that is being fitted, its residuals and a few earlier lines.

import { html, svg } from "lit-html";
import { rangeOf } from "../../core/picture.js";
import { axes, isIn, roomFor, within } from "../charts/axes.js";
import { density } from "./density.js";
import { memo } from "../charts/memo.js";
import { decimals, fixed } from "../charts/numbers.js";
import { lineHandles, seenPart } from "./line-handles.js";
import { pointEditor } from "./point-editor.js";
import { others } from "../controls/runs.js";
import { linear } from "../charts/scales.js";
import { stillAxis } from "../charts/still-axis.js";
import { zooming } from "../charts/zoom.js";

const GHOSTS = [0, 1, 3, 7, 15, 31, 63]; // steps whose lines stay, faintly
const FARTHEST_LINE = 1.5; // heights of the cloud of points that a first line may be away from it
const MOST_RESIDUALS = 500; // drawn; of more points, evenly spaced ones
const SAMPLE = 100; // points of very many that are drawn one by one, too
const RING = 8; // pixels that a point may reach beyond its place
const INSET = 0.04; // of the picture, that the ends of a line are in it when it goes on

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../types.js").Points} Points
 * @typedef {import("../../core/table.js").Row} Row
 * @typedef {import("../../types.js").Residuals} Residuals
 * @typedef {import("../charts/scales.js").Scale} Scale
 * @typedef {{ box: import("../charts/axes.js").Box, x: Scale, y: Scale }} Frame
 */

/** The panel's drawing function, with its own memory of what need not be computed again. */
export function fitPanel() {
  const pathOfPoints = memo(pointPath, keyOfPath);
  const pathOfBatch = memo(pointPath, keyOfPath);
  const rangesOf = memo((/** @type {Points} */ { x, y }) => [rangeOf(x), rangeOf(y)]);
  const sampleOf = memo(evenly);
  const xAxis = stillAxis(0.04);
  const yAxis = stillAxis(0.06);
  const editor = pointEditor();
  const drawDensity = density();
  const zoom = zooming();

  /**
   * @param {View} view
   * @param {object} options
   * @param {number} options.width
   * @param {number} options.height
   * @param {import("../code/update-lines.js").Next} options.next  the step to come, whose batch is lit
   * @param {Residuals} options.residuals
   * @param {import("../../types.js").Motion} options.motion
   * @param {(params: import("../../core/quadratic.js").Params) => void} options.setGuess
   * @param {import("./point-editor.js").EditPoints} options.editPoints
   * @param {import("./density.js").PictureOf} options.pictureOf
   */
  return function fit(view, options) {
    const { width, height, next, residuals, motion, setGuess, editPoints, pictureOf } = options;
    const { picture, labels, row, history } = view;
    const points = picture ? sampleOf(view.points) : view.points;
    const box = { width, height, top: 8, right: 14, bottom: 36, left: 48 };
    const [xs, heights] = picture?.extent ?? rangesOf(points);
    const ys = withLine(heights, history.rowAt(0), xs);
    const all = { x: xAxis(xs, motion), y: yAxis(ys, motion) };
    const seen = zoom.seen(all, labels.makes?.seed, box, motion);
    const y = linear(seen.y, [height - box.bottom, box.top]);
    box.left = roomFor(y);
    const x = linear(seen.x, [box.left, width - box.right]);
    const frame = { box, x, y };
    const ends = seen === all ? xs : inner(seen.x);
    const ghosts = GHOSTS.filter((step) => step < row.step && history.has(step));
    return html` <div class="panel fit-panel">
      <div class="above">${editor.caption(view)} ${zoom.buttons()}</div>
      <div class="chart">
        ${drawDensity(view, frame, motion, pictureOf)}
        <svg
          class="fit ${picture ? "dense" : ""} ${seen === all ? "" : "zoomed"}"
          width=${width}
          height=${height}
          role="group"
          aria-label=${summary(view)}
          @wheel=${zoom.onWheel}
          @touchstart=${zoom.onTouch}
          @touchmove=${zoom.onTouch}
          @touchend=${zoom.onTouch}
          @touchcancel=${zoom.onTouch}
        >
          ${axes({ ...frame, xName: labels.x_label, yName: labels.y_label })}
          ${within(
            box,
            svg`${ghosts.map((step) => lineOf(history.rowAt(history.indexOf(step)), frame, "ghost"))}
            ${residuals === "none" ? "" : svg`<path class="residuals ${residuals}" d=${residualPath(points, row, frame, residuals)} />`}
            ${next?.batch ? svg`<path class="lit" d=${pathOfBatch(view.points, frame, next.batch)} />` : ""}
            <path class="points" d=${pathOfPoints(points, frame)} />
            ${others(view, (run) => lineOf(run.row, frame, "line"))} ${lineOf(row, frame, "line")}`,
          )}
          ${editor.layer(view, frame, motion, editPoints, zoom.pan())}
          ${lineHandles(row, frame, ends, motion, setGuess)}
        </svg>
      </div>
    </div>`;
  };
}

/** @param {View} view */
function summary({ labels, row }) {
  const d = decimals(labels.bowl);
  const [slope, intercept] = row.params;
  const sign = intercept < 0 ? "−" : "+";
  return (
    `${labels.bowl.n} points and, at step ${row.step}, the line ${labels.y_label} = ` +
    `${fixed(slope, d.slope)} ${labels.x_label} ${sign} ` +
    fixed(Math.abs(intercept), d.intercept)
  );
}

/** Evenly spaced ones. @param {Points} points @returns {Points} */
function evenly({ x, y }) {
  const every = Math.ceil(x.length / SAMPLE);
  const isKept = (/** @type {number} */ _, /** @type {number} */ i) => i % every === 0;
  return { x: x.filter(isKept), y: y.filter(isKept) };
}

/** @param {[number, number]} range @returns {[number, number]} */
const inner = ([low, high]) => [low + INSET * (high - low), high - INSET * (high - low)];

/**
 * The points' range, widened to hold the first line unless that is far off.
 * @param {[number, number]} ys
 * @param {Row} first
 * @param {[number, number]} xs
 * @returns {[number, number]}
 */
function withLine([low, high], { params: [slope, intercept] }, xs) {
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
function pointPath({ x: xs, y: ys }, { box, x, y }, some) {
  let path = "";
  for (let k = 0; k < (some ?? xs).length; k++) {
    const i = some ? some[k] : k;
    const [px, py] = [x.at(xs[i]), y.at(ys[i])];
    if (isIn(box, px, py, RING)) path += `M${px.toFixed(1)},${py.toFixed(1)}h0`;
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
function residualPath({ x: xs, y: ys }, { params }, { x, y, box }, kind) {
  const [slope, intercept] = params;
  const every = Math.ceil(xs.length / MOST_RESIDUALS);
  // A diverging line is far away, and so is much of what is not seen.
  const near = (/** @type {number} */ pixels) => Math.min(Math.max(pixels, -1), box.height + 1);
  let path = "";
  for (let i = 0; i < xs.length; i += every) {
    const shown = near(y.at(slope * xs[i] + intercept));
    const from = near(y.at(ys[i]));
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
 * A line across the panel.
 * @param {Row} row
 * @param {Frame} frame
 * @param {string} name
 */
function lineOf(row, { x, y }, name) {
  const part = seenPart(row.params, x, y);
  if (!part) return "";
  const [from, to] = part;
  const [slope, intercept] = row.params;
  const yAt = (/** @type {number} */ value) => y.at(slope * value + intercept);
  return svg`<line class=${name} x1=${x.at(from)} y1=${yAt(from)} x2=${x.at(to)} y2=${yAt(to)} />`;
}
