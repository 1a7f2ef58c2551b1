// The parameters in words.

import { listMark, translated } from "../words/say.js";
import { decimals, fixed } from "./charts/numbers.js";
import { shortened } from "./code/values.js";

const MOST = 3; // of them have room beside their names,
const LETTERS = 20; // if these have no more together

/**
 * Each by its name; where these have no room, all in one list. The name, the number, and the term
 * that explains it.
 * @param {Pick<import("../types.js").View, "labels" | "row">} view
 * @returns {[string, string, string][]}
 */
export function inWords({ labels, row: { params } }) {
  const { names, bowl } = labels;
  const d = decimals(bowl);
  const number = (/** @type {number} */ i) => fixed(params[i], d.params[i]);
  if (names.length > MOST || names.join("").length > LETTERS)
    return [["a", shortened(params.length, number, listMark()).join(""), "a"]];
  const shown = shownNames(labels);
  return names.map((name, i) => [shown[i], number(i), isLine(names) ? name : "parameter"]);
}

/** @param {string[]} names */
const isLine = (names) => String(names) === "slope,intercept";

/**
 * The names of parameters as they are shown: ours are words, those of the reader's columns stay.
 * @param {Pick<import("../types.js").Labels, "names" | "model" | "bowl" | "function">} labels
 */
export const shownNames = ({ names, model, bowl, function: f }) =>
  names.map((name) => (f || (!bowl.of && model.features.includes(name)) ? name : translated(name)));
