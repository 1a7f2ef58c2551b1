// Run in a page after paintings.js: notes when what `look` sees has changed in a painting.
// `look` returns what tells one picture from another, or null while there is no picture.
(look) => {
  let last = null;
  let times = []; // of the paintings that changed it, in ms since 1970
  let still = 0; // paintings since then

  eachPainting(() => {
    const seen = look();
    still += 1;
    if (seen === null || seen === last) return;
    last = seen;
    still = 0;
    times.push(performance.timeOrigin + performance.now());
  });

  window.watch = {
    /** Forget all that was noted; the picture that is there now is no change. */
    restart() {
      times = [];
      still = 0;
    },
    /** Forget the picture, too: the next one there is counts as the first. */
    forget() {
      last = null;
      times = [];
    },
    get times() {
      return times;
    },
    get still() {
      return still;
    },
  };
};
