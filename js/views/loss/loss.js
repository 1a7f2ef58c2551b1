// The loss against the step: the timeline. Its playhead is a slider, to travel in time.

import { html, svg } from "lit-html";
import { axes, within } from "../charts/axes.js";
import { shown } from "../controls/editable.js";
import { decimals, fixed } from "../charts/numbers.js";
import { others } from "../controls/runs.js";
import { linear, log } from "../charts/scales.js";

const LOG_FROM = 20; // a log scale helps when the loss falls by more than this factor
const HIGHEST = 1e3; // times the first loss: a run that diverges does not flatten the others
const SLIT = 2; // pixels, in which no more of a curve is drawn than where it is lowest and highest
const BEYOND = 10; // times the end of the axis
const THUMB = 24; // pixels; the slider reaches half a thumb beyond the axis at both ends

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../types.js").Run} Run
 * @typedef {import("../../core/table.js").History} History
 * @typedef {{ box: import("../charts/axes.js").Box, x: import("../charts/scales.js").Scale,
 *   y: import("../charts/scales.js").Scale }} Frame
 */

/**
 * @param {View} view
 * @param {object} options
 * @param {number} options.width
 * @param {number} options.height
 * @param {import("../../types.js").Look} options.look
 * @param {(step: number) => void} options.seek
 */
export function loss(view, { width, height, look, seek }) {
  const { runs, row, step, seen, labels } = view;
  const box = { width, height, top: 8, right: 12, bottom: 36, left: 48 };
  const lastStep = axisEnd(Math.max(seen, labels.n_epochs ?? 100));
  const x = linear([0, lastStep], [box.left, width - box.right]);
  const range = /** @type {[number, number]} */ ([height - box.bottom, box.top]);
  const y = lossScale(runs, seen, labels.bowl.floor, look.lossScale, range);
  const isLog = y.kind === "log";
  const frame = { box, x, y };
  const d = decimals(labels.bowl);
  const [w, h] = [width - box.left - box.right, height - box.top - box.bottom];
  const label = `step ${step}, loss ${fixed(row.loss, d.loss)}`;
  return html` <div class="timeline">
    <svg class="loss" width=${width} height=${height} aria-hidden="true">
      ${axes({ ...frame, xName: "step", yName: "loss", yNameAt: "right" })}
      ${floorLine(labels.bowl.floor, d.loss, frame)}
      ${others(view, (run) => curveAndPlace(run, seen, frame, 4))}
      <line class="playhead" x1=${x.at(step)} x2=${x.at(step)} y1=${box.top} y2=${box.top + h} />
      ${curveAndPlace(view.run, seen, frame, 5)}
    </svg>
    <input
      type="range"
      class="scrubber"
      min="0"
      max=${lastStep}
      step="1"
      aria-label="Step number"
      aria-valuetext=${label}
      .style="left:${box.left - THUMB / 2}px; width:${w + THUMB}px; top:${box.top}px; height:${h}px"
      .value=${shown(String(step))}
      @input=${(/** @type {any} */ event) => seek(event.target.valueAsNumber)}
    />
    <button
      class="scale"
      .style="right:${box.right + 40}px; top:${box.top}px"
      aria-pressed=${isLog}
      title="Equal distances for equal factors"
      @click=${() => look.change({ lossScale: isLog ? "linear" : "log" })}
    >
      log
    </button>
  </div>`;
}

/**
 * The loss of the best fit: where the curve must end.
 * @param {number} floor
 * @param {number} digits
 * @param {{ box: import("../charts/axes.js").Box, y: import("../charts/scales.js").Scale }} frame
 */
function floorLine(floor, digits, { box, y }) {
  if (!(floor > y.domain[0])) return "";
  const right = box.width - box.right;
  return svg`
    <line class="floor" x1=${box.left} x2=${right} y1=${y.at(floor)} y2=${y.at(floor)} />
    <g class="ticks">
      <text class="best end" x=${right - 6} y=${y.at(floor) - 5}>best fit ${fixed(floor, digits)}</text>
    </g>`;
}

