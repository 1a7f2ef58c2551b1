// What the words on the screen mean where there are not two parameters, a sentence for each.

/** @type {Record<string, string>} */
export const TERMS_OF_MANY = {
  parameter: "What a column of x is multiplied by; that of the intercept is all ones.",
  parabola: "The loss of each value: the lowest is the best fit.",
  tangent: "Its slope is the gradient.",
  "step aside":
    "The next step: learning rate times gradient. Beyond the other arm, the loss grows.",
  error: "How much is left of the first error along each principal direction.",
  factor: "What a step leaves of the error; of gradient descent: 1 − learning rate · curvature.",
  curvature: "How much the gradient grows along the direction.",
  diagonal: "Where what is predicted is right.",
};
