// The loss against the step: the timeline. Its playhead is a slider, to travel in time.

import { html, noChange, nothing, svg } from "lit-html";
import { isFree, isShown } from "../../core/controls.js";
import { betOnTheLoss, endOf, isDrawn } from "../bets/on-the-loss.js";
import { say } from "../../words/say.js";
import { axes, boxOf, roomFor } from "../charts/axes.js";
import { decimals, fixed } from "../charts/numbers.js";
import { otherRuns } from "../charts/other-runs.js";
import { linear } from "../charts/scales.js";
import { shown } from "../controls/editable.js";
import { curveAndPlace } from "./curve.js";
import { floorOf } from "../told.js";
import { heldCurve, heldRun } from "./held-curve.js";
import { axisEnd, lossScale } from "./loss-axes.js";

const MARGIN = 12; // pixels on the right
const THUMB = 24; // pixels; the slider reaches half a thumb beyond the axis at both ends

/** @typedef {import("../../types.js").View} View */

/**
 * @param {View} view
 * @param {import("../charts/axes.js").Size} size
 * @param {object} options
 * @param {boolean} options.inFull  else only what moves
 * @param {import("../../types.js").Look} options.look
 * @param {Pick<import("../../types.js").Actions, "seek">} options.actions
 * @param {import("../bets/draft.js").Draft | null} [options.draft]  of a bet
 */
export function loss(view, size, { inFull, look, actions, draft = null }) {
  const { runs, row, step, seen, labels } = view;
  const box = boxOf(size, MARGIN);
  const lastStep = axisEnd(Math.max(seen, labels.n_epochs ?? 100, draft ? endOf(view) : 0));
  const range = /** @type {[number, number]} */ ([box.bottom, box.top]);
  const least = floorOf(view);
  const held = heldRun?.(view, view.chosen);
  const y = lossScale(held ? [...runs, held] : runs, seen, least ?? 0, look.lossScale, range);
  const floor = least !== null && least > y.domain[0] ? least : null;
  box.left = roomFor(y);
  const x = linear([0, lastStep], [box.left, box.right]);
  const isLog = y.kind === "log";
  const frame = { box, x, y };
  const d = decimals(labels.bowl);
  const isPad = draft !== null && isDrawn(view);
  const [w, h] = [box.right - box.left, box.bottom - box.top];
  const scrubber = () =>
    html`<input
      type="range"
      class="scrubber"
      min="0"
      max=${lastStep}
      step="1"
      aria-label=${say("Step number")}
      aria-valuetext=${say("step {step}, loss {loss}", { step, loss: fixed(row.loss, d.loss) })}
      .style="left:${box.left - THUMB / 2}px; width:${w + THUMB}px; top:${box.top}px; height:${h}px"
      ?disabled=${!isFree(labels, "timeline")}
      .value=${shown(String(step))}
      @input=${(/** @type {any} */ event) => actions.seek(event.target.valueAsNumber)}
    />`;
  return html` <div class="timeline">
    <svg
      class="loss"
      width=${size.width}
      height=${size.height}
      role=${isPad ? "group" : nothing}
      aria-label=${isPad ? say("Your bet on the loss") : nothing}
      aria-hidden=${isPad ? nothing : "true"}
    >
      ${axes({ ...frame, xName: say("step"), yName: say("loss") })} ${floorLine(floor, frame)}
      ${otherRuns(view, (run) => curveAndPlace(run, seen, frame, 4))}
      <line class="playhead" x1=${x.at(step)} x2=${x.at(step)} y1=${box.top} y2=${box.bottom} />
      ${floorWords(floor, d.loss, frame)} ${held ? heldCurve(view, held, frame) : ""}
      ${curveAndPlace(view.run, seen, frame, 5)}
      ${draft ? betOnTheLoss(view, frame, draft, look.motion) : ""}
    </svg>
    ${isPad ? "" : inFull ? (isShown(labels.controls, "timeline") ? scrubber() : "") : noChange}
    <button
      class="scale"
      aria-pressed=${isLog}
      title=${say("Equal distances for equal factors")}
      @click=${() => look.change({ lossScale: isLog ? "linear" : "log" })}
    >
      ${say("log")}
    </button>
  </div>`;
}

/**
 * The loss of the best fit: where the curve must end.
 * @param {number | null} floor
 * @param {import("../charts/axes.js").Frame} frame
 */
function floorLine(floor, frame) {
  if (floor === null) return "";
  const { box, y } = frame;
  return svg`<line class="floor" x1=${box.left} x2=${box.right} y1=${y.at(floor)} y2=${y.at(floor)} />`;
}

/**
 * Its name, over whatever curves come there.
 * @param {number | null} floor
 * @param {number} digits
 * @param {import("../charts/axes.js").Frame} frame
 */
function floorWords(floor, digits, frame) {
  if (floor === null) return "";
  const { box, y } = frame;
  return svg`
    <g class="ticks over">
      <text class="best end" data-term="best fit" x=${box.right - 6} y=${y.at(floor) - 5}>${say("best fit {loss}", { loss: fixed(floor, digits) })}</text>
    </g>`;
}
