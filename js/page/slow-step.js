// A slow step: the update to come, one line of its code at a time.

/** @param {import("../types.js").Actions} actions */
export function newSlowStep({ pause, step }) {
  /** The line that it is at; null: none is under way. @type {number | null} */
  let line = null;
  let lines = 0; // there are
  let from = ""; // what the step to come goes on from
  let isPlaying = false;

  return {
    /**
     * Take in what is to be drawn: it is over once another step is to come.
     * @param {import("../types.js").View} view
     * @param {number} count  of the lines of the step to come
     */
    follow: (view, count) => {
      const beginning = view.playing ? "" : beginningOf(view, count);
      if (!beginning || beginning !== from) line = null;
      [from, lines, isPlaying] = [beginning, count, view.playing];
      return line;
    },

    /** One line further; after the last, the step is made. */
    go: () => {
      const next = line === null ? 0 : line + 1;
      if (isPlaying) pause();
      line = next < lines ? next : null;
      if (line === null) step();
    },
  };
}

/**
 * What the step to come goes on from, and by which lines: the loss tells data apart.
 * @param {import("../types.js").View} view
 * @param {number} lines
 */
const beginningOf = ({ resets, chosen, optimizer, row }, lines) =>
  [resets, chosen, optimizer, lines, row.step, row.params, row.loss].join();
