// What the element's attributes say: options as text, and text as options.

import { DEFAULTS } from "../core/options.js";
import { PER_RUN } from "../core/settings.js";

/** What may be said for each run of a race. */
const OF_RUNS = [...PER_RUN, "loss"];

/**
 * What a person may have changed in the view, by option.
 * @param {import("../types.js").View} view
 * @returns {Record<string, any>}
 */
export function turned({ runs, settings, stepsPerSecond, labels }) {
  const rules = runs.map(({ optimizer }) => optimizer);
  const rates = runs.map(({ lr }) => lr);
  const andLosses = (/** @type {unknown[]} */ all) =>
    all.map((one, i) => `${one} ${labels.objectives?.[i].kind}`);
  // What all runs share while they differ in the other stands there once.
  const brief = (/** @type {unknown[]} */ mine, /** @type {unknown[]} */ others) =>
    runs.length === 1 || (areSame(mine) && !areSame(others)) ? mine[0] : mine;
  return {
    lr: brief(rates, andLosses(rules)),
    optimizer: brief(rules, andLosses(rates)),
    ...settings,
    steps_per_second: stepsPerSecond,
  };
}

/** @param {unknown[]} values */
const areSame = (values) => new Set(values).size === 1;

/** A list with spaces, one of rows with semicolons between them. @param {unknown} value */
export function inText(value) {
  if (!Array.isArray(value)) return String(value);
  const areRows = Array.isArray(value[0]);
  return value.map((one) => [one].flat().join(" ")).join(areRows ? "; " : " ");
}

/**
 * What an attribute's text means: text, a number, a list, or whether something is so: "false" says
 * that it is not. Rows of several x end with semicolons. What is no number stays as it is: begin()
 * says what is wrong with it.
 * @param {string} option
 * @param {string | null} text
 * @returns {any}
 */
export function read(option, text) {
  if (text === null) return null;
  const usual = DEFAULTS[option];
  if (typeof usual === "boolean") return text.trim() !== "false";
  const number = (/** @type {string} */ word) =>
    word === "" || Number.isNaN(Number(word)) ? word : Number(word);
  if (option === "x" && text.includes(";")) return text.split(";").map((row) => read("y", row));
  const words = text.match(/[^\s,]+/g) ?? [];
  const isOfMany = OF_RUNS.includes(option) && words.length > 1;
  const isList =
    Array.isArray(usual) || ["guess", "panels", "controls"].includes(option) || isOfMany;
  if (option === "controls" && text.trim() === "beginner") return "beginner";
  if (isList) return words.map(number);
  return typeof usual === "string" && !OF_RUNS.includes(option) ? text : number(text.trim());
}
