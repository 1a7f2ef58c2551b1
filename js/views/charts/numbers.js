// Numbers as they are read: fixed decimals per quantity, so that they do not dance, and a
// real minus sign.

import { once } from "../../core/once.js";
import { numeral, spoken } from "../../words/say.js";
import { leastSquares, rootMeanSquares, varY } from "../../core/quadratic.js";
import { clamp } from "./clamp.js";

const EXPONENT_FROM = 1e7;
export const MOST_DECIMALS = 6; // smaller quantities are written with exponents

/**
 * How many decimals show a quantity of this size with three digits.
 * @param {number} size
 */
export function decimalsFor(size) {
  if (!(size > 0) || !Number.isFinite(size)) return 2;
  return Math.max(0, 2 - Math.floor(Math.log10(size)));
}

/**
 * As code has it, with a point in every language.
 * @param {number} value
 * @param {number} decimals
 * @param {number} [most]
 */
export function fixedInCode(value, decimals, most = MOST_DECIMALS) {
  const isFar = Math.abs(value) >= EXPONENT_FROM || decimals > most;
  const text = isFar ? value.toExponential(2) : value.toFixed(decimals);
  // What rounds to zero is zero, without a sign.
  return Number(text) === 0 ? text.replace("-", "") : text.replaceAll("-", "−");
}

/** The same, as it is read. @param {Parameters<typeof fixedInCode>} how */
export const fixed = (...how) => numeral(fixedInCode(...how));

/** A count, whole, however large. @param {number} value */
export const whole = (value) => spoken().whole(value);

/**
 * A number as a person would type it in code: as many digits as it has, three at most, or more where
 * others are close.
 * @param {number} value
 * @param {number} [digits]  at most
 */
export function plainInCode(value, digits = 3) {
  const short = Number(value.toPrecision(digits));
  const tiny = short !== 0 && Math.abs(short) < 1e-4;
  const text = tiny || Math.abs(short) >= EXPONENT_FROM ? short.toExponential() : String(short);
  return text.replaceAll("-", "−");
}

/** The same, as it is read. @param {Parameters<typeof plainInCode>} how */
export const plain = (...how) => numeral(plainInCode(...how));

/** The decimals of each quantity, from the sizes these data imply: of each parameter its own. */
export const decimals = once((bowl) => {
  const spread = Math.sqrt(varY(bowl));
  const { columns } = rootMeanSquares(bowl);
  return {
    params: leastSquares(bowl).map((best, i) => {
      const size = spread / (columns[i] || 1); // of one that counts; what is much smaller is rounding
      return decimalsFor(Math.abs(best) > 1e-4 * size ? Math.abs(best) : size);
    }),
    guess: decimalsFor(spread),
    loss: decimalsFor(Math.max(bowl.floor, 1e-3 * spread * spread)),
  };
});

/**
 * Where in a range a value is, from 0 to 100: for assistive technology, which knows neither
 * exponents nor numbers beyond its range.
 * @param {number} value
 * @param {[number, number]} range
 */
export const percent = (value, [low, high]) =>
  Math.round(100 * clamp((value - low) / (high - low), 0, 1));

/** Two digits: what a slider can point at. @param {number} value */
export const rounded = (value) => Number(value.toPrecision(2));

/** A place, as paths of SVG have it. @param {number} px @param {number} py */
export const pixels = (px, py) => `${px.toFixed(1)},${py.toFixed(1)}`;
