// What is said of other losses than the mean squared error, and of functions, a sentence for each word.

import { template } from "./say.js";

/** @type {Record<string, string>} */
export const TERMS_OF_LOSSES = {
  landscape: template(
    "The loss, seen from above: every place is a pair of parameters, and the darker, the lower.",
  ),
  "goes down": template("At each step of such a rate the loss is less than before."),
  minimum: template("Here the function is less than all around."),
  "decision line": template("Where yes and no are as probable."),
};
