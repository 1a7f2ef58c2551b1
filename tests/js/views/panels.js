// Panels as a page draws them: what they remember is brought up to date before each drawing.

import { fitPanel } from "../../../js/views/fit/fit.js";
import { newFitScene } from "../../../js/views/fit/fit-scene.js";
import { pointWords } from "../../../js/views/fit/point-words.js";
import { surface } from "../../../js/views/surface/surface.js";
import { newSurfaceScene } from "../../../js/views/surface/surface-scene.js";

/** Nothing moves by itself. @type {import("../../../js/types.js").Motion} */
export const STILL = { isDragging: false, hold() {}, release() {}, again: null, redraw() {} };

const SIZE = { width: 400, height: 300 };
const ACTIONS = { setGuess() {}, editPoints() {} };

/**
 * A view's drawing function of the fit, and of the words about it.
 * @param {object} [given]
 * @param {import("../../../js/types.js").Motion} [given.motion]
 * @param {import("../../../js/types.js").PictureOf} [given.pictureOf]
 */
export function fitOf({ motion = STILL, pictureOf = async () => null } = {}) {
  const scene = newFitScene(motion, pictureOf);
  const fit = fitPanel();
  /** @param {any} view @param {any} [options] */
  return (
    view,
    { size = SIZE, next = null, residuals = "lines", feature = -1, ...actions } = {},
  ) => {
    const look = /** @type {any} */ ({ residuals, motion });
    const now = scene.follow(view, size, feature);
    return [
      fit(view, now, { next, look, inFull: true, actions: { ...ACTIONS, ...actions } }),
      pointWords(view, now.choice.i),
    ];
  };
}

/** The surface, drawn for the first time. @param {any} view @param {any} next */
export function drawSurface(view, next) {
  const look = /** @type {any} */ ({ motion: STILL, plane: null });
  const scene = newSurfaceScene(STILL, async () => null);
  return surface(view, scene(view, SIZE, { plane: null, turn: null }), {
    next,
    look,
    inFull: true,
    actions: ACTIONS,
  });
}
