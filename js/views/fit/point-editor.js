// What can be taken hold of over the points: one of them, to be moved or removed; and the place
// where another is to be.

import { svg } from "lit-html";
import { isFree } from "../../core/controls.js";
import { isWide } from "../../core/model.js";
import { say } from "../../words/say.js";
import { intoBox, isIn } from "../charts/axes.js";
import { arrows, dragging, isPlain, placeIn } from "../charts/drag.js";
import { NEAR, nearest, neighbour } from "./choice.js";
import { describe } from "./point-words.js";
import { nearestAnswer } from "./yes-or-no.js";

const NUDGE = 0.01; // of the picture, for an arrow key

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("./fit-scene.js").FitScene} FitScene
 */

/**
 * By mouse the nearest point is meant; by keys the arrows choose one.
 * @param {View} view
 * @param {FitScene} scene
 * @param {import("../../types.js").Motion} motion
 * @param {import("../../types.js").EditPoints} editPoints
 */
export function pointEditor(view, { frame, zoom, choice, all: dots }, motion, editPoints) {
  const { x, y, box } = frame;
  const [n, trained] = [dots.x.length, view.points.x.length]; // those held back come last
  const [width, height] = [x.range[1] - x.range[0], y.range[0] - y.range[1]];
  const { bowl, model } = view.labels;
  // Of very many, only some are here; of several features, only two.
  const isThere = !view.picture && trained === bowl.n && !isWide(model);
  const canEdit = isThere && isFree(view.labels, "drag");
  // Whichever run is looked at, where one is of yes or no, nothing between is for it.
  const areAnswers = view.labels.objectives?.some(({ kind }) => kind === "cross_entropy");
  /** @param {number} px @param {number} py @returns {[number, number]} */
  const pointAt = (px, py) => {
    const value = y.invert(py);
    return [x.invert(px), areAnswers ? nearestAnswer(value) : value];
  };
  const { pan } = zoom;
  const add = (/** @type {any} */ event) => {
    if (canEdit) editPoints(trained, 0, [pointAt(...placeIn(event))]);
  };
  const plot = (/** @type {((event: any) => void) | null} */ point) => svg`
    <rect class="plot" x=${box.left} y=${box.top} width=${width} height=${height}
      @pointermove=${point}
      @pointerdown=${(/** @type {any} */ event) => [point?.(event), pan?.(event)]}
      @dblclick=${add} />`;
  if (view.picture) return plot(null);

  // Read when something happens: the pointer may have come to another point since this was drawn.
  const { choose } = choice;
  const place = (/** @type {number} */ i) => [x.at(dots.x[i]), y.at(dots.y[i])];
  const isSeen = (/** @type {number} */ i) => isIn(box, x.at(dots.x[i]), y.at(dots.y[i]));
  const edit = (/** @type {[number, number][]} */ insert, goesOn = false) => {
    if (choice.i < trained) editPoints(choice.i, 1, insert, goesOn);
    else editPoints(choice.i - trained, 1, insert, goesOn, true);
  };
  const move = (/** @type {number} */ toX, /** @type {number} */ toY, goesOn = false) =>
    edit([pointAt(toX, toY)], goesOn);
  let goesOn = false;
  const drag = dragging({
    start: motion.hold,
    to: (toX, toY) => {
      move(...intoBox(box, toX, toY), goesOn);
      goesOn = true;
    },
    end: motion.release,
  });
  const nudge = arrows((right, up) => {
    const [px, py] = place(choice.i);
    // Up is yes, and down no.
    const way = areAnswers ? 1 : NUDGE;
    move(px + right * NUDGE * width, py - up * way * height);
  });
  const keydown = (/** @type {any} */ event) => {
    if (!isPlain(event)) return;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[/** @type {string} */ (event.key)];
    const isRemoving = event.key === "Delete" || event.key === "Backspace";
    if (step && !event.shiftKey) {
      event.preventDefault();
      choose(neighbour(dots, choice.i, step, isSeen));
    } else if (canEdit && event.key === "+") {
      editPoints(trained, 0, [pointAt(mean(x.range), mean(y.range))]);
      choose(trained);
    } else if (canEdit && choice.i >= 0) {
      if (!isRemoving) nudge(event);
      else if ((choice.i < trained ? trained : n - trained) > 1) edit([]);
    }
  };
  const { i } = choice;
  const [cx, cy] = place(i);
  return svg`
    ${plot((event) => choose(nearest(dots, frame, placeIn(event))))}
    <g class="handle points-handle" tabindex="0" role="slider" aria-label=${say("Points")}
      aria-valuemin="0" aria-valuemax=${n} aria-valuenow=${i + 1}
      aria-valuetext=${i < 0 ? say("none chosen") : describe(view, i)}
      @keydown=${keydown} @pointerdown=${canEdit ? drag : null}
      @pointerleave=${() => choose(-1)} @focusout=${() => choose(-1)}>
      ${
        i < 0 || !isSeen(i)
          ? ""
          : svg`<circle class="grip" r=${NEAR} cx=${cx} cy=${cy} />
            <circle class="chosen" r="5" cx=${cx} cy=${cy} />`
      }
    </g>`;
}

/** @param {[number, number]} range */
const mean = ([low, high]) => (low + high) / 2;
