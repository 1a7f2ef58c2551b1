// What a user can set, each once: its check, and its default. The twin of
// gd_widget/core/settings.py, which says what each is.

import {
  areFinite,
  flag,
  notNegative,
  oneOf,
  pair,
  positiveNumber,
  share,
  shares,
  someOf,
  text,
  wholeNumber,
} from "./checks.js";
import { CONTROLS, STEER, VERDICTS } from "./controls.js";
import { checkedValidation } from "./held-back.js";
import { RULES } from "./rules.js";

/**
 * @typedef {import("./checks.js").Check} Check
 *
 * One thing that can be set; `perRun`: the runs of a race may differ in it, and each may be a list,
 * with a value for every run.
 * @typedef {Check & { usual: any, perRun?: boolean }} Setting
 */

const NOISES = ["uniform", "gaussian"];
const FUNCTION_NAMES = ["saddle", "rosenbrock", "himmelblau", "beale", "valley", "plateau"];
const PANELS = ["fit", "surface", "loss", "directions", "code"];
const SIZES = ["normal", "large"];
const panels = someOf(PANELS);
const aFunction = oneOf(FUNCTION_NAMES);
const controls = someOf(CONTROLS);
const count = wholeNumber(1);
const pixels = wholeNumber(380);
const countFromZero = wholeNumber(0);

/** How points are made up. @type {Record<string, Setting>} */
const DATA_SETTINGS = {
  n: { usual: 100, ...count },
  noise: { usual: "uniform", ...oneOf(NOISES), must: "'uniform' or 'gaussian'" },
  // Digits are for seeds beyond the numbers here that are exact.
  seed: {
    usual: 1,
    ...countFromZero,
    isRight: (value) => countFromZero.isRight(value) || /^\d+$/.test(value),
  },
  true_params: { usual: [3, 2], ...pair },
  validation: {
    usual: null,
    ...checkedValidation,
    isRight: (value) => value === null || checkedValidation.isRight(value),
  },
};

/** What is fitted to the data. @type {Record<string, Setting>} */
const MODEL_SETTINGS = {
  degree: { usual: 1, ...count },
  intercept: { usual: true, ...flag },
  standardize: { usual: false, ...flag },
};

/** What is trained down. @type {Record<string, Setting>} */
const LOSS_SETTINGS = {
  loss: { usual: "mse", ...oneOf(["mse", "mae", "huber", "cross_entropy"]), perRun: true },
  function: {
    usual: null,
    ...aFunction,
    isRight: (value) => value === null || aFunction.isRight(value),
  },
  delta: { usual: 1, ...positiveNumber },
  ridge: { usual: 0, ...notNegative },
};

/** What steps are made with. @type {Record<string, Setting>} */
export const RULE_SETTINGS = {
  optimizer: { usual: "gd", ...oneOf(Object.keys(RULES)), perRun: true },
  lr: { usual: 0.1, ...positiveNumber, perRun: true },
  batch_size: {
    usual: null,
    ...count,
    isRight: (value) => value === null || count.isRight(value),
  },
  momentum: { usual: 0.9, ...share },
  alpha: { usual: 0.99, ...share },
  betas: { usual: [0.9, 0.999], ...shares },
  history_size: { usual: 10, ...count },
};

/** What training begins with, and what the view shows and does. @type {Record<string, Setting>} */
const WIDGET_SETTINGS = {
  guess: {
    usual: null,
    must: "finite numbers, one for each parameter",
    isRight: (value) => value === null || areFinite(value),
  },
  n_epochs: { usual: 100, ...count },
  steps_per_second: { usual: 10, ...positiveNumber },
  panels: {
    usual: null,
    ...panels,
    isRight: (value) => value === null || panels.isRight(value),
  },
  controls: {
    usual: null,
    must: `'beginner', or ${controls.must}`,
    isRight: (value) => value === null || value === "beginner" || controls.isRight(value),
  },
  lock: { usual: [], ...someOf(STEER, 0) },
  hide: { usual: [], ...someOf(VERDICTS, 0) },
  height: {
    usual: null,
    ...pixels,
    isRight: (value) => value === null || pixels.isRight(value),
  },
  size: { usual: "normal", ...oneOf(SIZES) },
  title: { usual: "Gradient descent", ...text },
  x_label: { usual: "x", ...text },
  y_label: { usual: "y", ...text },
};

export const SETTINGS = {
  ...DATA_SETTINGS,
  ...MODEL_SETTINGS,
  ...LOSS_SETTINGS,
  ...RULE_SETTINGS,
  ...WIDGET_SETTINGS,
};

/**
 * The panels that suit d parameters: from three on, there are directions to be told apart, which stay
 * only of the mean square. To a function there is no fit.
 * @param {number} d
 * @param {string[]} [losses]  the kinds of those of all runs
 */
export const panelsFor = (d, losses = ["mse"]) =>
  PANELS.filter((name) =>
    name === "directions"
      ? d > 2 && losses.includes("mse")
      : name !== "fit" || !losses.includes("function"),
  );

/** Those in which the runs of a race may differ. */
export const PER_RUN = Object.keys(RULE_SETTINGS).filter((name) => RULE_SETTINGS[name].perRun);

const SHARED = Object.keys(RULE_SETTINGS).filter((name) => !PER_RUN.includes(name));

/**
 * The settings that all runs share, out of more.
 * @param {import("./stretches.js").Common} given
 * @returns {import("./stretches.js").Common}
 */
export const shared = (given) =>
  /** @type {any} */ (
    Object.fromEntries(Object.entries(given).filter(([name]) => SHARED.includes(name)))
  );

/**
 * Throws where a value is not what it must be; where runs may differ it may be a list.
 * @param {string} name
 * @param {any} value
 * @param {Check & { perRun?: boolean }} setting
 */
export function check(name, value, { must, isRight, perRun } = SETTINGS[name]) {
  for (const one of perRun ? [value].flat() : [value]) {
    if (!isRight(one)) throw new Error(`${name} must be ${must}; got ${JSON.stringify(one)}`);
  }
}
