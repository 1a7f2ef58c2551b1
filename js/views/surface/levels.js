// The level sets of the loss, as they are seen from above, or stacked.

import { svg } from "lit-html";
import { gradient, leastSquares, levelSet } from "../../core/quadratic.js";
import { cutOff } from "./cut-off.js";
import { contours } from "./landscape.js";
import { FAR } from "./way.js";

const LEVELS = 9; // ellipses

/**
 * @typedef {import("./surface-scene.js").SurfaceScene} SurfaceScene
 * @typedef {import("../../core/quadratic.js").Bowl} Bowl
 */

/**
 * How high over its floor a bowl is in the corners of a picture, at most.
 * @param {{ bowl: Bowl, frame: SurfaceScene["frame"] }} picture
 */
export const topOf = ({ bowl, frame: { x, y } }) =>
  Math.max(
    ...x.domain.flatMap((right) =>
      y.domain.map((up) => gradient(bowl, [right, up])[0] - bowl.floor),
    ),
  );

/**
 * From above, heights are round, each √10 times the next one, so that the level sets stay where they are
 * whatever is dragged. From the side, the ellipses are evenly far from each other.
 * @param {Bowl} bowl
 * @param {SurfaceScene} scene
 */
function heightsOf(bowl, scene) {
  const top = topOf({ bowl, frame: scene.frame });
  const highest = Math.floor(2 * Math.log10(top));
  return Array.from({ length: LEVELS }, (_, i) =>
    scene.turn ? scene.top * (1 - i / LEVELS) ** 2 : 10 ** ((highest - i) / 2),
  );
}

/**
 * Level sets: exact ellipses, each the unit circle under a matrix. So long that they are parallels in
 * the picture, as in a valley, they are cut to what can be drawn.
 * @param {SurfaceScene} scene
 */
export function levels(scene) {
  const { ground, project } = scene;
  const { bowl } = ground;
  if (!bowl) return contours(scene);
  const best = leastSquares(bowl);
  return heightsOf(bowl, scene).map((height) => {
    // A line's bowl is seen whole; sections of more parameters' may be long valleys.
    if (scene.turn && bowl.intercept === null)
      return cutOff(scene, best, levelSet(bowl, height), height);
    const [px, py] = project(best, height);
    const matrix = levelSet(bowl, height).flatMap(([right, up]) => {
      const [x, y] = project([best[0] + right, best[1] + up], height);
      const cut = Math.min(1, FAR / Math.hypot(x - px, y - py));
      return [cut * (x - px), cut * (y - py)];
    });
    return svg`<circle class="level" r="1" transform="matrix(${[...matrix, px, py].join(" ")})" />`;
  });
}
