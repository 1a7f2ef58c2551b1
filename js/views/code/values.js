// Numbers of the code panel, each in room of its own, so that it does not dance.

import { html } from "lit-html";
import { fixedInCode, plainInCode } from "../charts/numbers.js";

/**
 * How a quantity is written, and the room it is given; with more than `MOST` decimals it has an
 * exponent.
 * @typedef {{ decimals: number, width: number }} Format
 */

/** So many decimals that a small step shows in them. */
export const MOST = 8;

/** Which of n are written: of many the first two and the last. @param {number} n */
export const written = (n) => (n > 3 ? [0, 1, n - 1] : [...Array(n).keys()]);

/**
 * Those of n that are written, with dots for the others.
 * @param {number} n
 * @param {(i: number, k: number) => unknown} item  of the i-th, which is the k-th that is written
 * @param {string} [mark]  between them
 */
export function shortened(n, item, mark = ", ") {
  const all = written(n).map(item);
  if (n > 3) all.splice(2, 0, "…");
  return all.flatMap((one, k) => (k ? [mark, one] : ["[", one])).concat("]");
}

/** The same, kept in one line. @type {(...of: Parameters<typeof shortened>) => unknown} */
export const list = (...of) => html`<span class="pair">${shortened(...of)}</span>`;

/**
 * @param {ArrayLike<number>} values
 * @param {Format[]} formats  of those that are written
 */
export const vector = (values, formats) =>
  list(values.length, (i, k) => slot(values[i], formats[k]));

/** A square matrix, its numbers in three digits. @param {number[][]} rows */
export const matrix = (rows) =>
  list(rows.length, (i) => list(rows.length, (j) => short(rows[i][j])));

/**
 * @param {number} value
 * @param {Format} format
 */
export const slot = (value, { decimals, width }) => boxed(finite(value, decimals, MOST), width);

/**
 * In a box that no text can change: another one is laid out alone.
 * @param {string} text
 * @param {number} [least]  letters that there is room for
 */
export const boxed = (text, least = 0) =>
  html`<span class="slot" .style="width:${Math.max(least, text.length)}ch">${text}</span>`;

/** @param {number} value */
export const short = (value) => (Number.isFinite(value) ? plainInCode(value) : finite(value, 0));

/**
 * The step after the last finite one may lead anywhere.
 * @param {number} value
 * @param {number} decimals
 * @param {number} [most]
 */
export function finite(value, decimals, most) {
  if (Number.isFinite(value)) return fixedInCode(value, decimals, most);
  return value > 0 ? "∞" : value < 0 ? "−∞" : "?";
}
