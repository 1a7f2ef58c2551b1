// What the words on the screen mean where there are not two parameters, a sentence for each.

import { template } from "./say.js";

/** @type {Record<string, string>} */
export const TERMS_OF_MANY = {
  parameter: template("What a column of x is multiplied by; that of the intercept is all ones."),
  parabola: template("The loss of each value: the lowest is the best fit."),
  tangent: template("Its slope is the gradient."),
  "step aside": template(
    "The next step: learning rate times gradient. Beyond the other arm, the loss grows.",
  ),
  error: template("How much is left of the first error along each principal direction."),
  factor: template(
    "What a step leaves of the error; of gradient descent: 1 − learning rate · curvature.",
  ),
  curvature: template("How much the gradient grows along the direction."),
  diagonal: template("Where what is predicted is right."),
};
