// The fit: the points, the line that is being fitted, its residuals and a few earlier lines.

import { html, noChange, svg } from "lit-html";
import { isFree } from "../../core/controls.js";
import { isLine, isWide } from "../../core/model.js";
import { listMark, say } from "../../words/say.js";
import { axes, within } from "../charts/axes.js";
import { memo } from "../charts/memo.js";
import { decimals, fixed } from "../charts/numbers.js";
import { otherRuns } from "../charts/other-runs.js";
import { placesOf } from "../bets/places.js";
import { kindOf } from "../guesses.js";
import { inWords } from "../params.js";
import { bestOf } from "../told.js";
import { density } from "./density.js";
import { fitted } from "./fitted.js";
import { heldMarks } from "./held-points.js";
import { lineHandles } from "./line-handles.js";
import { keyOfPath, lineOf, pointPath, residualPath, residualStarts } from "./paths.js";
import { pointEditor } from "./point-editor.js";
import { decisionLine, otherResiduals, yesAndNo } from "./yes-or-no.js";
import { zoomButtons } from "./zoom-buttons.js";

const GHOSTS = [0, 1, 3, 7, 15, 31, 63]; // steps whose lines stay, faintly
const CLOUDS = 2; // of them, where each is as many dots as there are points

/** @typedef {import("../../types.js").View} View */

/** The panel's drawing function. It keeps what it has made of points, and nothing else. */
export function fitPanel() {
  const pathOfPoints = memo(pointPath, keyOfPath);
  const pathOfBatch = memo(pointPath, keyOfPath);
  const startsOf = memo(residualStarts, keyOfPath);
  /** Of points that are held back alone. @type {ReturnType<typeof heldMarks> | null} */
  let heldPoints = null;

  /**
   * @param {View} view
   * @param {import("./fit-scene.js").FitScene} scene
   * @param {object} options
   * @param {import("../../types.js").Next} options.next  the step to come, whose batch is lit
   * @param {View["row"]} [options.hand]  what is dragged, else the row shown
   * @param {import("../bets/draft.js").Draft | null} [options.draft]  of a bet
   * @param {boolean} options.inFull  else only what moves
   * @param {import("../../types.js").Look} options.look
   * @param {Pick<import("../../types.js").Actions, "setGuess" | "editPoints">} options.actions
   */
  return function fit(view, scene, { next, hand, draft, inFull, look, actions }) {
    const { picture, labels, row, history } = view;
    const { model, y_label } = labels;
    const { frame, dots, across, isPlane, zoom } = scene;
    const { box } = frame;
    const { motion } = look;
    const kind = kindOf(view);
    const isStraight = isLine(model) && kind !== "cross_entropy";
    const drawn = (
      /** @type {Pick<View["row"], "params">} */ row,
      /** @type {string} */ name,
      of = kind,
    ) => {
      if (isPlane) return decisionLine(model, frame, row.params, name);
      const isLineOfPoints = isLine(model) && of !== "cross_entropy";
      return isLineOfPoints ? lineOf(row, frame, name) : fitted(model, scene, row, name, of);
    };
    const wide = isWide(model);
    const best = isStraight || (wide && !isPlane) ? null : bestOf(view);
    const residuals = kind === "mse" ? look.residuals : otherResiduals(kind, look.residuals);
    const misses = () => {
      const [path, isFar] = residualPath(startsOf(dots, frame), scene.end, frame, residuals);
      return svg`<path data-term="residual" class="residuals ${residuals} ${isFar ? "far" : ""}" d=${path} />`;
    };
    const [xName, yName] = isPlane
      ? model.features
      : [
          wide ? (model.features[across] ?? y_label) : labels.x_label,
          across < 0 ? say("{name}, predicted", { name: y_label }) : y_label,
        ];
    const points = () => {
      if (isPlane) return yesAndNo(dots, view.points.y, frame);
      return across < 0 ? "" : svg`<path class="points" d=${pathOfPoints(dots, frame)} />`;
    };
    if (scene.held) heldPoints ??= heldMarks();
    const earlier = GHOSTS.filter((step) => step < row.step && history.has(step));
    const ghosts = wide && !isPlane ? earlier.slice(-CLOUDS) : earlier;
    return html` <div class="panel fit-panel">
      <div class="chart">
        ${picture ? density(picture, scene.fine, frame) : ""}
        <svg
          class="fit ${picture ? "dense" : ""} ${scene.isZoomed ? "zoomed" : ""}"
          width=${box.width}
          height=${box.height}
          role="group"
          aria-label=${inFull ? summary(view) : noChange}
          @wheel=${zoom.onWheel}
          @touchstart=${zoom.onTouch}
          @touchmove=${zoom.onTouch}
          @touchend=${zoom.onTouch}
          @touchcancel=${zoom.onTouch}
        >
          ${axes({ ...frame, xName, yName })}
          ${within(
            box,
            svg`${across < 0 && !isPlane ? svg`<g data-term="diagonal">${lineOf({ params: [1, 0] }, frame, "goal")}</g>` : ""}
            <g data-term="faint lines">${ghosts.map((step) => drawn(history.rowAt(history.indexOf(step)), "ghost"))}</g>
            ${residuals === "none" ? "" : misses()}
            ${next?.batch ? svg`<path class="lit" d=${pathOfBatch(wide ? dots : view.points, frame, next.batch)} />` : ""}
            ${points()} ${heldPoints ? heldPoints(view, scene) : ""}
            ${best ? svg`<g data-term="best fit">${drawn({ params: best }, "goal")}</g>` : ""}
            ${otherRuns(view, (run) => drawn(run.row, "line", kindOf(view, view.runs.indexOf(run))))}
            ${drawn(row, "line")}
            ${draft ? placesOf(view, draft).map(({ params, kind }) => drawn({ params }, kind)) : ""}`,
          )}
          ${pointEditor(view, scene, motion, actions.editPoints)}
          ${isStraight && (hand || isFree(labels, "drag")) ? lineHandles(hand ?? row, frame, scene.ends, motion, actions.setGuess, inFull) : ""}
        </svg>
        ${zoomButtons(zoom)}
      </div>
    </div>`;
  };
}

/** @param {View} view */
function summary({ labels, row }) {
  const d = decimals(labels.bowl).params;
  const [{ n }, { step }] = [labels.bowl, row];
  if (!isLine(labels.model)) {
    const params = inWords({ labels, row }).map(([name, value]) => `${name} ${value}`);
    return say("{n} points and, at step {step}, the fit: {params}", {
      ...{ n, step, params: params.join(listMark()) },
    });
  }
  const [slope, intercept] = row.params;
  const sign = intercept < 0 ? "−" : "+";
  const sum = `${fixed(slope, d[0])} ${labels.x_label} ${sign} ${fixed(Math.abs(intercept), d[1])}`;
  return say("{n} points and, at step {step}, the line {line}", {
    ...{ n, step, line: `${labels.y_label} = ${sum}` },
  });
}
