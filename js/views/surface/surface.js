// The bowl from above: every place is a line, its loss the height. The path of training goes
// down in it, and the arrow is the next step.

import { html, svg } from "lit-html";
import { axes, intoBox, within } from "../charts/axes.js";
import { arrows, dragging } from "../charts/drag.js";
import { handle } from "../charts/handle.js";
import { mark } from "../charts/mark.js";
import { decimals, fixed, percent } from "../charts/numbers.js";
import { otherRuns } from "../charts/other-runs.js";
import { landmarks } from "./landmarks.js";
import { levels } from "./levels.js";
import { at, landingArrow, pathAndPlace, pathOf } from "./path.js";

const NUDGE = 0.01; // of the picture, for an arrow key

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../core/quadratic.js").Params} Params
 * @typedef {import("../charts/axes.js").Frame} Frame
 */

/**
 * @param {View} view
 * @param {Frame} frame
 * @param {object} options
 * @param {import("../../types.js").Next} options.next  the step to come
 * @param {import("../../types.js").Look} options.look
 * @param {Pick<import("../../types.js").Actions, "setGuess">} options.actions
 */
export function surface(view, frame, { next, look, actions }) {
  const { labels, row } = view;
  const { box } = frame;
  const d = decimals(labels.bowl).params;
  const [slope, intercept] = row.params;
  const text = `slope ${fixed(slope, d[0])}, intercept ${fixed(intercept, d[1])}`;
  return html` <svg
    class="surface"
    width=${box.width}
    height=${box.height}
    role="group"
    aria-label="The loss of every line, as a map of slope and intercept"
  >
    ${within(box, svg`<g data-term="rings">${levels(labels.bowl, frame)}</g>`)}
    ${axes({ ...frame, xName: "slope", yName: "intercept" })}
    ${within(box, [
      otherRuns(view, (run) => pathAndPlace(run, frame)),
      pathOf(view, frame),
      landmarks(view, frame),
    ])}
    ${place(row.params, frame, text, look.motion, actions.setGuess)}
    ${within(box, landingArrow(row, next, frame))}
  </svg>`;
}

/**
 * The current line, to be dragged.
 * @param {Params} params
 * @param {Frame} frame
 * @param {string} text  where it is
 * @param {import("../../types.js").Motion} motion
 * @param {(params: Params) => void} setGuess
 */
function place(params, frame, text, motion, setGuess) {
  const { x, y, box } = frame;
  const [slope, intercept] = params;
  const to = (/** @type {number} */ toX, /** @type {number} */ toY) => {
    const [px, py] = intoBox(box, toX, toY);
    setGuess([x.invert(px), y.invert(py)]);
  };
  const keydown = arrows((right, up) =>
    setGuess([
      slope + right * NUDGE * (x.domain[1] - x.domain[0]),
      intercept + up * NUDGE * (y.domain[1] - y.domain[0]),
    ]),
  );
  const pointerdown = dragging({ to, start: motion.hold, end: motion.release });
  const now = percent(slope, x.domain);
  return handle(
    { name: "Slope and intercept", term: "bowl", now, text, keydown, pointerdown },
    mark(box, ...at(params, frame), 6, 18),
  );
}
