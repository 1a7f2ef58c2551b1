// The bowl from above: every place is a line, its loss the height. The path of training goes
// down in it, and the arrow is the next step.

import { html, svg } from "lit-html";
import { gradient, leastSquares, levelSet } from "../../core/quadratic.js";
import { axes, within } from "../charts/axes.js";
import { arrows, dragging } from "../charts/drag.js";
import { mark } from "../charts/mark.js";
import { decimals, fixed, percent, plain } from "../charts/numbers.js";
import { others } from "../controls/runs.js";
import { linear } from "../charts/scales.js";
import { stillAxis } from "../charts/still-axis.js";

const LEVELS = 9; // ellipses, each at √10 of the next one's height
const MARGIN = 0.12;
const OVERSHOOT = 0.6; // of the way from the guess, beyond the best fit
const FARTHEST = 20; // lengths of the picture that a diverging path is followed
const MOST_DOTS = 60; // steps that are marked on the path
const MOST_PIECES = 400; // of the path
const ARROW_FROM = 4; // pixels; a shorter step is no arrow
const FAR = 1e4; // pixels; nothing is drawn further away
const NUDGE = 0.01; // of the picture, for an arrow key

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../core/quadratic.js").Params} Params
 * @typedef {import("../charts/scales.js").Scale} Scale
 * @typedef {{ box: import("../charts/axes.js").Box, x: Scale, y: Scale }} Frame
 */

/** The panel's drawing function, with the memory that keeps its axes still. */
export function surfacePanel() {
  const slopes = stillAxis(MARGIN);
  const intercepts = stillAxis(MARGIN);

  /**
   * @param {View} view
   * @param {object} options
   * @param {number} options.width
   * @param {number} options.height
   * @param {import("../code/update-lines.js").Next} options.next  the step to come
   * @param {import("../../types.js").Motion} options.motion
   * @param {(params: Params) => void} options.setGuess
   */
  return function surface(view, { width, height, next, motion, setGuess }) {
    const { labels, row, history } = view;
    const box = { width, height, top: 8, right: 12, bottom: 36, left: 48 };
    const best = leastSquares(labels.bowl);
    const { params: guess } = history.rowAt(0);
    const [slope, intercept] = row.params;
    const landmarks = [best, labels.makes?.true_params ?? best, guess, beyond(guess, best)];
    const needed = (/** @type {0 | 1} */ i, /** @type {number} */ now) =>
      spanOf(
        landmarks.map((params) => params[i]),
        now,
      );
    const x = linear(slopes(needed(0, slope), motion), [box.left, width - box.right]);
    const y = linear(intercepts(needed(1, intercept), motion), [height - box.bottom, box.top]);
    const frame = { box, x, y };
    const d = decimals(labels.bowl);
    const place = `slope ${fixed(slope, d.slope)}, intercept ${fixed(intercept, d.intercept)}`;
    return html` <svg
      class="surface"
      width=${width}
      height=${height}
      role="group"
      aria-label="The loss of every line, as a map of slope and intercept"
    >
      ${within(box, levels(labels.bowl, frame))}
      ${axes({ ...frame, xName: "slope", yName: "intercept" })}
      ${within(box, [
        others(view, (run) => pathAndPlace(run, frame)),
        pathOf(view, frame),
        names(view, best, frame),
      ])}
      ${handle(row, frame, place, motion, setGuess)} ${within(box, landingArrow(row, next, frame))}
    </svg>`;
  };
}

/**
 * A place on the other side of the best fit: the bowl is seen whole, and a rate that overshoots
 * has somewhere to go.
 * @param {Params} guess
 * @param {Params} best
 * @returns {Params}
 */
const beyond = (guess, best) => [
  best[0] + OVERSHOOT * (best[0] - guess[0]),
  best[1] + OVERSHOOT * (best[1] - guess[1]),
];

/**
 * What an axis must hold: the landmarks, and where training is, followed a while when it runs
 * away.
 * @param {number[]} landmarks
 * @param {number} now
 * @returns {[number, number]}
 */
