// The way that training has come over the surface, as the paths of SVG. It grows step by step: what has
// been made of it is kept for as long as it stands where it stood.

import { clamp } from "../charts/clamp.js";

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
 *
 * What has been made of one, up to the i-th row.
 * @typedef {Way & { i: number, latest: number[], near: Pair, isOver: boolean, key: unknown[] }} Made
 */

/** Pixels, no further away than can be drawn. @param {Pair} place */
export const near = (place) =>
  /** @type {Pair} */ (place.map((pixels) => clamp(pixels, -FAR, FAR)));

/** @param {number[]} pixels */
export const isFar = (...pixels) => pixels.some((pixel) => Math.abs(pixel) >= FAR);

/** @param {number} px @param {number} py */
const pixels = (px, py) => `${px.toFixed(1)},${py.toFixed(1)}`;

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
      made = { line: "", dots: "", i: 0, latest: [], near: [NaN, NaN], isOver: false, key: keys };
      kept.set(history, made);
    }
    for (; made.i < last && !made.isOver; made.i += every) {
      made.latest = history.paramsAt(made.i);
      const [px, py] = at({ params: made.latest });
      if (Math.hypot(px - made.near[0], py - made.near[1]) < NEAR) continue;
      made.near = [px, py];
      made.line += `${pixels(px, py)} `;
      if (every === 1 && made.i < MOST_DOTS) made.dots += `M${pixels(px, py)}h0`;
      // A line that swings from one end of the world to the other takes browsers long to dash.
      made.isOver = isFar(px, py);
    }
    const now = pixels(...at(row));
    const isMarked = every === 1 && last < MOST_DOTS;
    return { line: made.line + now, dots: made.dots + (isMarked ? `M${now}h0` : "") };
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
    j < last &&
    key.length === before.length &&
    key.every((part, k) => Object.is(part, before[k])) &&
    (j < 0 || String(history.paramsAt(j)) === String(latest))
  );
}
