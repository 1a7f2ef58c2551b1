// The fitted line, to be taken by either end or anywhere between.

import { svg } from "lit-html";
import { arrows, dragging } from "./drag.js";
import { percent, plain } from "./numbers.js";

const NUDGE = 0.01; // of the picture, for an arrow key

/**
 * @typedef {import("../quadratic.js").Params} Params
 * @typedef {import("./fit.js").Frame} Frame
 */

/**
 * @param {import("../history.js").Row} row
 * @param {Frame} frame
 * @param {[number, number]} ends  the x of both handles
 * @param {import("./frame.js").Motion} motion
 * @param {(params: Params) => void} setGuess
 */
export function lineHandles({ slope, intercept }, frame, ends, motion, setGuess) {
  const { x, y, box } = frame;
  const inside = (/** @type {number} */ pixels) =>
    Math.min(Math.max(pixels, box.top), box.height - box.bottom);
  const yAt = (/** @type {number} */ value) => slope * value + intercept;
  const nudge = NUDGE * (y.domain[1] - y.domain[0]);
  const hold = { start: motion.hold, end: motion.release };

  const end = (/** @type {0 | 1} */ i, /** @type {string} */ name) => {
    const [here, there] = [ends[i], ends[1 - i]];
    const moveTo = (/** @type {number} */ value) => {
      const tilted = (yAt(there) - value) / (there - here);
      setGuess([tilted, yAt(there) - tilted * there]);
    };
    const to = (/** @type {number} */ _, /** @type {number} */ py) => moveTo(y.invert(inside(py)));
    return svg`
      <g class="handle" tabindex="0" role="slider" aria-label=${name} aria-orientation="vertical"
        aria-valuenow=${percent(yAt(here), y.domain)} aria-valuetext=${plain(yAt(here))}
        @keydown=${arrows((right, up) => moveTo(yAt(here) + (right + up) * nudge))}
        @pointerdown=${dragging({ to, ...hold })}>
        <circle class="grip" cx=${x.at(here)} cy=${inside(y.at(yAt(here)))} r="16" />
        <circle class="now" cx=${x.at(here)} cy=${inside(y.at(yAt(here)))} r="5" />
      </g>`;
  };

  // Taken in the middle it moves up and down, and keeps its slope.
  const middle = (ends[0] + ends[1]) / 2;
  const lift = (/** @type {number} */ value) => setGuess([slope, value - slope * middle]);
  const [x1, x2] = [ends[0] + 0.1 * (ends[1] - ends[0]), ends[1] - 0.1 * (ends[1] - ends[0])];
  const to = (/** @type {number} */ _, /** @type {number} */ py) => lift(y.invert(inside(py)));
  return svg`
    <g class="handle" tabindex="0" role="slider" aria-label="Whole line" aria-orientation="vertical"
      aria-valuenow=${percent(yAt(middle), y.domain)} aria-valuetext=${plain(yAt(middle))}
      @keydown=${arrows((right, up) => lift(yAt(middle) + (right + up) * nudge))}
      @pointerdown=${dragging({ to, ...hold })}>
      <line class="grip" x1=${x.at(x1)} x2=${x.at(x2)}
        y1=${inside(y.at(yAt(x1)))} y2=${inside(y.at(yAt(x2)))} />
    </g>
    ${ends[0] < ends[1] ? [end(0, "Left end of the line"), end(1, "Right end of the line")] : ""}`;
}
