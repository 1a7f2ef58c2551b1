// What belongs to one view alone, and not to the session that it shows.

import { copy } from "./copy.js";
import { download } from "./save-files.js";

/**
 * @param {() => void} redraw
 * @param {() => import("lit-html").TemplateResult} menu  to save what is seen
 * @returns {import("../types.js").Look}
 */
export function newLook(redraw, menu) {
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  const drag = (/** @type {boolean} */ isDragging) => () => {
    look.motion.isDragging = isDragging;
    redraw();
  };
  /** @type {import("../types.js").Look} */
  const look = {
    width: 0,
    height: 0,
    residuals: "lines",
    feature: -1,
    lossScale: "auto",
    plane: null,
    turn: null,
    showsMore: false,
    showsCode: null,
    fullScreen: null,
    motion: {
      isDragging: false,
      hold: drag(true),
      release: drag(false),
      get again() {
        return quiet.matches ? null : redraw;
      },
      redraw,
    },
    change: (change) => {
      Object.assign(look, change);
      redraw();
    },
    menu,
    copy,
    download,
  };
  return look;
}
