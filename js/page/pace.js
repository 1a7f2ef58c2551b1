// How often a view is drawn in full. While it plays most frames draw only what moves: nobody reads
// words and numbers that change more often than this.

const EVERY = 100; // milliseconds

/**
 * @param {() => void} redraw
 * @returns {{ isFull: (isPlaying: boolean) => boolean, stop: () => void }}
 */
export function newPace(redraw) {
  let last = -Infinity; // when it was drawn in full
  let timer = 0;
  let wasPlaying = false;
  const again = () => {
    timer = 0;
    redraw();
  };
  return {
    /**
     * Whether this drawing is one in full. After one that is not, one follows in any case.
     * @param {boolean} isPlaying
     */
    isFull(isPlaying) {
      const now = performance.now();
      const isSoon = isPlaying && wasPlaying && now - last < EVERY;
      wasPlaying = isPlaying;
      if (isSoon) timer ||= window.setTimeout(again, last + EVERY - now);
      else last = now;
      return !isSoon;
    },

    stop: () => clearTimeout(timer),
  };
}
