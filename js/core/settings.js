// What can be turned while training, and what each must be: the twin of gd_widget/core/settings.py.

import { RULES } from "./rules.js";

/**
 * What a value must be, in words, and the check of that.
 * @typedef {[string, (value: any) => boolean]} Rule
 */

/** @param {any} value */
export const areFinite = (value) => Array.isArray(value) && value.every(Number.isFinite);

/** @param {number} least @returns {Rule} */
export const whole = (least) => [
  `a whole number, at least ${least}`,
  (value) => Number.isSafeInteger(value) && value >= least,
];

/** @type {Rule} */
export const POSITIVE = ["a positive number", (value) => Number.isFinite(value) && value > 0];

const isShare = (/** @type {any} */ value) => Number.isFinite(value) && value >= 0 && value < 1;
/** @type {Rule} */
const SHARE = ["a number from 0 to below 1", isShare];

const [atLeastOne, isAtLeastOne] = whole(1);

/** @type {Record<string, Rule>} */
export const SETTINGS = {
  optimizer: [
    `one of ${Object.keys(RULES)
      .map((name) => `'${name}'`)
      .join(", ")}`,
    (value) => Object.hasOwn(RULES, value),
  ],
  lr: POSITIVE,
  batch_size: [atLeastOne, (value) => value === null || isAtLeastOne(value)],
  momentum: SHARE,
  alpha: SHARE,
  betas: [
    "two numbers from 0 to below 1",
    (value) => Array.isArray(value) && value.length === 2 && value.every(isShare),
  ],
};

/** Those in which runs may differ: one value for all of them, or a list with one for each. */
export const OWN = ["lr", "optimizer"];

/**
 * Throws where a value is not what it must be.
 * @param {string} name
 * @param {any} value
 * @param {Rule} rule
 */
export function check(name, value, [rule, isRight]) {
  for (const one of OWN.includes(name) ? [value].flat() : [value]) {
    if (!isRight(one)) throw new Error(`${name} must be ${rule}; got ${JSON.stringify(one)}`);
  }
}
