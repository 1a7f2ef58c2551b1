// What is said of codes that other losses than the mean squared error have.

import { say } from "./say.js";

/** @type {Record<string, (details: any) => string>} */
export const EN_LOSSES = {
  separable: () =>
    say(
      "Some parameters are right about every point, so none are best: larger ones are surer and always have less loss. This loss alone sets no end to their growth.",
    ),
  trembles: (found) =>
    say(
      "Steps at the rate {lr:g} lead to and fro across the bottom: absolute values are as steep near it as far away. A smaller rate comes nearer.",
      found,
    ),
  no_curvature: () =>
    say(
      "Newton's rule divides by the curvature, and along some direction there is none here: it makes no step.",
    ),
  newton_climbs: () =>
    say(
      "Newton's rule divides by the curvature, which is below 0 here along some direction: along it, the step leads up.",
    ),
  at_saddle: () =>
    say(
      "The gradient is 0 here, so no step is made; but this is no lowest place: along some direction the function falls.",
    ),
};
