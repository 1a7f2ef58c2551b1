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
    look,
    /** Count from here on. The picture that is there is no change, unless it is to be forgotten. */
    restart(forgets = false) {
      times = [];
      still = 0;
      if (forgets) last = null;
    },
    get times() {
      return times;
    },
    get still() {
      return still;
    },
  };
};
