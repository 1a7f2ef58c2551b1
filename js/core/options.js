// What a web page says a widget is to show, checked: the twin of GDWidget's arguments.

import { noteOnNoise } from "./diagnoses.js";
import { makeLine } from "./make-line.js";
import { overview } from "./picture.js";
import { bowlOf, mustBeFinite } from "./quadratic.js";
import { MOST_RUNS } from "./race.js";
import { POSITIVE, SETTINGS, areFinite, check, whole } from "./settings.js";
import { firstRow } from "./trainer.js";

/**
 * @typedef {import("../sources/browser.js").Known} Known
 * @typedef {import("./settings.js").Rule} Rule
 */

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

/**
 * The beginning of a session: the points and the first row of each run.
 * @param {Record<string, any>} given  what is missing or null has its default
 * @returns {Known}
 */
export function begin(given) {
  const { x, y, n, noise, seed, true_params, lr, optimizer, guess, ...others } = checked(given);
  if (x.length !== y.length) {
    throw new Error(`x and y must be of one length; got ${x.length} and ${y.length} values`);
  }
  const makes = x.length ? null : { n, noise, seed, true_params };
  const points = makes ? makeLine(makes) : { x: Float64Array.from(x), y: Float64Array.from(y) };
  const bowl = bowlOf(points.x, points.y);
  mustBeFinite(bowl, points);
  const runs = perRun([lr].flat(), [optimizer].flat()).map((own) => {
    const row = firstRow(guess, bowl, own.lr);
    return { ...own, row, stretch: null, diverged_at: null };
  });
  const snapshot = {
    ...others,
    ...{ runs, guess, bowl, makes, engine: "", code: null, printed: "" },
    note: makes ? noteOnNoise(noise, true_params) : "",
    ...{ stop_at: null, playing: false },
  };
  const rows = {
    rows: runs.map(({ row }) => row),
    stretches: runs.map(() => []),
    widths: runs.map(({ row }) => row.length),
  };
  return { snapshot: /** @type {any} */ (snapshot), points, rows, picture: overview(points) };
}

/**
 * The rate and the rule of each run: where one is said for several, it is all of theirs.
 * @param {number[]} lrs
 * @param {string[]} optimizers
 */
function perRun(lrs, optimizers) {
  const length = Math.max(lrs.length, optimizers.length);
  for (const [name, all] of Object.entries({ lr: lrs, optimizer: optimizers })) {
    if (all.length >= 1 && all.length <= MOST_RUNS) continue;
    const rule = `one value, or a list of 1 to ${MOST_RUNS}`;
    throw new Error(`${name} must be ${rule}; got ${JSON.stringify(all)}`);
  }
  if (lrs.length > 1 && optimizers.length > 1 && lrs.length !== optimizers.length) {
    throw new Error(
      "lr and optimizer must be of one length where both are lists; got " +
        `${lrs.length} and ${optimizers.length} values`,
    );
  }
  return Array.from({ length }, (_, i) => ({
    lr: lrs[i] ?? lrs[0],
    optimizer: optimizers[i] ?? optimizers[0],
  }));
}

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
