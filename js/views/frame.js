// The whole widget: from what there is to show to a template.

import { html, noChange } from "lit-html";
import { ordering } from "./bets/ordering.js";
import { handOf } from "./bets/places.js";
import { betRow } from "./bets/row.js";
import { runClass } from "./charts/other-runs.js";
import { code, printed } from "./code/code.js";
import { controls } from "./controls/controls.js";
import { readout } from "./controls/readout.js";
import { runsTable } from "./controls/runs-table.js";
import { statusLine } from "./controls/status.js";
import { directions } from "./directions/directions.js";
import { fitPanel } from "./fit/fit.js";
import { pointWords } from "./fit/point-words.js";
import { loss } from "./loss/loss.js";
import { newStillness } from "./still.js";
import { surface } from "./surface/surface.js";

/**
 * @typedef {object} Shown
 * @property {import("./scene.js").Scene} scene  where what is drawn stands
 * @property {import("../types.js").Next} next  the step to come
 * @property {import("./code/code.js").Walk} walk  through the code of that
 * @property {boolean} inFull  else only what moves, and which step it is
 * @property {number | null} turn  of the panels beside the fit, those whose turn it is; null: all
 * @property {import("../types.js").Look} look
 * @property {import("../types.js").Actions} actions
 */

/** Which of two turns each panel has that may wait for one. @type {Record<string, number>} */
const TURNS = { surface: 0, loss: 1, directions: 1 };

/** The drawing function of one view. */
export function frame() {
  const fit = fitPanel();
  const isStill = newStillness?.();
  /** Of several. @type {ReturnType<typeof runsTable> | null} */
  let runs = null;

  /**
   * @param {import("../types.js").View} view
   * @param {Shown} shown
   */
  return (view, shown) => {
    const { scene, walk, look, inFull, turn, actions } = shown;
    const { layout, draft } = scene;
    // While there is a bet on where the fit goes, that is what is dragged.
    const hand = draft && handOf(view, draft);
    const inPanel = hand
      ? { ...shown, draft, hand: hand.row, actions: { ...actions, setGuess: hand.setGuess } }
      : { ...shown, draft };
    const { panels } = view.labels;
    const point = scene.fit?.choice.i ?? -1;
    /** @type {Record<string, () => unknown>} */
    const draw = {
      fit: () => fit(view, scene.fit, inPanel),
      surface: () => surface(view, scene.surface, inPanel),
      directions: () => directions(view, layout.size("directions")),
      loss: () => loss(view, layout.size("loss"), inPanel),
    };
    const isDue = (/** @type {string} */ name) =>
      (turn === null || (TURNS[name] ?? turn) === turn) && !isStill?.(name, view, shown);
    const panel = (/** @type {string} */ name) =>
      html`<div class="cell ${name}-cell" .style="grid-column: span ${layout.spans[name]}">
        ${isDue(name) ? draw[name]() : noChange}
      </div>`;
    // A slow step lights up in the panels what its line computes.
    const part = walk.line === null ? "" : walk.lines[walk.line]?.part;
    const charts = (/** @type {boolean} */ below) =>
      html`<div
        class="panels ${runClass(view)}"
        data-part=${part ?? ""}
        .style="grid-template-columns: repeat(${layout.columns}, minmax(0, 1fr))"
      >
        ${panels.filter((name) => name in draw && layout.isBelow(name) === below).map(panel)}
      </div>`;
    // Of a shadow it is said, where there is no fit, that there is none; seen from the side, no
    // function has a place to be dragged.
    const isSaid = scene.fit || view.labels.bowl.of || (view.labels.function && !look.turn);
    const words = () =>
      html`${statusLine(view, actions, isSaid ? pointWords(view, point) : "", point >= 0)}
      ${controls(view, actions, look)}`;
    if (view.runs.length > 1) runs ??= runsTable();
    const tables = () =>
      html`${runs ? runs(view, actions.choose) : ""}
      ${draft && view.bet?.kind === "order" ? ordering(draft) : ""}
      ${panels.includes("code") && !view.hidden.has("code") ? code(view, walk, look, layout.isRoomy) : ""}
      ${printed(view)}`;
    // The transport stands under the timeline, and the code under what it computes.
    return html` ${readout(view, inFull)} ${draft ? betRow(view, draft, actions, look) : ""}
    ${charts(false)} ${inFull ? words() : noChange}
    ${panels.some(layout.isBelow) ? charts(true) : ""} ${inFull ? tables() : noChange}`;
  };
}
