// Rows of numbers in one growing typed array. A row begins with its step; they are in order of it.

/**
 * The place of the last of `length` steps, in order, that is at most this; -1 when there is none.
 * @param {number} step
 * @param {number} length
 * @param {(i: number) => number} stepAt
 */
export function lastUpTo(step, length, stepAt) {
  let low = 0;
  while (low < length) {
    const middle = (low + length) >> 1;
    if (stepAt(middle) <= step) low = middle + 1;
    else length = middle;
  }
  return low - 1;
}

/** @param {number} width  numbers in a row, at first: it grows with what is put here */
export function newRows(width) {
  let numbers = new Float64Array(0);
  let length = 0;

  /** The number in a column of the i-th row. @param {number} i @param {number} column */
  const at = (i, column) => numbers[i * width + column];

  // No subarray() here: once Firefox has compiled it, it takes a wrong part now and then.
  /** A copy of the numbers of the i-th row, up to the j-th. @param {number} i @param {number} [j] */
  const between = (i, j = i + 1) => numbers.slice(i * width, j * width);

  /** @param {number} most  rows @param {number} widest  numbers in one */
  function makeRoom(most, widest) {
    if (widest <= width && most * width <= numbers.length) return;
    const wider = Math.max(widest, width);
    const larger = new Float64Array(Math.max(most, 2 * length, 256) * wider);
    for (let i = 0; i < length; i++) larger.set(between(i), i * wider);
    numbers = larger;
    width = wider;
  }

  /**
   * Put rows in the place of others.
   * @param {number} i
   * @param {Float64Array} rows
   * @param {number} wide  numbers in each
   */
  function write(i, rows, wide) {
    makeRoom(length, wide);
    for (let from = 0; from < rows.length; from += wide, i++) {
      numbers.fill(0, i * width, (i + 1) * width);
      for (let k = 0; k < wide; k++) numbers[i * width + k] = rows[from + k];
    }
  }

  return {
    at,
    between,
    write,

    get length() {
      return length;
    },

    get width() {
      return width;
    },

    /** The place of the last row at or before a step, -1 when there is none. @param {number} step */
    indexOf: (step) => lastUpTo(step, length, (i) => at(i, 0)),

    /**
     * Put rows at a place; those from there on move up.
     * @param {number} i
     * @param {Float64Array} rows
     * @param {number} wide  numbers in each
     */
    insert(i, rows, wide) {
      const n = rows.length / wide;
      makeRoom(length + n, wide);
      numbers.copyWithin((i + n) * width, i * width, length * width);
      length += n;
      write(i, rows, wide);
    },

    /** Keep the first ones alone. @param {number} n */
    truncate(n) {
      length = n;
    },

    /** Keep some alone. @param {(i: number) => boolean} isKept  asked in order */
    keep(isKept) {
      let kept = 0;
      for (let i = 0; i < length; i++) {
        if (isKept(i)) numbers.copyWithin(kept++ * width, i * width, (i + 1) * width);
      }
      length = kept;
    },
  };
}