function spanOf(landmarks, now) {
  const [low, high] = [Math.min(...landmarks), Math.max(...landmarks)];
  const reach = FARTHEST * (high - low || Math.max(1, Math.abs(low)));
  const seen = Math.min(Math.max(now, low - reach), high + reach);
  return [Math.min(low, seen), Math.max(high, seen)];
}

/**
 * Level sets at round heights, so that they stay where they are whatever is dragged: exact
 * ellipses, each the unit circle under a matrix. In a valley they are pairs of parallel lines.
 * @param {import("../../core/quadratic.js").Bowl} bowl
 * @param {Frame} frame
 */
function levels(bowl, { x, y, box }) {
  const corners = x.domain.flatMap((slope) =>
    y.domain.map((intercept) => gradient(bowl, [slope, intercept])[0] - bowl.floor),
  );
  const highest = Math.floor(2 * Math.log10(Math.max(...corners)));
  const heights = Array.from({ length: LEVELS }, (_, i) => 10 ** ((highest - i) / 2));
  const [bestSlope, bestIntercept] = leastSquares(bowl);
  const perSlope = x.at(1) - x.at(0);
  const perIntercept = y.at(1) - y.at(0);
  return heights.map((height) => {
    const axesOfIt = levelSet(bowl, height);
    if (!axesOfIt) return valley(bowl, height, { x, y, box });
    const [[a, b], [c, d]] = axesOfIt;
    const matrix = [a * perSlope, b * perIntercept, c * perSlope, d * perIntercept];
    const all = [...matrix, x.at(bestSlope), y.at(bestIntercept)].join(" ");
    return svg`<circle class="level" r="1" transform="matrix(${all})" />`;
  });
}

/**
 * Where all x are equal, the lines of one loss: two parallels beside the line of best fits.
 * @param {import("../../core/quadratic.js").Bowl} bowl
 * @param {number} height
 * @param {Frame} frame
 */
function valley({ mean_x: [mean_x], mean_y }, height, { x, y }) {
  const edge = (/** @type {number} */ offset) =>
    x.domain.map((slope) => `${x.at(slope)},${y.at(mean_y + offset - mean_x * slope)}`);
  const side = Math.sqrt(height);
  const corners = [...edge(side), ...edge(-side).reverse()];
  return svg`<polygon class="level" points=${corners.join(" ")} />`;
}

/**
 * The way training has come, its first steps marked.
 * @param {Pick<View, "history" | "row">} run
 * @param {Frame} frame
 */
function pathOf({ history, row }, frame) {
  const last = history.indexOf(row.step);
  const every = Math.ceil((last + 1) / MOST_PIECES);
  const places = [];
  for (let i = 0; i < last; i += every) {
    const place = at(history.rowAt(i).params, frame);
    places.push(place);
    // A line that swings from one end of the world to the other takes browsers long to dash.
    if (isFar(...place)) break;
  }
  places.push(at(row.params, frame));
  const dots = places.slice(0, every === 1 ? MOST_DOTS : 0);
  return svg`
    <polyline class="line path" points=${places.map(([px, py]) => `${px},${py}`).join(" ")} />
    <path class="path-dots" d=${dots.map(([px, py]) => `M${px},${py}h0`).join("")} />`;
}

/** Where another run has been, and is. @param {import("../../types.js").Run} run @param {Frame} frame */
function pathAndPlace(run, frame) {
  const [px, py] = at(run.row.params, frame);
  return svg`${pathOf(run, frame)}<circle class="now" cx=${px} cy=${py} r="4" />`;
}

/**
 * Pixels, no further away than can be drawn.
 * @param {Params} place
 * @param {Frame} frame
 * @returns {[number, number]}
 */
function at([slope, intercept], { x, y }) {
  const near = (/** @type {number} */ pixels) => Math.min(Math.max(pixels, -FAR), FAR);
  return [near(x.at(slope)), near(y.at(intercept))];
}

/** @param {number[]} pixels */
const isFar = (...pixels) => Math.max(...pixels.map(Math.abs)) >= FAR;

