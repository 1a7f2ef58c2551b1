// The fitted line, to be taken by either end or anywhere between.

import { svg } from "lit-html";
import { say } from "../../words/say.js";
import { intoBox } from "../charts/axes.js";
import { arrows, dragging } from "../charts/drag.js";
import { handle } from "../charts/handle.js";
import { mark } from "../charts/mark.js";
import { percent, plain } from "../charts/numbers.js";

const NUDGE = 0.01; // of the picture, for an arrow key
const MARGIN = 0.1; // of what is seen of the line, that is left to its ends

/**
 * @typedef {import("../../core/quadratic.js").Params} Params
 * @typedef {import("../charts/axes.js").Frame} Frame
 */

/**
 * @param {import("../../core/table.js").Row} row
 * @param {Frame} frame
 * @param {[number, number]} ends  the x of both handles
 * @param {import("../../types.js").Motion} motion
 * @param {(params: Params) => void} setGuess
 * @param {boolean} [inFull]  else only what moves
 */
export function lineHandles({ params }, frame, ends, motion, setGuess, inFull = true) {
  const { x, y, box } = frame;
  const [slope, intercept] = params;
  const across = (/** @type {number} */ px) => intoBox(box, px, 0)[0];
  const inside = (/** @type {number} */ py) => intoBox(box, 0, py)[1];
  const yAt = (/** @type {number} */ value) => slope * value + intercept;
  const nudge = NUDGE * (y.domain[1] - y.domain[0]);

  /** What can be taken where the line is over a value of x. */
  const taken = (
    /** @type {string} */ name,
    /** @type {number} */ at,
    /** @type {(value: number) => void} */ moveTo,
    /** @type {import("../charts/drag.js").Drag} */ drag,
    /** @type {unknown} */ content,
  ) =>
    handle(
      {
        name,
        term: "line",
        now: percent(yAt(at), y.domain),
        text: plain(yAt(at)),
        along: "vertical",
        keydown: arrows((right, up) => moveTo(yAt(at) + (right + up) * nudge)),
        pointerdown: dragging({ ...drag, start: motion.hold, end: motion.release }),
      },
      content,
      inFull,
    );

  const end = (/** @type {0 | 1} */ i, /** @type {string} */ name) => {
    const [here, there] = [ends[i], ends[1 - i]];
    const moveTo = (/** @type {number} */ value) => {
      const tilted = (yAt(there) - value) / (there - here);
      setGuess([tilted, yAt(there) - tilted * there]);
    };
    const to = (/** @type {number} */ _, /** @type {number} */ py) => moveTo(y.invert(inside(py)));
    return taken(name, here, moveTo, { to }, mark(box, x.at(here), y.at(yAt(here)), 5, 16));
  };

  // Taken in between it keeps its slope, and goes wherever the place that was taken goes.
  const middle = (ends[0] + ends[1]) / 2;
  const through = (/** @type {number} */ at, /** @type {number} */ value) =>
    setGuess([slope, value - slope * at]);
  /** @type {import("../charts/drag.js").Drag} */
  const drag = {
    grip: (px) => [px, inside(y.at(yAt(x.invert(px))))],
    to: (px, py) => through(x.invert(across(px)), y.invert(inside(py))),
  };
  // A line that is not seen is taken hold of at the edge that it is beyond.
  const [from, until] = seenPart(params, x, y) ?? x.domain;
  const margin = MARGIN * (until - from);
  const [x1, x2] = [from + margin, until - margin];
  const line = svg`<line class="grip" x1=${x.at(x1)} x2=${x.at(x2)}
    y1=${inside(y.at(yAt(x1)))} y2=${inside(y.at(yAt(x2)))} />`;
  return svg`
    ${taken(say("Whole line"), middle, (value) => through(middle, value), drag, line)}
    ${ends[0] < ends[1] ? [end(0, say("Left end of the line")), end(1, say("Right end of the line"))] : ""}`;
}

/**
 * The part of a line that is in the picture, cut in data units: when training diverges, its ends
 * are further away than any picture can say.
 * @param {Params} line
 * @param {import("../charts/scales.js").Scale} x
 * @param {import("../charts/scales.js").Scale} y
 * @returns {[number, number] | null}  the least x and the greatest; null: nowhere
 */
export function seenPart([slope, intercept], x, y) {
  const [left, right] = x.domain;
  if (slope === 0) return [left, right];
  const ends = y.domain.map((value) => (value - intercept) / slope);
  const from = Math.max(left, Math.min(...ends));
  const to = Math.min(right, Math.max(...ends));
  return from <= to ? [from, to] : null;
}
