// The line of words above the picture: what the point that is meant adds, or what can be done.

import { html, nothing } from "lit-html";
import { isFree } from "../../core/controls.js";
import { inOrder, isLine, isWide, sampleOf } from "../../core/model.js";
import { listMark, say } from "../../words/say.js";
import { decimalsFor, fixed } from "../charts/numbers.js";
import { shortened } from "../code/values.js";
import { guesses, kindOf } from "../guesses.js";
import { ofDensity } from "./density.js";
import { describeHeld, heldCaption } from "./held-points.js";
import { ofFitted, ofShadow } from "./many-words.js";
import { ofAnswers, ofFunction, otherWords } from "./other-words.js";

/** @typedef {import("../../types.js").View} View */

/**
 * It can be read whole where it is cut.
 * @param {View} view
 * @param {number} chosen  the place of a point, -1 for none
 */
export function pointWords(view, chosen) {
  const title = chosen < 0 ? nothing : describe(view, chosen);
  return html`<p class="caption" title=${title}>${words(view, chosen)}</p>`;
}

/** @param {View} view @param {number} chosen */
function words(view, chosen) {
  const { n, of } = view.labels.bowl;
  if (of) return inTwo(...ofShadow(of));
  if (view.picture) return inTwo(...ofDensity(n));
  if (chosen >= 0) return describe(view, chosen);
  // While there is a question, something else is dragged, if anything.
  if (view.bet || view.isOver || !isFree(view.labels, "drag")) return "\xa0";
  const { model } = view.labels;
  if (view.labels.function) return ofFunction();
  if (view.points.held) return inTwo(...heldCaption());
  if (kindOf(view) === "cross_entropy") return inTwo(...ofAnswers(model));
  if (isWide(model)) return inTwo(...ofFitted());
  const drag = isLine(model) ? say("Drag the line or a point.") : say("Drag a point.");
  return inTwo(drag, say("Double-click to add one."));
}

/**
 * Two sentences, with no room after a Chinese stop; where there is little of it, the first.
 * @param {string} first
 * @param {string} second
 */
const inTwo = (first, second) =>
  html`${first}<span>${first.includes("。") ? "" : " "}${second}</span>`;

/**
 * What one point adds: its residual (guess minus y), what the loss makes of that, and its part of the
 * gradient, which is the sum of all parts.
 * @param {View} view
 * @param {number} i
 */
export function describe(view, i) {
  const { points, row, labels } = view;
  const { model, bowl } = labels;
  const { held, y } = points;
  if (held && i >= y.length) return describeHeld(view, held, i - y.length);
  const guess = guesses(points, model, row.params)(i);
  const residual = guess - points.y[i];
  const d = decimalsFor(Math.sqrt(bowl.floor) || Math.abs(residual));
  const [said, slope] =
    kindOf(view) === "mse"
      ? [
          say("residual {residual}, squared {square}", {
            ...{ residual: fixed(residual, d), square: fixed(residual ** 2, d) },
          }),
          2 * residual,
        ]
      : otherWords(labels.objectives?.[view.chosen], guess, points.y[i], d);
  const columns = sampleOf(model, points).features.map((column) => column[i]);
  const grad = inOrder(model, columns, 1).map((value) => (slope * value) / bowl.n);
  const part = (/** @type {number} */ k) => fixed(grad[k], decimalsFor(Math.abs(grad[k])));
  const parts = shortened(grad.length, part, listMark()).slice(1, -1).join("");
  return say("point {i}: {said}; its part of the gradient {parts}", { i: i + 1, said, parts });
}