/**
 * The step to come: its tip is where that lands. Of plain gradient descent, it is a part of the
 * negative gradient.
 * @param {import("../../core/table.js").Row} row
 * @param {import("../code/update-lines.js").Next} next
 * @param {Frame} frame
 */
function landingArrow(row, next, frame) {
  if (!next) return "";
  const [x1, y1] = at(row.params, frame);
  const [x2, y2] = at(next.params, frame);
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (isFar(x1, y1, x2, y2) || !(length > ARROW_FROM)) return "";
  const degrees = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  const head = Math.min(10, length);
  return svg`
    <g class="landing" transform="translate(${x2} ${y2}) rotate(${degrees})">
      <line x1=${-length} x2=${-head} />
      <path d="M0,0L${-head},${head / 2}V${-head / 2}Z" />
    </g>`;
}

/**
 * What stands where: the best fit, the params the data were made with, the guess.
 * @param {View} view
 * @param {Params} best
 * @param {Frame} frame
 */
function names({ labels, history, row }, best, { x, y, box }) {
  const middle = box.left + (box.width - box.left - box.right) / 2;
  const label = (
    /** @type {Params} */ [slope, intercept],
    /** @type {string} */ text,
    /** @type {string} */ kind,
    /** @type {number} */ below,
  ) => {
    const left = x.at(slope) > middle;
    return svg`<text class="${kind} ${left ? "end" : ""}" x=${x.at(slope) + (left ? -9 : 9)}
      y=${y.at(intercept) + below}>${text}</text>`;
  };
  const truth = labels.makes?.true_params;
  const { params: guess } = history.rowAt(0);
  const [bx, by] = [x.at(best[0]), y.at(best[1])];
  const marks = [best, truth ?? best];
  // The guess has a name only where there is room for it.
  const guessIsFree =
    row.step > 0 &&
    marks.every(
      ([slope, intercept]) =>
        Math.abs(x.at(slope) - x.at(guess[0])) > 90 ||
        Math.abs(y.at(intercept) - y.at(guess[1])) > 34,
    );
  return svg`
    <g class="ticks">
      <path class="best-mark" d="M${bx - 6},${by}h12M${bx},${by - 6}v12" />
      ${label(best, "best fit", "best", -9)}
      ${
        truth
          ? svg`<circle class="true-mark" r="3.5" cx=${x.at(truth[0])} cy=${y.at(truth[1])} />
            ${label(truth, `true (${plain(truth[0])}, ${plain(truth[1])})`, "", 18)}`
          : ""
      }
      ${guessIsFree ? label(guess, "guess", "", 18) : ""}
    </g>`;
}

/**
 * The current line, to be dragged.
 * @param {import("../../core/table.js").Row} row
 * @param {Frame} frame
 * @param {string} place
 * @param {import("../../types.js").Motion} motion
 * @param {(params: Params) => void} setGuess
 */
function handle(row, frame, place, motion, setGuess) {
  const { x, y, box } = frame;
  const [slope, intercept] = row.params;
  const inside = (
    /** @type {number} */ pixels,
    /** @type {number} */ low,
    /** @type {number} */ high,
  ) => Math.min(Math.max(pixels, low), high);
  const to = (/** @type {number} */ toX, /** @type {number} */ toY) =>
    setGuess([
      x.invert(inside(toX, box.left, box.width - box.right)),
      y.invert(inside(toY, box.top, box.height - box.bottom)),
    ]);
  const nudge = arrows((right, up) =>
    setGuess([
      slope + right * NUDGE * (x.domain[1] - x.domain[0]),
      intercept + up * NUDGE * (y.domain[1] - y.domain[0]),
    ]),
  );
  return svg`
    <g class="handle" tabindex="0" role="slider" aria-label="Slope and intercept"
      aria-valuenow=${percent(slope, x.domain)}
      aria-valuetext=${place} @keydown=${nudge}
      @pointerdown=${dragging({ to, start: motion.hold, end: motion.release })}>
      ${mark(box, ...at(row.params, frame), 6, 18)}
    </g>`;
}
