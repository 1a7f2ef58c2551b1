// What is said of points that are held back, a sentence for each word.

import { template } from "./say.js";

/** @type {Record<string, string>} */
export const TERMS_OF_HELD = {
  "held back": template(
    "Points that training does not see: their loss, without the ridge, tells how well the fit does on what is new to it.",
  ),
};
