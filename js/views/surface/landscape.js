// The loss over two parameters where it is no bowl: its heights at the nodes of a grid, and the level
// sets between them.

import { svg } from "lit-html";
import { heightAt, rings, sampled } from "../../core/contours.js";
import { heightsOver } from "../../core/heights.js";
import { sampleOf } from "../../core/model.js";
import { areSame, memo } from "../charts/memo.js";
import { shownNames } from "../params.js";

const LEVELS = 9; // as many as a bowl has
const PIXELS = 4; // that nodes are apart, at least,
const FINE = 2; // and of a function, whose valleys may be narrow
const [FEWEST, MOST] = [24, 96]; // nodes in each direction
const BEYOND = 0.02; // of the picture
const COARSER = 3; // times as far apart, while what is seen moves,
const REST = 150; // milliseconds, until it has come to rest
const PAUSE = 39; // times as long as a plane that moves took to be looked at, it is left
const WORK = 4e6; // looks at points that a grid may take
const SEEN = 0.9; // of the places in the picture, that are not too high to be drawn from the side
const DIGITS = 3; // of a height that is round
const FLAT = 0.25; // of a picture: where less is below the highest round height, much has none to be seen

/**
 * @typedef {import("../../core/contours.js").Grid} Grid
 * @typedef {import("../../core/objective.js").Objective} Objective
 * @typedef {import("../../core/quadratic.js").Params} Params
 * @typedef {import("../../types.js").View} View
 * @typedef {import("./ground.js").Ground} Ground
 * @typedef {import("./ground.js").Pair} Pair
 * @typedef {import("./surface-scene.js").SurfaceScene} SurfaceScene
 *
 * A grid, and how what is between its nodes is drawn.
 * @typedef {object} Relief
 * @property {Grid} grid
 * @property {number} floor  the least loss, or where that is not known, the least in the grid
 * @property {number[]} heights  over the floor that are drawn from above
 * @property {number[]} stacked  and from the side
 * @property {number} top  of these
 */

/**
 * Two parameters, and the loss of the run that is chosen; others stay as they are in the row shown.
 * @param {View} view
 * @param {Objective} objective
 * @param {Pair | null} chosen  the parameters to be the axes, where there are more than two
 * @returns {Ground}
 */
export function landscape({ labels, row: { params } }, { least, gradient }, chosen) {
  const [i, j] = chosen ?? [0, 1];
  const names = shownNames(labels);
  /** @type {Ground["placeOf"]} */
  const placeOf = ({ params: of }) => [of[i], of[j]];
  /** @type {Ground["paramsAt"]} */
  const paramsAt = (place) =>
    params.map((value, k) => (k === i ? place[0] : k === j ? place[1] : value));
  return {
    ...{ names: [names[i], names[j]], isCurve: false, bowl: null, placeOf, paramsAt },
    best: least && placeOf({ params: least }),
    lossAt: (place) => gradient(paramsAt(place))[0],
  };
}

/**
 * The heights of one view, made anew when the loss or the frame is another: coarsely while that moves
 * on, and finely once it is at rest. Those of a function that the kernel alone has are asked for; while
 * they are on their way, the last ones hold.
 * @param {import("../../types.js").HeightsOf} heightsOf
 * @param {() => void} redraw
 */
export function newHeights(heightsOf, redraw) {
  const reliefOf = memo(relief);
  /** What was seen last. @type {{ keys: unknown[], grid: Grid, isFine: boolean, until: number } | null} */
  let last = null;
  let resting = 0; // the timer
  /** @type {Grid | null} */
  let told = null;
  let wanted = ""; // the part that it was asked for last
  let isAsking = false;

  /** @param {import("../charts/axes.js").Frame} frame */
  const ask = async ({ x, y }) => {
    const part = String([x.domain, y.domain]);
    if (isAsking || part === wanted) return;
    [isAsking, wanted] = [true, part];
    told = (await heightsOf(x.domain, y.domain)) ?? told;
    isAsking = false;
    redraw();
  };

  /**
   * Of more than two parameters the plane moves with each step: a look at very many points would take
   * longer than a frame lasts, and the last one holds for a while.
   * @param {View} view
   * @param {Ground} ground
   * @param {import("../charts/axes.js").Frame} frame
   */
  const gridNow = (view, ground, frame) => {
    const keys = keysOf(view, ground, frame);
    const isStill = last !== null && areSame(keys, last.keys);
    if (last && isStill && (last.isFine || resting)) return last.grid;
    if (last && !isStill) {
      clearTimeout(resting);
      resting = window.setTimeout(() => {
        resting = 0;
        redraw();
      }, REST);
    }
    const began = performance.now();
    const isPlane = view.row.params.length > 2;
    const isOfLast = areSame(keys.slice(0, LASTING), last?.keys.slice(0, LASTING) ?? []);
    if (last && isPlane && isOfLast && began < last.until) {
      last = { ...last, keys, isFine: false };
      return last.grid;
    }
    const isFine = !last || isStill;
    const grid = sampleIn(view, ground, frame, isFine ? 1 : COARSER);
    const ended = performance.now();
    last = { keys, grid, isFine, until: ended + PAUSE * (ended - began) };
    return grid;
  };

  /**
   * Before each drawing.
   * @param {View} view
   * @param {Ground} ground
   * @param {import("../charts/axes.js").Frame} frame
   * @param {Objective} objective
   * @returns {Relief | null} null: not known, or not yet
   */
  return (view, ground, frame, { isKnown, floor }) => {
    const isFunction = Boolean(view.labels.function);
    if (!isKnown && isFunction) ask(frame);
    if (!isKnown) return told && reliefOf(told, floor, isFunction);
    // Where there are more than two parameters, a plane has a least loss of its own.
    const least = view.labels.names.length > 2 ? null : floor;
    return reliefOf(gridNow(view, ground, frame), least, isFunction);
  };
}

