// What the words on the screen mean, a sentence for each, for who meets them for the first time.

import { template } from "./say.js";

/** @type {Record<string, string>} */
export const TERMS = {
  step: template("One update of all parameters: a little way downhill."),
  epoch: template("One pass over all points; in batches it takes several steps."),
  slope: template("How much the line rises where x grows by 1."),
  intercept: template("How high the line is at x = 0."),
  loss: template("How badly the model fits."),
  "learning rate": template(
    "How far a step goes: the gradient is multiplied by it. If it is too small, training creeps; if it is too large, it oscillates or diverges.",
  ),
  forecast: template(
    "How many steps this rate takes from the guess until the loss is within 1% of the least, or a millionth of the first where that is 0.",
  ),
  creeps: template(
    "After 1,000 steps the loss is not yet, or not for good, within 1% of the least, or a millionth of the first where that is 0.",
  ),
  converges: template(
    "After 1,000 steps the loss is within 1% of the least, or a millionth of the first where that is 0.",
  ),
  oscillates: template("Training swings to and fro across the best fit, by less and less."),
  diverges: template("Steps go too far, and by more and more: the loss grows."),
  speed: template("Steps per second while it plays."),
  optimizer: template("The rule that makes a step of the gradient."),
  "batch size": template("How many points a step looks at; all: every point, each time."),
  residual: template("How far the fit is above or below a point."),
  line: template("The line now. Training moves it, and so can you."),
  "faint lines": template("The fit at earlier steps."),
  bowl: template(
    "The loss is a bowl, seen from above: every place is a fit, and the lowest is the best.",
  ),
  turned: template("Drag it, or use the arrow keys, to turn it."),
  rings: template(
    "All fits on one ring have the same loss; the smaller the ring, the smaller the loss.",
  ),
  arrow: template("Where the next step leads."),
  "best fit": template("The fit with the least loss there is."),
  true: template("What the points were made with, before the noise came."),
  guess: template("Where training began."),
  a: template("The parameters, in one tensor: of a line, a = [slope, intercept]."),
  "@": template(
    "Each row of x times a: of a line, slope · x + intercept · 1, for all points at once.",
  ),
};
