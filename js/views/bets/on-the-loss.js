// Bets on the loss, drawn in its panel: what can be tapped or drawn there, and the truth over it.

import { svg } from "lit-html";
import { say } from "../../words/say.js";
import { clamp } from "../charts/clamp.js";
import { arrows, dragging, placeIn } from "../charts/drag.js";
import { handle } from "../charts/handle.js";
import { percent, plain } from "../charts/numbers.js";
import { betMark } from "./places.js";

const KNOTS = 10; // that a curve is drawn by
const DIGITS = 3; // as many as can be pointed at
const NUDGE = 0.02; // of the axis, for an arrow key
const ABOUT_LOSS = /loss/; // its kinds

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../types.js").Bet} Bet
 * @typedef {import("../charts/axes.js").Frame} Frame
 * @typedef {import("./draft.js").Draft} Draft
 */

/** Whether the panel is to be drawn in. @param {View} view */
export const isDrawn = ({ bet }) => ABOUT_LOSS.test(bet?.kind ?? "");

/** The step up to which the panel must reach. @param {View} view */
export function endOf({ bets, asked }) {
  const { kind, at, steps } = bets[asked];
  return ABOUT_LOSS.test(kind) ? at + steps : 0;
}

/**
 * @param {View} view
 * @param {Frame} frame
 * @param {Draft} draft
 * @param {import("../../types.js").Motion} motion
 */
export function betOnTheLoss(view, frame, draft, motion) {
  const bet = view.bets[view.asked];
  if (!ABOUT_LOSS.test(bet.kind)) return "";
  const { answer, truth } = bet;
  // What is taken hold of stays the same element while it is drawn.
  return view.bet
    ? svg`${drawn(bet, "bet", draft.value, view.row.loss, frame)} ${hands(view, frame, draft, motion)}`
    : [
        drawn(bet, "bet", answer, truth.before, frame),
        drawn(bet, "truth", truth.loss ?? truth.losses, truth.before, frame),
      ];
}

/** @param {number} loss @param {Frame} frame */
const heightOf = (loss, { y }) => y.at(clamp(loss, ...y.domain));

/**
 * A loss, or a curve.
 * @param {Bet} bet
 * @param {"bet" | "truth"} of
 * @param {any} losses  of a bet's curve, at even distances; of a true one, at each step
 * @param {number} before
 * @param {Frame} frame
 */
function drawn({ kind, at, steps }, of, losses, before, frame) {
  const place = (/** @type {number} */ step, /** @type {number} */ loss) => [
    frame.x.at(step),
    heightOf(loss, frame),
  ];
  if (kind === "loss_after")
    return Number.isFinite(losses) ? betMark(place(at + steps, losses), of) : "";
  if (!losses) return "";
  const gap = of === "bet" ? steps / losses.length : 1;
  const places = [before, ...losses].map((loss, i) =>
    place(at + i * gap, loss).map((px) => px.toFixed(1)),
  );
  return svg`<path class="${of}-curve" d="M${places.join("L")}" />`;
}

/**
 * What can be taken hold of: the whole panel, by a pointer, and each loss of the answer, by keys.
 * @param {View} view
 * @param {Frame} frame
 * @param {Draft} draft
 * @param {import("../../types.js").Motion} motion
 */
function hands({ bet, row }, frame, draft, motion) {
  const { box, x, y } = frame;
  const asked = /** @type {Bet} */ (bet);
  const isCurve = asked.kind === "draw_loss";
  const length = isCurve ? Math.min(KNOTS, asked.steps) : 1;
  const gap = asked.steps / length;
  const steps = Array.from({ length }, (_, i) => asked.at + (i + 1) * gap);
  const typed = [draft.value].flat();
  /** @type {number[]} */
  let losses = steps.map((_, i) => (Number.isFinite(typed[i]) ? typed[i] : row.loss));
  const put = (/** @type {number} */ i, /** @type {number} */ loss) => {
    losses = losses.with(i, Math.max(0, Number(loss.toPrecision(DIGITS))));
    draft.set(isCurve ? losses : losses[0]);
  };
  const nearest = (/** @type {number} */ px) =>
    clamp(Math.round((x.invert(px) - asked.at) / gap) - 1, 0, length - 1);
  let last = -1;
  const to = (/** @type {number} */ px, /** @type {number} */ py) => {
    const i = nearest(px);
    const loss = y.invert(clamp(py, box.top, box.bottom));
    // A quick stroke passes over some between two events.
    for (let k = Math.min(i, last < 0 ? i : last); k <= Math.max(i, last); k++) put(k, loss);
    last = i;
  };
  const drag = dragging({
    to,
    grip: (px, py) => [px, py],
    start: motion.hold,
    end: motion.release,
  });
  const pointerdown = (/** @type {any} */ event) => {
    if (event.button === 0 && event.isPrimary) to(...placeIn(event));
    drag(event);
  };
  const nudge = NUDGE * (y.domain[1] - y.domain[0]);
  const grip = (/** @type {number} */ step, /** @type {number} */ i) =>
    handle(
      {
        name: say("Your loss at step {step}", { step: Math.round(step) }),
        term: "loss",
        now: percent(losses[i], y.domain),
        text: plain(losses[i]),
        along: "vertical",
        keydown: arrows((right, up) => put(i, losses[i] + (right + up) * nudge)),
        pointerdown,
      },
      svg`<circle class="grip" cx=${x.at(step)} cy=${heightOf(losses[i], frame)} r="12" />
        <circle class="knot" cx=${x.at(step)} cy=${heightOf(losses[i], frame)} r="3.5" />`,
    );
  return svg`
    <rect class="pad" x=${box.left} y=${box.top} width=${box.right - box.left}
      height=${box.bottom - box.top} @pointerdown=${pointerdown} />
    ${steps.map(grip)}`;
}
