// What one point adds to a loss that is no mean of squares.

import { ofPoint, sigmoid } from "../../core/losses.js";
import { isWide } from "../../core/model.js";
import { say } from "../../words/say.js";
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
  const its = fixed(loss, decimals);
  const said =
    about.kind === "cross_entropy"
      ? say("y {y}, predicted {guess}, its loss {loss}", {
          ...{ y, guess: fixed(sigmoid(guess), 3), loss: its },
        })
      : say("residual {residual}, its loss {loss}", {
          ...{ residual: fixed(guess - y, decimals), loss: its },
        });
  return [said, slope];
}

/**
 * What points of yes or no are.
 * @param {import("../../core/model.js").Model} model
 * @returns {[string, string]}
 */
export const ofAnswers = (model) =>
  isWide(model)
    ? [say("Crosses are 1, dots 0."), say("These points cannot be dragged.")]
    : [say("Blue: how probable 1 is."), say("Drag a point.")];

/** Where there are no points: what can be moved in the picture of the function. */
export const ofFunction = () => say("Drag the circle to start elsewhere.");
