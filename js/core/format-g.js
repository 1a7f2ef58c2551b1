// Numbers in sentences, as Python writes them.

/**
 * A number as Python's %g writes it: so many digits at most, and none that say nothing.
 * @param {number} number
 * @param {number} [digits]
 */
export function general(number, digits = 6) {
  // Of what is halfway Python takes the even digit, toExponential the larger number.
  const longer = number.toExponential(digits);
  const isExact = number.toExponential(60).replace(/0+e/, "e") === longer;
  const isEven = isExact && /[02468]\.?5e/.test(longer);
  const short = isEven ? longer.replace("5e", "0e") : number.toExponential(digits - 1);
  const power = Number(short.split("e")[1]);
  if (power >= -4 && power < digits) return String(Number(short));
  return short.replace(/\.?0+e/, "e").replace(/e(.)(\d)$/, "e$10$2");
}