/**
 * The end of the step axis: it moves seldom, and far.
 * @param {number} steps
 */
function axisEnd(steps) {
  const power = 10 ** Math.floor(Math.log10(steps));
  return [1, 2, 5, 10].map((digit) => digit * power).find((end) => end >= steps) ?? steps;
}

/**
 * The loss axis, from the floor that no line can beat to the highest loss seen.
 * @param {Run[]} runs
 * @param {number} seen
 * @param {number} floor
 * @param {"auto" | "linear" | "log"} wish
 * @param {[number, number]} range
 */
function lossScale(runs, seen, floor, wish, range) {
  const first = runs[0].history.lossAt(0);
  const most = runs.length > 1 ? HIGHEST * first : Infinity;
  let low = Infinity;
  let high = 0;
  for (const { history } of runs) {
    const [lowest, highest] = history
      .extremes(0, history.indexOf(seen))
      .map((i) => history.lossAt(i));
    low = Math.min(low, lowest);
    high = Math.max(high, highest);
  }
  high = Math.min(high, most);
  if (!(high > 0)) return linear([0, 1], range);
  // Of a perfect fit the floor is zero, and the loss may fall for ever: twelve powers are seen.
  const lowest = Math.max(low, 1e-12 * first, Number.MIN_VALUE * 1e15);
  const bottom = floor > 1e-9 * high ? floor : 10 ** Math.floor(Math.log10(lowest));
  const isLinear = wish === "auto" ? high / bottom < LOG_FROM : wish === "linear";
  if (isLinear) return linear([0, 1.08 * high], range);
  // Rounded up to a power of ten, so that a loss that climbs seldom moves the axis.
  const top = high > first ? 10 ** Math.ceil(Math.log10(high)) : 1.3 * high;
  return log([0.7 * bottom, Math.min(top, Number.MAX_VALUE)], range);
}

/**
 * What a run has made of the loss so far, faintly what came later, and where it is.
 * @param {Pick<Run, "history" | "row">} run
 * @param {number} seen
 * @param {Frame} frame
 * @param {number} radius
 */
function curveAndPlace({ history, row }, seen, frame, radius) {
  const { box, x, y } = frame;
  const i = history.indexOf(row.step);
  const [low, high] = y.domain;
  const cy = y.at(Math.min(Math.max(row.loss, low), high));
  return svg`
    ${within(
      box,
      svg`<path class="future" d=${curve(history, i, history.indexOf(seen), frame)} />
        <path class="line" d=${curve(history, 0, i, frame)} />`,
    )}
    <circle class="now" cx=${x.at(row.step)} cy=${cy} r=${radius} />`;
}

/**
 * The curve from the i-th to the j-th row known. Of more rows than there are slits, the first, the
 * last, the lowest and the highest in each.
 * @param {History} history
 * @param {number} i
 * @param {number} j
 * @param {Frame} frame
 */
function curve(history, i, j, { x, y }) {
  const [low, high] = y.domain;
  // A curve that leaves the picture at its top goes on a little beyond.
  const near = (/** @type {number} */ loss) => Math.min(Math.max(loss, low), BEYOND * high);
  const point = (/** @type {number} */ k) =>
    `${x.at(history.stepAt(k)).toFixed(1)},${y.at(near(history.lossAt(k))).toFixed(1)}`;
  let path = "";
  let k = i;
  while (k <= j) {
    const slit = Math.floor(x.at(history.stepAt(k)) / SLIT) + 1;
    const last = history.indexOf(Math.ceil(x.invert(slit * SLIT)) - 1);
    const end = Math.min(Math.max(k, last), j);
    for (const at of new Set([k, ...history.extremes(k, end), end].sort((a, b) => a - b))) {
      path += `${path ? "L" : "M"}${point(at)}`;
    }
    k = end + 1;
  }
  return path;
}
