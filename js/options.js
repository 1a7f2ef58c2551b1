// What a web page says a widget is to show, checked: the twin of GDWidget's arguments.

import { noteOnNoise } from "./advice.js";
import { makeLine } from "./data.js";
import { bowlOf } from "./quadratic.js";
import { firstRow } from "./trainer.js";

/**
 * @typedef {import("./browser-source.js").Known} Known
 *
 * What an option must be, in words, and the check of that.
 * @typedef {[string, (value: any) => boolean]} Rule
 */

const PANELS = ["fit", "surface", "loss", "code"];

const areFinite = (/** @type {any} */ value) =>
  Array.isArray(value) && value.every(Number.isFinite);
/** @param {number} least @returns {Rule} */
const whole = (least) => [
  `a whole number, at least ${least}`,
  (value) => Number.isSafeInteger(value) && value >= least,
];
/** @type {Rule} */
const NUMBERS = ["a list of finite numbers", areFinite];
/** @type {Rule} */
const PAIR = [
  "two finite numbers (slope, intercept)",
  (value) => areFinite(value) && value.length === 2,
];
/** @type {Rule} */
const POSITIVE = ["a positive number", (value) => Number.isFinite(value) && value > 0];
/** @type {Rule} */
const TEXT = ["text", (value) => typeof value === "string"];
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
const RULES = {
  x: [[], ...NUMBERS],
  y: [[], ...NUMBERS],
  n: [100, ...whole(1)],
  noise: ["uniform", ...NOISE],
  seed: [1, ...whole(0)],
  true_params: [[3, 2], ...PAIR],
  lr: [0.1, ...POSITIVE],
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
  Object.entries(RULES).map(([name, [usual]]) => [name, usual]),
);

/**
 * The beginning of a session: the points and the first row.
 * @param {Record<string, any>} given  what is missing or null has its default
 * @returns {Known}
 */
export function begin(given) {
  const options = checked(given);
  const { x, y, n, noise, seed, true_params, lr, guess, ...labels } = options;
  if (x.length !== y.length) {
    throw new Error(`x and y must be of one length; got ${x.length} and ${y.length} values`);
  }
  const makes = x.length ? null : { n, noise, seed, true_params };
  const points = makes ? makeLine(makes) : { x: Float64Array.from(x), y: Float64Array.from(y) };
  const bowl = bowlOf(points.x, points.y);
  const rows = firstRow(guess, bowl, lr);
  const snapshot = {
    ...labels,
    ...{ lr, guess, bowl, makes, row: [...rows], engine: "" },
    note: makes ? noteOnNoise(noise, true_params) : "",
    ...{ n_rows: 1, status: "ready", advice: "", stop_at: null, playing: false },
  };
  return { snapshot: /** @type {any} */ (snapshot), points, rows };
}

/** @param {Record<string, any>} given @returns {Record<string, any>} */
function checked(given) {
  /** @type {Record<string, any>} */
  const options = {};
  for (const [name, [usual, rule, isRight]] of Object.entries(RULES)) {
    const value = given[name] ?? usual;
    if (!isRight(value)) {
      throw new Error(`${name} must be ${rule}; got ${JSON.stringify(value)}`);
    }
    options[name] = value;
  }
  return options;
}
