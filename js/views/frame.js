// The whole widget: the panels in their order, and where each gets its size from.

import { html } from "lit-html";
import { controls } from "./controls.js";
import { fitPanel } from "./fit.js";
import { loss } from "./loss.js";
import { readout } from "./readout.js";
import { statusLine } from "./status.js";

const NARROW = 560; // pixels, under which everything stands in one column

/**
 * What belongs to one view alone.
 * @typedef {object} Look
 * @property {number} width  pixels there are
 * @property {boolean} residuals  whether they are drawn
 * @property {(shown: boolean) => void} showResiduals
 */

/** The drawing function of one view: from what a session shows to a template. */
export function frame() {
  const drawFit = fitPanel();

  /**
   * @param {import("../session.js").View} view
   * @param {import("../session.js").Session} session
   * @param {Look} look
   */
  return (view, session, { width, residuals, showResiduals }) => {
    const narrow = width < NARROW;
    const actions = {
      play: () => session.play(),
      pause: () => session.pause(),
      step: () => session.step(),
      back: () => session.back(),
      reset: () => session.reset(),
      newData: () => session.newData(),
      setLr: (/** @type {number | string} */ lr) => session.setLr(lr),
      setSpeed: (/** @type {number | string} */ rate) => session.setSpeed(rate),
    };
    const seek = (/** @type {number} */ step) => session.seek(session.nearest(step));
    return html` ${readout(view)} ${drawFit(view, { width, height: narrow ? 260 : 320, residuals })}
    ${loss(view, { width, height: narrow ? 130 : 140, seek })} ${statusLine(view)}
    ${controls(view, actions, { residuals, showResiduals })}`;
  };
}
