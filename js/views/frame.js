// The whole widget: which panels there are, where they stand and how large they are.

import { html } from "lit-html";
import { nextOf } from "../session/view.js";
import { code, printed } from "./code/code.js";
import { controls } from "./controls/controls.js";
import { fitPanel } from "./fit/fit.js";
import { loss } from "./loss/loss.js";
import { readout } from "./controls/readout.js";
import { runClass, runsTable } from "./controls/runs.js";
import { statusLine } from "./controls/status.js";
import { surfacePanel } from "./surface/surface.js";
import { linesOf } from "./code/update-lines.js";

const TWO_COLUMNS = 560; // pixels from which two panels stand side by side
const FOUR_COLUMNS = 1500; // and from which all do
const GAP = 16;

/**
 * What moves, and what keeps still.
 * @typedef {object} Motion
 * @property {boolean} held  something is being dragged
 * @property {() => void} hold
 * @property {() => void} release
 * @property {(() => void) | null} again  draw the next frame of a movement; null: no movements
 * @property {() => void} redraw
 * @property {number} resting  the timer of what is done when nothing has moved for a while
 *
 * What belongs to one view alone.
 * @typedef {object} Look
 * @property {number} width  pixels there are
 * @property {import("./fit/fit.js").Residuals} residuals
 * @property {"auto" | "linear" | "log"} lossScale
 * @property {number | null} line  the line of code a slow step is at
 * @property {string} from  where that step begins
 * @property {Motion} motion
 * @property {(change: Partial<Look>) => void} change
 * @property {() => import("lit-html").TemplateResult} menu  to save what is seen
 */

/** The drawing function of one view: from what a session shows to a template. */
export function frame() {
  const drawFit = fitPanel();
  const drawSurface = surfacePanel();
  const drawRuns = runsTable();

  /**
   * @param {import("../types.js").View} view
   * @param {import("../session/session.js").Session} session
   * @param {Look} look
   */
  return (view, session, look) => {
    const next = nextOf(view);
    const lines = linesOf(view, next);
    const from = beginningOf(view, lines.length);
    // A slow step is over once another one is to come.
    if (view.playing || look.from !== from) look.line = null;
    const { motion, line, residuals } = look;
    const { panels } = view.labels;
    const layout = layOut(panels, look.width);
    const setGuess = (/** @type {import("../core/quadratic.js").Params} */ params) =>
      session.setGuess(params);
    /** @type {Record<string, (size: { width: number, height: number }) => unknown>} */
    const draw = {
      fit: (size) =>
        drawFit(view, {
          ...size,
          next,
          residuals,
          motion,
          setGuess,
          editPoints: (...edit) => session.editPoints(...edit),
          pictureOf: (x, y) => session.pictureOf(x, y),
        }),
      surface: (size) => drawSurface(view, { ...size, next, motion, setGuess }),
      loss: (size) => loss(view, { ...size, look, seek: (step) => session.seek(step) }),
      code: () =>
        code(view, { lines, line, slowStep: () => slowStep(session, look, lines.length, from) }),
    };
    const panel = (/** @type {string} */ name) =>
      html`<div class="cell ${name}-cell" .style="grid-column: span ${layout.spans[name]}">
        ${draw[name](layout.size(name))}
      </div>`;
    // The transport stands under the timeline, and the code under what it computes.
    const above = panels.filter((name) => name !== "code");
    // A slow step lights up in the panels what its line computes.
    const part = line === null ? "" : lines[line]?.part;
    return html` ${readout(view)}
      <div
        class="panels ${runClass(view)}"
        data-part=${part ?? ""}
        .style="grid-template-columns: repeat(${layout.columns}, minmax(0, 1fr))"
      >
        ${above.map(panel)}
      </div>
      ${statusLine(view, session)} ${controls(view, session, look)}
      ${view.runs.length > 1 ? drawRuns(view, (i) => session.choose(i)) : ""}
      ${panels.includes("code") ? panel("code") : ""} ${printed(view)}
      ${view.labels.note ? html`<p class="note">${view.labels.note}</p>` : ""}`;
  };
}

/**
 * One column on a phone, two on a page, all in a row on a wall. A panel without a neighbour
 * takes the whole row.
 * @param {string[]} panels
 * @param {number} width
 */
function layOut(panels, width) {
  const pair = panels.filter((name) => name === "fit" || name === "surface").length === 2;
  const columns = width < TWO_COLUMNS || !pair ? 1 : width < FOUR_COLUMNS ? 2 : 4;
  /** @type {Record<string, number>} */
  const spans = { fit: 1, surface: 1, loss: Math.min(columns, 2), code: columns };
  const column = (width - GAP * (columns - 1)) / columns;
  const size = (/** @type {string} */ name) => ({
    width: Math.floor(spans[name] * column + GAP * (spans[name] - 1)),
    height: name === "loss" && columns < 4 ? 140 : width < TWO_COLUMNS ? 260 : 300,
  });
  return { columns, spans, size };
}

/**
 * One line of the update further; after the last, the step is made.
 * @param {import("../session/session.js").Session} session
 * @param {Look} look
 * @param {number} lines  there are
 * @param {string} from
 */
function slowStep(session, { line, change }, lines, from) {
  const next = line === null ? 0 : line + 1;
  if (session.view?.playing) session.pause();
  if (next >= lines) session.step();
  change({ line: next >= lines ? null : next, from });
}

/**
 * What the step to come goes on from, and by which lines: the loss tells data apart.
 * @param {import("../types.js").View} view
 * @param {number} lines
 */
const beginningOf = ({ resets, chosen, optimizer, row }, lines) =>
  [resets, chosen, optimizer, lines, row.step, row.params, row.loss].join();
