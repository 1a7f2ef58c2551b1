// One point at a time: what it adds to the loss and to the gradient, and to move, add or remove
// it. By mouse the nearest one is meant; by keys the arrows choose one.

import { html, nothing, svg } from "lit-html";
import { isIn } from "../charts/axes.js";
import { arrows, dragging, placeIn } from "../charts/drag.js";
import { decimalsFor, fixed } from "../charts/numbers.js";

const NEAR = 14; // pixels from a point that still mean it
const NUDGE = 0.01; // of the picture, for an arrow key

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../types.js").Points} Points
 * @typedef {import("./fit.js").Frame} Frame
 * @typedef {(at: number, remove: number, insert: import("../../core/quadratic.js").Params[],
 *   goesOn?: boolean) => void} EditPoints
 */

/** One view's editor; it remembers which point is chosen. */
export function pointEditor() {
  let chosen = -1;
  /** @type {unknown} */
  let of; // the data that it is of

  /** What can be taken hold of, over the points. */
  const layer = (
    /** @type {View} */ view,
    /** @type {Frame} */ frame,
    /** @type {import("../../types.js").Motion} */ motion,
    /** @type {EditPoints} */ editPoints,
    /** @type {((event: any) => void) | null} */ pan,
  ) => {
    const { points } = view;
    const { x, y, box } = frame;
    const n = points.x.length;
    const [width, height] = [x.range[1] - x.range[0], y.range[0] - y.range[1]];
    const plot = (/** @type {((event: any) => void) | null} */ look) => svg`
      <rect class="plot" x=${box.left} y=${box.top} width=${width} height=${height}
        @pointermove=${look}
        @pointerdown=${(/** @type {any} */ event) => [look?.(event), pan?.(event)]}
        @dblclick=${(/** @type {any} */ event) => {
          const [px, py] = placeIn(event);
          if (canEdit) editPoints(n, 0, [[x.invert(px), y.invert(py)]]);
        }} />`;
    chosen = Math.min(chosen, n - 1);
    const canEdit = !view.picture && n === view.labels.bowl.n; // of very many, only some are here
    if (view.picture) return plot(null);
    const choose = (/** @type {number} */ i) => {
      if (i !== chosen) {
        chosen = i;
        motion.redraw();
      }
    };
    const move = (/** @type {number} */ toX, /** @type {number} */ toY, goesOn = false) =>
      editPoints(chosen, 1, [[x.invert(toX), y.invert(toY)]], goesOn);
    const clampX = clamp(box.left, box.width - box.right);
    const clampY = clamp(box.top, box.height - box.bottom);
    let goesOn = false;
    const drag = dragging({
      start: motion.hold,
      to: (toX, toY) => {
        move(clampX(toX), clampY(toY), goesOn);
        goesOn = true;
      },
      end: motion.release,
    });
    const isSeen = (/** @type {number} */ i) => isIn(box, x.at(points.x[i]), y.at(points.y[i]));
    const nudge = arrows((right, up) =>
      move(
        x.at(points.x[chosen]) + right * NUDGE * width,
        y.at(points.y[chosen]) - up * NUDGE * height,
      ),
    );
    const keydown = (/** @type {any} */ event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[/** @type {string} */ (event.key)];
      if (step && !event.shiftKey) {
        event.preventDefault();
        choose(neighbour(points, chosen, step, isSeen));
      } else if (canEdit && chosen >= 0 && (event.key === "Delete" || event.key === "Backspace")) {
        if (n > 1) editPoints(chosen, 1, []);
      } else if (canEdit && event.key === "+") {
        editPoints(n, 0, [[mean(x.domain), mean(y.domain)]]);
        choose(n);
      } else if (canEdit && chosen >= 0) {
        nudge(event);
      }
    };
    return svg`
      ${plot((event) => choose(nearest(points, frame, placeIn(event))))}
      <g class="handle points-handle" tabindex="0" role="slider" aria-label="Points"
        aria-valuemin="0" aria-valuemax=${n} aria-valuenow=${chosen + 1}
        aria-valuetext=${chosen < 0 ? "none chosen" : describe(view, chosen)}
        @keydown=${keydown} @pointerdown=${canEdit ? drag : null}
        @pointerleave=${() => choose(-1)} @focusout=${() => choose(-1)}>
        ${
          chosen < 0 || !isSeen(chosen)
            ? ""
            : svg`<circle class="grip" r=${NEAR} cx=${x.at(points.x[chosen])} cy=${y.at(points.y[chosen])} />
              <circle class="chosen" r="5" cx=${x.at(points.x[chosen])} cy=${y.at(points.y[chosen])} />`
        }
      </g>`;
  };

  /** The line of words above the picture, drawn first; cut where there is little room. */
  const caption = (/** @type {View} */ view) => {
    const seed = view.labels.makes?.seed;
    if (seed !== of) chosen = -1; // of other data, the same number is another point
    of = seed;
    const isOne = chosen >= 0 && chosen < view.points.x.length;
    const title = isOne ? describe(view, chosen) : nothing;
    return html`<p class="caption" title=${title}>${words(view, chosen)}</p>`;
  };

  return { layer, caption };
}

