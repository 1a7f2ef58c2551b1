// The parameters in words.

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
export function inWords({ labels: { names, bowl }, row: { params } }) {
  const d = decimals(bowl);
  const number = (/** @type {number} */ i) => fixed(params[i], d.params[i]);
  if (names.length > MOST || names.join("").length > LETTERS)
    return [["a", shortened(params.length, number).join(""), "a"]];
  const isLine = String(names) === "slope,intercept";
  return names.map((name, i) => [name, number(i), isLine ? name : "parameter"]);
}
