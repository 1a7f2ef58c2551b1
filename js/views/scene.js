// What one view remembers from drawing to drawing, so that what is drawn keeps still or moves
// smoothly. It is brought up to date before each drawing; drawing itself writes nothing.

import { besideCharts } from "./beside.js";
import { newDraft } from "./bets/draft.js";
import { roomOf } from "./bets/row.js";
import { layOutShadow } from "./directions/layout-of-shadow.js";
import { newFitScene } from "./fit/fit-scene.js";
import { layOut } from "./layout.js";
import { newSurfaceScene } from "./surface/surface-scene.js";

/**
 * Where what is to be drawn stands. Of panels that are not shown, nothing is known.
 * @typedef {{ layout: import("./layout.js").Layout, draft: import("./bets/draft.js").Draft | null, fit: import("./fit/fit-scene.js").FitScene,
 *   surface: import("./surface/surface-scene.js").SurfaceScene }} Scene
 */

/**
 * @param {import("../types.js").Motion} motion
 * @param {Pick<import("../types.js").Actions, "pictureOf" | "heightsOf">} actions
 */
export function newScene(motion, { pictureOf, heightsOf }) {
  const fit = newFitScene(motion, pictureOf);
  const surface = newSurfaceScene(motion, heightsOf);
  /** Of an answer. @type {ReturnType<typeof newDraft> | null} */
  let draft = null;
  return {
    /**
     * Before each drawing.
     * @param {import("../types.js").View} view
     * @param {Pick<import("../types.js").Look, "width" | "height" | "isFull" | "showsCode" | "plane" | "turn" | "feature">} look
     * @returns {Scene}
     */
    follow: (view, look) => {
      const { panels } = view.labels;
      const hasBets = view.bets.length > 0;
      const room = hasBets ? roomOf(look.width) : 0;
      const aside = besideCharts?.(view, look);
      /** @type {[number, number, number | undefined]} */
      const space = [look.width, look.height - room, aside];
      const layout = layOutShadow?.(view.labels, ...space) ?? layOut(panels, ...space);
      if (hasBets) draft ??= newDraft(motion.redraw);
      /** @type {any} */
      const scene = { layout, draft: draft && draft.follow(view) };
      if (panels.includes("fit")) scene.fit = fit.follow(view, layout.size("fit"), look.feature);
      if (panels.includes("surface")) scene.surface = surface(view, layout.size("surface"), look);
      return scene;
    },

    close: fit.close,
  };
}
