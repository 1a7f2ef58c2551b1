// The way that training has come over the surface, as the paths of SVG. It grows step by step: what has
// been made of it is kept for as long as it stands where it stood.

import { clamp } from "../charts/clamp.js";
import { areSame } from "../charts/memo.js";
import { pixels } from "../charts/numbers.js";

const MOST_DOTS = 60; // steps that are marked on the way
const MOST_PIECES = 400; // of the way
const NEAR = 0.7; // pixels; of places nearer to each other one is drawn
export const FAR = 1e4; // pixels; nothing is drawn further away

/**
 * @typedef {import("./ground.js").Pair} Pair
 * @typedef {import("../../types.js").Run} Run
 *
 * @typedef {object} Way
 * @property {string} line  the points of a polyline
 * @property {string} dots  a path
 * @property {Pair[]} places  the same points, in pixels
 *
 * What has been made of one, up to the i-th row.
 * @typedef {Way & { i: number, latest: number[], key: unknown[] }} Made
 */

/** Pixels, no further away than can be drawn. @param {Pair} place */
export const near = (place) =>
  /** @type {Pair} */ (place.map((pixels) => clamp(pixels, -FAR, FAR)));

/** @param {number[]} pixels */
export const isFar = (...pixels) => pixels.some((pixel) => Math.abs(pixel) >= FAR);

/** A memory of the ways of all runs. */
export function newWays() {
  /** @type {WeakMap<Run["history"], Made>} */
  const kept = new WeakMap();

  /**
   * @param {Pick<Run, "history" | "row">} run
   * @param {Pick<import("./surface-scene.js").SurfaceScene, "at" | "key">} scene
   * @returns {Way}
   */
  return ({ history, row }, { at, key }) => {
    const last = history.indexOf(row.step);
    const every = Math.ceil((last + 1) / MOST_PIECES);
    const keys = [every, ...history.paramsAt(0), ...key];
    let made = kept.get(history);
    if (!made || !goesOn(made, keys, history, last, every)) {
      made = { line: "", dots: "", places: [], i: 0, latest: [], key: keys };
      kept.set(history, made);
    }
    for (; made.i < last; made.i += every) {
      const [x, y] = made.places.at(-1) ?? [NaN, NaN];
      // A line that swings from one end of the world to the other takes browsers long to dash.
      if (isFar(x, y)) break;
      made.latest = history.paramsAt(made.i);
      const [px, py] = at({ params: made.latest });
      if (Math.hypot(px - x, py - y) < NEAR) continue;
      made.places.push([px, py]);
      made.line += `${pixels(px, py)} `;
      if (every === 1 && made.i < MOST_DOTS) made.dots += `M${pixels(px, py)}h.1`;
    }
    const place = at(row);
    const now = pixels(...place);
    const isMarked = every === 1 && last < MOST_DOTS;
    return {
      line: made.line + now,
      dots: made.dots + (isMarked ? `M${now}h.1` : ""),
      places: [...made.places, place],
    };
  };
}

/**
 * Whether what was made of a way stands where it would be made now.
 * @param {Made} made
 * @param {unknown[]} key
 * @param {Run["history"]} history
 * @param {number} last
 * @param {number} every
 */
function goesOn({ key: before, i, latest }, key, history, last, every) {
  const j = i - every; // the last row that it has
  return (
    j < last && areSame(key, before) && (j < 0 || String(history.paramsAt(j)) === String(latest))
  );
}
