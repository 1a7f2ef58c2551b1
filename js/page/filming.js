// The making of a film from the menu: how far it is, and that it can be stopped.

import { filmOf } from "./film.js";

/**
 * @param {HTMLElement} root  the view's
 * @param {import("./film.js").Session} session
 * @param {() => void} redraw
 * @param {(film: Blob) => void} save
 * @returns {import("../views/controls/film-entry.js").Film}
 */
export function newFilming(root, session, redraw, save) {
  /** @type {{ made: number, all: number } | null} */
  let progress = null;
  const show = (/** @type {typeof progress} */ now) => {
    progress = now;
    redraw();
  };
  return {
    get progress() {
      return progress;
    },

    async start() {
      show({ made: 0, all: 0 });
      try {
        const film = await filmOf(root, session, (made, all) => {
          if (progress) show({ made, all });
          return progress !== null;
        });
        if (film) save(film);
      } finally {
        show(null);
      }
    },

    stop: () => show(null),
  };
}