/**
 * What a grid depends on.
 * @param {View} view
 * @param {Ground} ground
 * @param {import("../charts/axes.js").Frame} frame
 */
const keysOf = ({ points, labels: { bowl, objectives }, chosen, row }, ground, { x, y }) => [
  ...[objectives?.[chosen], points, bowl, ...ground.names],
  ...(row.params.length > 2 ? ground.paramsAt([0, 0]) : []),
  ...[...x.domain, ...x.range, ...y.domain, ...y.range],
];
const LASTING = 5; // of these; the others change as the plane, or its frame, moves

/**
 * @param {View} view
 * @param {Ground} ground
 * @param {import("../charts/axes.js").Frame} frame
 * @param {number} coarser  times as far apart the nodes are
 */
function sampleIn({ points, labels, chosen }, { lossAt, paramsAt }, { box, x, y }, coarser) {
  const most = Math.min(MOST, Math.sqrt(WORK / points.y.length));
  const count = (/** @type {number} */ pixels) =>
    Math.round(
      labels.function
        ? pixels / FINE / coarser
        : Math.max(FEWEST, Math.min(pixels / PIXELS, most) / coarser),
    );
  const [columns, rows] = [count(box.right - box.left), count(box.bottom - box.top)];
  const nodes = { x: beyond(x.domain), y: beyond(y.domain), columns, rows };
  const about = labels.objectives?.[chosen];
  if (labels.function || !about) return sampled(lossAt, nodes);
  return heightsOver(about, sampleOf(labels.model, points), labels.bowl, paramsAt, nodes);
}

/**
 * A little more than is seen: there the rings that leave the picture are closed.
 * @param {import("../charts/scales.js").Range} range
 * @returns {import("../charts/scales.js").Range}
 */
const beyond = ([low, high]) => [low - BEYOND * (high - low), high + BEYOND * (high - low)];

/**
 * From above, heights are round, each √10 times the next one, as a bowl's are. Of a function that may
 * have no least value, or is flat nearly everywhere, each level set has as much of the picture as the
 * next, but for rounding.
 * @param {Grid} grid
 * @param {number | null} least  null: not known
 * @param {boolean} isFunction
 * @returns {Relief}
 */
function relief(grid, least, isFunction) {
  const all = grid.heights.filter(Number.isFinite).sort();
  const floor = least ?? all[0] ?? 0;
  const over = (/** @type {number} */ share) =>
    (all[Math.round(share * (all.length - 1))] ?? floor) - floor;
  const highest = Math.floor(2 * Math.log10(over(1)));
  const isFlat = over(FLAT) > 10 ** (highest / 2);
  const isEven = isFunction && (least === null || isFlat);
  const each = Array.from({ length: LEVELS }, (_, i) => i);
  const rounded = (/** @type {number} */ height) =>
    Number((floor + height).toPrecision(DIGITS)) - floor;
  const drawn = over(SEEN);
  return {
    ...{ grid, floor, top: drawn },
    heights: each.map((i) =>
      isEven ? rounded(over(1 - (i + 1) / (LEVELS + 1))) : 10 ** ((highest - i) / 2),
    ),
    stacked: each.map((i) => drawn * (1 - i / LEVELS) ** (isEven ? 1 : 2)),
  };
}

/** The level sets, each as one path. @param {SurfaceScene} scene */
export function contours({ relief, turn, project }) {
  if (!relief) return "";
  const { grid, floor, heights, stacked } = relief;
  return (turn ? stacked : heights).map((height) => {
    const path = rings(grid, floor + height).map((ring) => {
      const places = ring.map((place) => project(place, height).map((pixels) => pixels.toFixed(1)));
      return `M${places.join("L")}Z`;
    });
    return svg`<path class="level" d=${path.join("")} />`;
  });
}

/** Two corners of the part of the plane that suits a function. @param {[number, number][]} frame  of x and of y @returns {Pair[]} */
export const cornersOf = ([[left, right], [bottom, top]]) => [
  [left, bottom],
  [right, top],
];

/**
 * How high a place is over the floor; where a function has no value, it is there.
 * @param {Relief | null} relief
 * @param {Pair} place
 */
export const heightIn = (relief, place) =>
  relief ? heightAt(relief.grid, place) - relief.floor || 0 : 0;
