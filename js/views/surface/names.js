// Names on the surface: none of them may lie on another.

// All in pixels.
export const LINE = 16;
const PER_LETTER = 8;
const PER_SIGN = 13; // of Chinese

/**
 * What is taken by a name or a mark; py is the line that letters stand on.
 * @typedef {{ from: number, to: number, py: number }} Taken
 */

/** What a name takes, about. @param {string} text */
export const widthOf = (text) => (text < "⺀" ? PER_LETTER : PER_SIGN) * text.length;

/**
 * The first of some places where nothing else stands.
 * @template {Taken} Way
 * @param {Way[]} ways
 * @param {Taken[]} taken
 */
export const firstFree = (ways, taken) =>
  ways.find(({ from, to, py }) =>
    taken.every((other) => to <= other.from || other.to <= from || Math.abs(py - other.py) >= LINE),
  );
