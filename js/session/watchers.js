// Who draws what is shown: each is called at most once a frame, when there is something new.

const AT_ONCE = -1; // in the place of a frame that is waited for

/**
 * @typedef {ReturnType<typeof newWatchers>} Watchers
 *
 * @param {import("../core/clock.js").Clock} clock
 */
export function newWatchers(clock) {
  /** @type {Set<() => void>} */
  const all = new Set();
  let frame = 0;

  const draw = () => {
    frame = 0;
    for (const one of all) {
      try {
        one();
      } catch (error) {
        reportError(error); // as if nobody had caught it; other views and the player go on
      }
    }
  };

  return {
    all,

    /** There is something new: it is drawn in the next frame. */
    changed: () => {
      if (all.size) frame ||= clock.requestFrame(draw);
    },

    /**
     * Change something, in a frame, and draw it at once: waiting for the next would cost one.
     * @param {() => void} change
     */
    now: (change) => {
      clock.cancelFrame(frame);
      frame = AT_ONCE;
      try {
        change();
      } finally {
        draw();
      }
    },

    close: () => {
      clock.cancelFrame(frame);
      all.clear();
    },
  };
}