/** Where there is little room, the first words must do. @param {View} view @param {number} chosen */
function words(view, chosen) {
  const { n } = view.labels.bowl;
  if (view.picture) {
    const all = n.toLocaleString("en");
    return html`${all} points, shaded by number<span>. Zoom in to see more.</span>`;
  }
  if (chosen >= 0 && chosen < view.points.x.length) return describe(view, chosen);
  if (view.isOver) return "\xa0";
  return html`Drag the line or a point<span>; double-click to add one.</span>`;
}

/** @param {number} low @param {number} high */
const clamp = (low, high) => (/** @type {number} */ value) => Math.min(Math.max(value, low), high);

/** @param {[number, number]} range */
const mean = ([low, high]) => (low + high) / 2;

/**
 * The point nearest to a place, -1 when none is near.
 * @param {Points} points
 * @param {Frame} frame
 * @param {[number, number]} place
 */
function nearest({ x: xs, y: ys }, { box, x, y }, [px, py]) {
  let found = -1;
  let least = NEAR * NEAR;
  for (let i = 0; i < xs.length; i++) {
    const [atX, atY] = [x.at(xs[i]), y.at(ys[i])];
    const distance = (atX - px) ** 2 + (atY - py) ** 2;
    if (distance < least && isIn(box, atX, atY)) [found, least] = [i, distance];
  }
  return found;
}

/**
 * The next point to the right (1) or to the left (-1), of those that are seen.
 * @param {Points} points
 * @param {number} i  -1 for none yet
 * @param {number} direction
 * @param {(i: number) => boolean} isSeen
 */
function neighbour({ x }, i, direction, isSeen) {
  const order = Array.from(x.keys())
    .filter((k) => k === i || isSeen(k))
    .sort((a, b) => x[a] - x[b] || a - b);
  if (order.length === 0) return -1;
  if (i < 0) return direction > 0 ? order[0] : order[order.length - 1];
  const place = order.indexOf(i) + direction;
  return order[Math.min(Math.max(place, 0), order.length - 1)];
}

/**
 * What one point adds: its residual (line minus point), the square of it, and its part of each
 * component of the gradient, which is the sum of all parts.
 * @param {View} view
 * @param {number} i
 */
function shareOf({ points, row, labels }, i) {
  const { n } = labels.bowl;
  const [slope, intercept] = row.params;
  const residual = slope * points.x[i] + intercept - points.y[i];
  const toIntercept = (2 / n) * residual;
  return {
    residual,
    squared: residual * residual,
    slope: toIntercept * points.x[i],
    intercept: toIntercept,
  };
}

/** @param {View} view @param {number} i */
function describe(view, i) {
  const { residual, squared, slope, intercept } = shareOf(view, i);
  const spread = Math.sqrt(view.labels.bowl.floor) || Math.abs(residual);
  const d = decimalsFor(spread);
  const part = (/** @type {number} */ value) => fixed(value, decimalsFor(Math.abs(value)));
  return (
    `point ${i + 1}: residual ${fixed(residual, d)}, squared ${fixed(squared, d)}; ` +
    `its part of the gradient ${part(slope)}, ${part(intercept)}`
  );
}
