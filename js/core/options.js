// What a web page says a widget is to show, checked: the twin of GDWidget's arguments.

import { POSITIVE, SETTINGS, areFinite, check, whole } from "./settings.js";

/** @typedef {import("./settings.js").Rule} Rule */

const PANELS = ["fit", "surface", "loss", "code"];

/** @type {Rule} */
const NUMBERS = ["a list of finite numbers", areFinite];
/** @type {Rule} */
const PAIR = [
  "two finite numbers (slope, intercept)",
  (value) => areFinite(value) && value.length === 2,
];
/** @type {Rule} */
const TEXT = ["text", (value) => typeof value === "string"];
const [atLeastZero, isAtLeastZero] = whole(0);
/** Digits are for seeds beyond the numbers here that are exact. @type {Rule} */
const SEED = [atLeastZero, (value) => isAtLeastZero(value) || /^\d+$/.test(value)];
/** @type {Rule} */
const NOISE = ["'uniform' or 'gaussian'", (value) => value === "uniform" || value === "gaussian"];
/** @type {Rule} */
const SOME_PANELS = [
  `some of ${PANELS.join(", ")}`,
  (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value).size === value.length &&
    value.every((one) => PANELS.includes(one)),
];

/**
 * Each option's default, and its rule.
 * @type {Record<string, [any, ...Rule]>}
 */
const OPTIONS = {
  x: [[], ...NUMBERS],
  y: [[], ...NUMBERS],
  n: [100, ...whole(1)],
  noise: ["uniform", ...NOISE],
  seed: [1, ...SEED],
  true_params: [[3, 2], ...PAIR],
  optimizer: ["gd", ...SETTINGS.optimizer],
  lr: [0.1, ...SETTINGS.lr],
  batch_size: [null, ...SETTINGS.batch_size],
  momentum: [0.9, ...SETTINGS.momentum],
  alpha: [0.99, ...SETTINGS.alpha],
  betas: [[0.9, 0.999], ...SETTINGS.betas],
  guess: [[-1, 1], ...PAIR],
  n_epochs: [100, ...whole(1)],
  steps_per_second: [10, ...POSITIVE],
  panels: [PANELS, ...SOME_PANELS],
  title: ["Gradient descent", ...TEXT],
  x_label: ["x", ...TEXT],
  y_label: ["y", ...TEXT],
};

/**
 * What there is to choose, by the names GDWidget has for it, and what is chosen by itself. The
 * points' default is the empty list: they are made.
 * @type {Record<string, any>}
 */
export const DEFAULTS = Object.fromEntries(
  Object.entries(OPTIONS).map(([name, [usual]]) => [name, usual]),
);

/** Every option, as given or else its default. @param {Record<string, any>} given @returns {Record<string, any>} */
export function checked(given) {
  /** @type {Record<string, any>} */
  const options = {};
  for (const [name, [usual, ...rule]] of Object.entries(OPTIONS)) {
    let value = given[name] ?? usual;
    if (name === "optimizer" && typeof value === "string") value = value.match(/[^\s,]+/g) ?? value;
    check(name, value, rule);
    options[name] = value;
  }
  return options;
}
