// The lowest and the highest of any stretch of many numbers, without looking at each of them: both
// are kept for every eight neighbours, for every eight of these, and so on.

const FAN = 8;

/** @typedef {[number, number]} Places  of the lowest and of the highest number */

/** @param {(i: number) => number} at  the number at a place */
export function newExtremes(at) {
  /** Of stretches of 8 numbers, of 64, ... @type {Places[][]} */
  const levels = [];

  /** @param {Places} one @param {Places} other @returns {Places} */
  const better = (one, other) => [
    at(other[0]) < at(one[0]) ? other[0] : one[0],
    at(other[1]) > at(one[1]) ? other[1] : one[1],
  ];

  /** @param {number} level  0: one number @param {number} i @returns {Places} */
  function stretch(level, i) {
    if (level === 0) return [i, i];
    const stretches = (levels[level - 1] ??= []);
    return (stretches[i] ??= Array.from({ length: FAN }, (_, k) =>
      stretch(level - 1, FAN * i + k),
    ).reduce(better));
  }

  return {
    /** The numbers from a place on are others now. @param {number} from */
    forget(from) {
      levels.forEach((stretches, level) => {
        stretches.length = Math.min(stretches.length, Math.floor(from / FAN ** (level + 1)));
      });
    },

    /**
     * Of the numbers from one place to another, that one included.
     * @param {number} from
     * @param {number} to
     * @returns {Places}
     */
    of(from, to) {
      /** @type {Places} */
      let found = [from, from];
      for (let i = from, size; i <= to; i += size) {
        let level = 0;
        for (size = 1; i % (size * FAN) === 0 && i + size * FAN <= to + 1; size *= FAN) level += 1;
        found = better(found, stretch(level, i / size));
      }
      return found;
    },
  };
}
