// Where the name of the curve of points that are held back stands: clear of all curves.

import { say } from "../../words/say.js";
import { clamp } from "../charts/clamp.js";
import { widthOf } from "../charts/names.js";
import { floorOf } from "../told.js";

// All in pixels.
const NUMBER = 60; // of that of the best fit, at the end
const BESIDE = 10; // from the end of a curve to its name
const HALF = 11; // of a line of letters, and of the circle where a run is
const BASE = 4; // from the middle of a line down to what letters stand on
const COLUMN = 4; // in which curves are looked at
const ACROSS = 8; // from one place that is tried to the next,
const DOWN = 3; // and from one line to the next

/**
 * The place that is nearest to the end of the curve; null: there is room nowhere. It stays where it
 * is while one goes back and forth in what has been seen.
 * @param {string} name
 * @param {import("../../types.js").View} view
 * @param {Pick<import("../../types.js").Run, "history">} held
 * @param {import("../charts/axes.js").Frame} frame
 * @returns {[number, number] | null}  where the name begins, on the line that it stands on
 */
export function placeOfName(name, view, held, { box, x, y }) {
  const { seen, runs } = view;
  const [low, high] = y.domain;
  const heightOf = (/** @type {number} */ loss) => y.at(clamp(loss, low, high));
  const [last, floor] = [x.at(seen), heightOf(floorOf(view) ?? low)];
  const histories = [held, ...runs].map(({ history }) => history);

  /** Where all curves are, in a place. @param {number} px */
  const heightsAt = (px) =>
    px - COLUMN > last
      ? [floor]
      : [floor, ...histories.map((one) => heightOf(lossIn(one, Math.min(x.invert(px), seen))))];
  const n = Math.ceil((box.right - box.left) / COLUMN);
  const heights = Array.from({ length: n + 1 }, (_, i) => heightsAt(box.left + COLUMN * i));

  const long = widthOf(name);
  const isClear = (/** @type {number} */ from, /** @type {number} */ middle) => {
    const first = Math.max(0, Math.floor((from - box.left) / COLUMN) - 1);
    for (let i = first; i < n && box.left + COLUMN * i < from + long; i++) {
      for (let k = 0; k < heights[i].length; k++) {
        const [a, b] = [heights[i][k], heights[i + 1][k] ?? heights[i][k]];
        if (Math.max(a, b) > middle - HALF && Math.min(a, b) < middle + HALF) return false;
      }
    }
    return true;
  };

  const end = [last + BESIDE, heightOf(lossIn(held.history, seen))];
  const right = box.right - NUMBER - widthOf(say("best fit")) - long;
  let best = /** @type {{ far: number, place: [number, number] | null }} */ ({
    far: Infinity,
    place: null,
  });
  for (const middle of along(end[1], box.top + HALF, box.bottom - HALF, DOWN)) {
    for (const from of along(end[0], box.left, right, ACROSS)) {
      const far = Math.abs(from - end[0]) + Math.abs(middle - end[1]);
      if (far < best.far && isClear(from, middle)) best = { far, place: [from, middle + BASE] };
    }
  }
  return best.place;
}

/** The loss at a step, or at the one before. @param {import("../../core/table.js").Table} history @param {number} step */
const lossIn = (history, step) => history.lossAt(Math.max(0, history.indexOf(step)));

/**
 * Places within two bounds, in equal distances of which one is the wanted place.
 * @param {number} wanted
 * @param {number} from
 * @param {number} to
 * @param {number} distance
 */
function along(wanted, from, to, distance) {
  const first = wanted + distance * Math.ceil((from - wanted) / distance);
  const n = Math.max(0, Math.floor((to - first) / distance) + 1);
  return Array.from({ length: n }, (_, i) => first + distance * i);
}
