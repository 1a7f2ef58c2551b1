// Points that are held back, in the fit: hollow, for what is fitted does not see them.

import { svg } from "lit-html";
import { say } from "../../words/say.js";
import { memo } from "../charts/memo.js";
import { decimalsFor, fixed } from "../charts/numbers.js";
import { guesses, kindOf, predictions } from "../guesses.js";
import { otherWords } from "./other-words.js";
import { keyOfPath, pointPath } from "./paths.js";
import { yesAndNo } from "./yes-or-no.js";

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../types.js").Points} Points
 * @typedef {import("./paths.js").Dots} Dots
 *
 * Where those held back stand, and where all do, those held back last.
 * @typedef {{ held: Dots, all: { x: Float64Array, y: Float64Array } }} Places
 */

/** Where they stand, remembered from drawing to drawing. */
export function heldPlacesIn() {
  const [xOf, yOf] = [memo(joined), memo(joined)];
  const heldOf = memo((/** @type {Points} */ { features, y }, /** @type {number} */ j) => ({
    ...{ x: features[j], y },
  }));
  const planeOf = memo((/** @type {Points} */ { features: [x, y] }) => ({ x, y }));

  /**
   * @param {View} view
   * @param {Dots} dots  those of the others
   * @param {number} across  which feature is on the horizontal axis; -1: y itself
   * @param {boolean} isPlane  whether both axes are features
   * @returns {Places | null}
   */
  return (view, dots, across, isPlane) => {
    const { points, labels, row } = view;
    const back = points.held;
    if (!back) return null;
    const predicted = () => {
      const guess = predictions(back, labels.model, row.params, kindOf(view));
      return { x: back.y, y: back.y.map((_, i) => guess(i)) };
    };
    const held = isPlane ? planeOf(back) : across < 0 ? predicted() : heldOf(back, across);
    return { held, all: { x: xOf(dots.x, held.x), y: yOf(dots.y, held.y) } };
  };
}

/** @param {ArrayLike<number>} one @param {ArrayLike<number>} other */
const joined = (one, other) => Float64Array.from([...Array.from(one), ...Array.from(other)]);

/** The drawing function of one view: the same path twice, the second time in paper's colour. */
export function heldMarks() {
  const pathOf = memo(pointPath, keyOfPath);

  /** @param {View} view @param {import("./fit-scene.js").FitScene} scene */
  return ({ points }, { held, frame, across, isPlane }) => {
    if (!held || !points.held) return "";
    const { y } = points.held;
    const marks = () =>
      isPlane
        ? yesAndNo(held, y, frame)
        : svg`<path class="points ${across < 0 ? "guess" : ""}" d=${pathOf(held, frame)} />`;
    return svg`<g data-term="held back">
      <g class="held">${marks()}</g><g class="held inside">${marks()}</g>
    </g>`;
  };
}

/** What there is to know of them. @returns {[string, string]} */
export const heldCaption = () => [
  say("Hollow points are held back."),
  say("Training does not see them."),
];

/**
 * What training would make of one, if it saw it.
 * @param {View} view
 * @param {Points} held
 * @param {number} i
 */
export function describeHeld(view, held, i) {
  const { row, labels } = view;
  const guess = guesses(held, labels.model, row.params)(i);
  const residual = guess - held.y[i];
  const d = decimalsFor(Math.sqrt(labels.bowl.floor) || Math.abs(residual));
  const [said] =
    kindOf(view) === "mse"
      ? [
          say("residual {residual}, squared {square}", {
            ...{ residual: fixed(residual, d), square: fixed(residual ** 2, d) },
          }),
        ]
      : otherWords(labels.objectives?.[view.chosen], guess, held.y[i], d);
  return say("held back: {said}; training does not see it", { said });
}
