// Level sets as they are seen from the side: they end about where the picture's axes do.

import { svg } from "lit-html";

const CORNERS = 90; // of a polygon that passes for an ellipse
const LONGEST = 1e3; // pictures, that an ellipse reaches at most
const ROOM = 0.2; // of an axis, that is drawn beyond each end

/**
 * @typedef {import("./ground.js").Pair} Pair
 * @typedef {import("./surface-scene.js").SurfaceScene} SurfaceScene
 */

/**
 * An ellipse, cut off a little beyond the ends of both axes: of a valley, a piece is seen.
 * @param {Pick<SurfaceScene, "frame" | "project">} scene
 * @param {number[]} centre
 * @param {number[][]} steps  two, that make it of the unit circle
 * @param {number} height
 */
export function cutOff({ frame, project }, centre, steps, height) {
  const domains = [frame.x.domain, frame.y.domain];
  const [one, other] = steps.map((step) => {
    const reach = step.map((part, k) => Math.abs(part) / (domains[k][1] - domains[k][0]));
    return step.map((part) => part / Math.max(1, Math.max(...reach) / LONGEST));
  });
  let places = Array.from({ length: CORNERS }, (_, i) => {
    const angle = (2 * Math.PI * i) / CORNERS;
    return centre.map((part, k) => part + Math.cos(angle) * one[k] + Math.sin(angle) * other[k]);
  });
  domains.forEach(([low, high], k) => {
    const more = ROOM * (high - low);
    places = within(places, (place) => place[k] - low + more);
    places = within(places, (place) => high + more - place[k]);
  });
  const corners = places.map((place) =>
    project(/** @type {Pair} */ (place), height)
      .map((pixel) => pixel.toFixed(1))
      .join(","),
  );
  return svg`<path class="level" d=${corners.length ? `M${corners.join("L")}Z` : ""} />`;
}

/**
 * What of a polygon is on one side of a straight line. Source: Sutherland and Hodgman, Reentrant
 * polygon clipping (1974).
 * @param {number[][]} corners
 * @param {(place: number[]) => number} inside  how far, below 0 outside
 */
function within(corners, inside) {
  return corners.flatMap((to, i) => {
    const from = /** @type {number[]} */ (corners.at(i - 1));
    const [before, now] = [inside(from), inside(to)];
    const share = before / (before - now);
    const crossing = from.map((part, k) => part + share * (to[k] - part));
    return [...(before < 0 !== now < 0 ? [crossing] : []), ...(now < 0 ? [] : [to])];
  });
}
