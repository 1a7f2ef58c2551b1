// Names on charts: none lies on a mark, on another name, or on the way that training has come.

// All in pixels.
export const LINE = 16;
const PER_LETTER = 8;
const PER_SIGN = 13; // of Chinese
const [OVER, UNDER] = [10, 3]; // that letters reach from the line they stand on
const ROOM = 4; // around them

/** Lines further down that a name may stand, the best one first. */
export const LINES = [0, 1, -1, 2, -2];

/**
 * What a name takes; py is the line that letters stand on.
 * @typedef {{ from: number, to: number, py: number }} Taken
 *
 * What is drawn already, as the places that a line leads through.
 * @typedef {[number, number][]} Line
 */

/** What a name takes, about. @param {string} text */
export const widthOf = (text) => (text < "⺀" ? PER_LETTER : PER_SIGN) * text.length;

/** A name among what is drawn: the lines over and under its letters. @param {Taken} name @returns {Line} */
export const lineOf = ({ from, to, py }) => [
  [from, py],
  [to, py],
  [from, py - 7],
  [to, py - 7],
];

/** The middle of a mark. @param {[number, number]} place */
export const markOf = ([x, y]) => lineOf({ from: x - 3, to: x + 3, py: y + 3 });

/**
 * The first of some places for a name that lies on nothing. Lines that grow take places, and give none
 * back: a name moves seldom, and never to and fro.
 * @template {Taken} Place
 * @param {Place[]} places
 * @param {Line[]} lines
 */
export const firstFree = (places, lines) =>
  places.find(({ from, to, py }) => {
    const across = [from - ROOM, to + ROOM];
    const down = [py - OVER - ROOM, py + UNDER + ROOM];
    return !lines.some((line) =>
      line.some(([x2, y2], i) => {
        const [x1, y1] = line[i - 1] ?? [x2, y2];
        // On either side of it there is a corner of the name, else it passes by.
        const sides = () =>
          across.flatMap((x) => down.map((y) => (x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)));
        return reach([x1, x2], across) && reach([y1, y2], down) && reach(sides(), [0, 0]);
      }),
    );
  });

/** Whether some of a range is between numbers. @param {number[]} numbers @param {number[]} range */
const reach = (numbers, [low, high]) => Math.max(...numbers) >= low && Math.min(...numbers) <= high;
