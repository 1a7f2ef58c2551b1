// How often a view is drawn in full. While it plays most frames draw only what moves: nobody reads
// words and numbers that change more often than this. What somebody does is answered at once all the
// same. And of the panels that follow the fit, each has every other frame, where frames come one after
// another.

const EVERY = 333; // milliseconds
const ONE_AFTER_ANOTHER = 40; // milliseconds from one frame to the next, at most

/**
 * @typedef {object} Part  of a view, that is drawn
 * @property {boolean} inFull  else only what moves, and which step it is
 * @property {number | null} turn  0 or 1: of the panels beside the fit, those whose turn it is; null: all
 */

/**
 * @param {() => void} redraw
 * @returns {{ next: (isPlaying: boolean) => Part, hurryUp: () => void, stop: () => void }}
 */
export function newPace(redraw) {
  let last = -Infinity; // when it was drawn in full
  let timer = 0;
  let before = -Infinity; // when anything was
  let turn = 0;
  let wasPlaying = false;
  const again = () => {
    timer = 0;
    redraw();
  };
  return {
    /**
     * What this drawing is to have. After one that is not in full, one follows in any case.
     * @param {boolean} isPlaying
     */
    next(isPlaying) {
      const now = performance.now();
      const isSoon = isPlaying && wasPlaying && now - last < EVERY;
      const isNext = isSoon && now - before < ONE_AFTER_ANOTHER;
      wasPlaying = isPlaying;
      before = now;
      if (isSoon) timer ||= window.setTimeout(again, last + EVERY - now);
      else last = now;
      turn = 1 - turn;
      return { inFull: !isSoon, turn: isNext ? turn : null };
    },

    /** The next drawing is in full, however soon. */
    hurryUp: () => {
      last = -Infinity;
    },

    stop: () => clearTimeout(timer),
  };
}
