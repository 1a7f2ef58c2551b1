// The bowl from the side: its level sets one over the other, and what it is turned by.

import { svg } from "lit-html";
import { say } from "../../words/say.js";
import { clamp } from "../charts/clamp.js";
import { arrows, dragging } from "../charts/drag.js";
import { handle } from "../charts/handle.js";
import { mark } from "../charts/mark.js";
import { LINE, LINES, firstFree, lineOf, widthOf } from "../charts/names.js";

const HEIGHT = 1.2; // of the bowl, in halves of its width
const CENTRE = 0.7; // of its height, that is in the middle of the picture
const ROOM = 2.5; // the same, that the picture is wide and high
const BELOW = 10; // pixels, that a name is lower than the end of its line
const BUTTON = 40; // pixels, of the corner that has one
const PER_PIXEL = 0.01; // radians that it is turned by
const NUDGE = 0.05; // and by an arrow key
const [LOWEST, HIGHEST] = [0.1, Math.PI / 2]; // that it is seen from
const DEGREES = 180 / Math.PI;

/** Half from the side, half from above. */
export const AT_FIRST = /** @type {Pair} */ ([0.5, 0.6]);

/**
 * @typedef {import("./ground.js").Pair} Pair
 * @typedef {import("./surface-scene.js").SurfaceScene} SurfaceScene
 * @typedef {import("../charts/scales.js").Scale} Scale
 */

/**
 * Where in the picture a place is at a height over the floor, seen along parallels.
 * @param {Pair} turn  about the vertical, and up from the side; radians
 * @param {import("../charts/axes.js").Frame} frame
 * @param {number} highest  that is seen: what is drawn of the bowl, or the guess
 * @returns {SurfaceScene["project"]}
 */
export function fromTheSide([around, up], { box, x, y }, highest) {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const size = Math.min(width, height) / ROOM;
  const share = (/** @type {number} */ value, /** @type {Scale} */ { domain: [low, high] }) =>
    (2 * value - low - high) / (high - low);
  const [cosine, sine] = [Math.cos(around), Math.sin(around)];
  return (place, over) => {
    const [a, b] = [share(place[0], x), share(place[1], y)];
    const back = (a * sine + b * cosine) * Math.sin(up);
    const above = HEIGHT * (over / highest - CENTRE) * Math.cos(up);
    return [
      box.left + width / 2 + size * (a * cosine - b * sine),
      box.top + height / 2 - size * (back + above),
    ];
  };
}

/**
 * Lines along the floor, and up from the best fit, or from the middle; where each begins it has its name.
 * @param {SurfaceScene} scene
 * @returns {[Pair, Pair, string][]}
 */
function linesFromTheSide({ frame, ground, project, top: height }) {
  const [[left, right], [bottom, top]] = [frame.x.domain, frame.y.domain];
  const [middle, centre] = [(left + right) / 2, (bottom + top) / 2];
  const best = ground.best ?? [middle, centre];
  const floor = (/** @type {number} */ u, /** @type {number} */ v) => project([u, v], 0);
  return [
    [project(best, height), project(best, 0), say("loss")],
    [floor(left, centre), floor(right, centre), ground.names[0]],
    [floor(middle, bottom), floor(middle, top), ground.names[1]],
  ];
}

/** The names of the axes, and where they stand. @param {SurfaceScene} scene */
export function namesFromTheSide(scene) {
  const { width, height } = scene.frame.box;
  const lines = [lineOf({ from: 0, to: BUTTON, py: height - BELOW })];
  return linesFromTheSide(scene).map(([[endX, endY], , text]) => {
    const half = widthOf(text) / 2;
    const px = clamp(endX, half, width - half);
    const ways = LINES.map((down) => ({
      ...{ text, px, from: px - half, to: px + half },
      py: clamp(endY + BELOW + LINE * down, LINE, height - BELOW / 2),
    }));
    const name = firstFree(ways, lines) ?? ways[0];
    lines.push(lineOf(name));
    return name;
  });
}

/** @param {SurfaceScene} scene */
export const axesFromTheSide = (scene) => svg`
    <path class="grid" d=${linesFromTheSide(scene)
      .map(([from, to]) => `M${from}L${to}`)
      .join("")} />
    <g class="ticks over">
      ${namesFromTheSide(scene).map(({ text, px, py }) => svg`<text class="name middle" x=${px} y=${py}>${text}</text>`)}
    </g>`;

/**
 * What it is turned by, and where training is.
 * @param {SurfaceScene} scene
 * @param {import("../../core/table.js").Row} row
 * @param {Pick<import("../../types.js").Look, "motion" | "change">} look
 */
export function turning({ frame: { box }, turn, at }, row, { motion, change }) {
  const [around, up] = turn ?? AT_FIRST;
  const to = (/** @type {number} */ right, /** @type {number} */ down) =>
    change({ turn: [around + right, clamp(up + down, LOWEST, HIGHEST)] });
  /** @type {Pair} */
  let from;
  const pointerdown = dragging({
    grip: (...place) => (from = place),
    to: (px, py) => to(PER_PIXEL * (px - from[0]), PER_PIXEL * (py - from[1])),
    start: motion.hold,
    end: motion.release,
  });
  const keydown = arrows((right, higher) => to(NUDGE * right, -NUDGE * higher));
  const [degrees, above] = [around, up].map((angle) => Math.round(angle * DEGREES));
  return handle(
    {
      ...{ name: say("Turn the picture"), term: "turned", now: Math.round(above / 0.9) },
      ...{ text: say("{degrees}° around, {above}° up", { degrees, above }) },
      ...{ keydown, pointerdown },
    },
    svg`<rect class="grip" x=${box.left} y=${box.top} width=${box.right - box.left}
      height=${box.bottom - box.top} />${mark(box, ...at(row), 6, 0)}`,
  );
}
