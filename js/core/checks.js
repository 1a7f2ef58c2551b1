// What values must be: the twin of gd_widget/core/checks.py.

/**
 * A rule in words, as in "lr must be a positive number", and whether a value keeps it.
 * @typedef {{ must: string, isRight: (value: any) => boolean }} Check
 */

/** @param {any} value */
export const areFinite = (value) => Array.isArray(value) && value.every(Number.isFinite);

/** @type {Check} */
export const numbers = { must: "a list of finite numbers", isRight: areFinite };

/** The x of points: a number of each, or several, as many of each as of the others. @type {Check} */
export const rows = {
  must: "a list of finite numbers, or of rows of so many",
  isRight: (value) =>
    Array.isArray(value) &&
    value.every(
      (row) => areFinite([row].flat()) && [row].flat().length === [value[0]].flat().length,
    ),
};

/** @type {Check} */
export const pair = {
  must: "two finite numbers (slope, intercept)",
  isRight: (value) => areFinite(value) && value.length === 2,
};

/**
 * A number for each parameter of these names.
 * @param {string[]} names
 * @returns {Check}
 */
export const params = (names) => {
  const count = ["one finite number", "two finite numbers"][names.length - 1];
  return {
    must: `${count ?? `${names.length} finite numbers`} (${inShort(names)})`,
    isRight: (value) => areFinite(value) && value.length === names.length,
  };
};

/** Names in a row; of more than can be read, the first and the last. @param {string[]} names */
export const inShort = (names) =>
  names.length > 8 ? `${names[0]}, …, ${names[names.length - 1]}` : names.join(", ");

/** @param {number} least @returns {Check} */
export const wholeNumber = (least) => ({
  must: `a whole number, at least ${least}`,
  isRight: (value) => Number.isSafeInteger(value) && value >= least,
});

/** @type {Check} */
export const positiveNumber = {
  must: "a positive number",
  isRight: (value) => Number.isFinite(value) && value > 0,
};

/** @type {Check} */
export const notNegative = {
  must: "a number, at least 0",
  isRight: (value) => Number.isFinite(value) && value >= 0,
};

/** @type {Check} */
export const share = {
  must: "a number from 0 to below 1",
  isRight: (value) => Number.isFinite(value) && value >= 0 && value < 1,
};

/** @type {Check} */
export const shares = {
  must: "two numbers from 0 to below 1",
  isRight: (value) => Array.isArray(value) && value.length === 2 && value.every(share.isRight),
};

/** @type {Check} */
export const flag = { must: "true or false", isRight: (value) => typeof value === "boolean" };

/** @type {Check} */
export const text = { must: "text", isRight: (value) => typeof value === "string" };

/** @param {string[]} choices @returns {Check} */
export const oneOf = (choices) => ({
  must: `one of ${choices.map((name) => `'${name}'`).join(", ")}`,
  isRight: (value) => choices.includes(value),
});

/** @param {string[]} choices @param {number} [least] @returns {Check} */
export const someOf = (choices, least = 1) => ({
  must: `some of ${choices.join(", ")}`,
  isRight: (value) =>
    Array.isArray(value) &&
    value.length >= least &&
    new Set(value).size === value.length &&
    value.every((one) => choices.includes(one)),
});
