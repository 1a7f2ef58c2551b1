// English: the sentences of codes that other losses than the mean squared error have.

import { general } from "../core/format-g.js";

export const EN_LOSSES = {
  separable: () =>
    "Every 0 can be told from every 1, so no parameters are best: larger ones are surer and " +
    "always have less loss. They grow without end, ever more slowly.",
  trembles: (/** @type {{ lr: number }} */ { lr }) =>
    `Steps at the rate ${general(lr)} lead to and fro about the lowest place: absolute values are as ` +
    "steep near it as far away. A smaller rate comes nearer.",
  no_curvature: () =>
    "Newton's rule divides by the curvature, and along some direction there is none here: it " +
    "makes no step.",
  newton_climbs: () =>
    "Newton's rule divides by the curvature, which is below 0 here along some direction: " +
    "along it, the step leads up.",
  at_saddle: () =>
    "The gradient is 0 here, so no step is made; but this is no lowest place: along some " +
    "direction the function falls.",
};
