// Numbers of the code panel, each in room of its own, so that it does not dance.

import { html } from "lit-html";
import { fixed, plain } from "../charts/numbers.js";

/**
 * How a quantity is written, and the room it is given; with more than `MOST` decimals it has an
 * exponent.
 * @typedef {{ decimals: number, width: number }} Format
 */

/** So many decimals that a small step shows in them. */
export const MOST = 8;

/**
 * @param {ArrayLike<number>} values
 * @param {Format[]} formats
 */
export const pair = (values, formats) =>
  html`<span class="pair">[${slot(values[0], formats[0])}, ${slot(values[1], formats[1])}]</span>`;

/**
 * Of many numbers the first two and the last.
 * @param {number} n  how many there are
 * @param {(i: number) => number} at
 * @param {Format} format
 */
export function firstAndLast(n, at, format) {
  const places = n > 3 ? [0, 1, n - 1] : [...Array(n).keys()];
  const all = places.map((i) => slot(at(i), format));
  if (n > 3) all.splice(2, 0, html`…`);
  return html`<span class="pair">[${all.map((one, k) => (k ? [", ", one] : one))}]</span>`;
}

/**
 * A symmetric matrix, its numbers in three digits.
 * @param {number} a
 * @param {number} b
 * @param {number} d
 */
export const matrix = (a, b, d) =>
  html`<span class="pair">[[${short(a)}, ${short(b)}], [${short(b)}, ${short(d)}]]</span>`;

/**
 * @param {number} value
 * @param {Format} format
 */
const slot = (value, { decimals, width }) =>
  html`<span class="slot" .style="min-width:${width}ch">${finite(value, decimals, MOST)}</span>`;

/** @param {number} value */
export const short = (value) => (Number.isFinite(value) ? plain(value) : finite(value, 0));

/**
 * The step after the last finite one may lead anywhere.
 * @param {number} value
 * @param {number} decimals
 * @param {number} [most]
 */
export function finite(value, decimals, most) {
  if (Number.isFinite(value)) return fixed(value, decimals, most);
  return value > 0 ? "∞" : value < 0 ? "−∞" : "?";
}
