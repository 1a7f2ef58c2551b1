// Who draws what is shown: each is called at most once a frame, when there is something new.

/** @param {import("../core/clock.js").Clock} clock */
export function newWatchers(clock) {
  /** @type {Set<() => void>} */
  const all = new Set();
  let frame = 0;

  /** Draw at once. */
  const draw = () => {
    clock.cancelFrame(frame);
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
    draw,
    /** There is something new: it is drawn in the next frame. */
    changed: () => {
      if (all.size) frame ||= clock.requestFrame(draw);
    },
    close: () => {
      clock.cancelFrame(frame);
      all.clear();
    },
  };
}
