// The whole widget: which panels there are, where they stand and how large they are.

import { html } from "lit-html";
import { code, printed } from "./code/code.js";
import { controls } from "./controls/controls.js";
import { fitPanel } from "./fit/fit.js";
import { loss } from "./loss/loss.js";
import { readout } from "./controls/readout.js";
import { runClass, runsTable } from "./controls/runs.js";
import { statusLine } from "./controls/status.js";
import { surfacePanel } from "./surface/surface.js";

const TWO_COLUMNS = 560; // pixels from which two panels stand side by side
const FOUR_COLUMNS = 1500; // and from which all do
const GAP = 16;

/**
 * @typedef {import("../types.js").View} View
 *
 * @typedef {object} Walk  through the code
 * @property {import("./code/update-lines.js").Line[]} lines  of the step to come
 * @property {number | null} line  where a slow step is; null: nowhere
 * @property {() => void} slowStep  go to the next line
 */

/** The drawing function of one view: from what a session shows to a template. */
export function frame() {
  const drawFit = fitPanel();
  const drawSurface = surfacePanel();
  const drawRuns = runsTable();

  /**
   * @param {View} view
   * @param {import("../types.js").Next} next  the step to come
   * @param {Walk} walk
   * @param {import("../types.js").Look} look
   * @param {import("../types.js").Actions} actions
   */
  return (view, next, walk, look, actions) => {
    const { motion, residuals } = look;
    const { setGuess, editPoints, pictureOf, seek } = actions;
    const { panels } = view.labels;
    const layout = layOut(panels, look.width);
    /** @type {Record<string, (size: { width: number, height: number }) => unknown>} */
    const draw = {
      fit: (size) =>
        drawFit(view, { ...size, next, residuals, motion, setGuess, editPoints, pictureOf }),
      surface: (size) => drawSurface(view, { ...size, next, motion, setGuess }),
      loss: (size) => loss(view, { ...size, look, seek }),
      code: () => code(view, walk),
    };
    const panel = (/** @type {string} */ name) =>
      html`<div class="cell ${name}-cell" .style="grid-column: span ${layout.spans[name]}">
        ${draw[name](layout.size(name))}
      </div>`;
    // The transport stands under the timeline, and the code under what it computes.
    const above = panels.filter((name) => name !== "code");
    // A slow step lights up in the panels what its line computes.
    const part = walk.line === null ? "" : walk.lines[walk.line]?.part;
    return html` ${readout(view)}
      <div
        class="panels ${runClass(view)}"
        data-part=${part ?? ""}
        .style="grid-template-columns: repeat(${layout.columns}, minmax(0, 1fr))"
      >
        ${above.map(panel)}
      </div>
      ${statusLine(view, actions)} ${controls(view, actions, look)}
      ${view.runs.length > 1 ? drawRuns(view, actions.choose) : ""}
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
