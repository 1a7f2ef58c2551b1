// What one point adds to a loss that is no mean of squares.

import { html } from "lit-html";
import { ofPoint, sigmoid } from "../../core/losses.js";
import { isWide } from "../../core/model.js";
import { fixed } from "../charts/numbers.js";

/**
 * In words; and the derivative of what it adds by what the model says there.
 * @param {any} about  the loss
 * @param {number} guess
 * @param {number} y
 * @param {number} decimals
 * @returns {[string, number]}
 */
export function otherWords(about, guess, y, decimals) {
  const [loss, slope] = ofPoint(about, guess, y);
  const said =
    about.kind === "cross_entropy"
      ? `y ${y}, predicted ${fixed(sigmoid(guess), 3)}`
      : `residual ${fixed(guess - y, decimals)}`;
  return [`${said}, its loss ${fixed(loss, decimals)}`, slope];
}

/** What points of yes or no are. @param {import("../../core/model.js").Model} model */
export const ofAnswers = (model) =>
  isWide(model)
    ? html`Crosses are 1, dots 0<span>. These points cannot be dragged.</span>`
    : html`Blue: how probable 1 is<span>. Drag a point; double-click to add one.</span>`;
