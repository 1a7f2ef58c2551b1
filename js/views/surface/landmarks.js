// The names on the surface.

import { svg } from "lit-html";
import { clamp } from "../charts/clamp.js";
import { LINES, firstFree, lineOf, markOf, widthOf } from "../charts/names.js";
import { listMark, say, template } from "../../words/say.js";
import { plain } from "../charts/numbers.js";
import { minimaOf } from "../told.js";
import { namesFromTheSide } from "./from-the-side.js";
import { trueParams } from "./surface-scene.js";

// All in pixels.
const BESIDE = 9; // from a mark to its name
const BASE = 4; // from the middle of a mark down to the line of a name on its level
const DOWN = 14; // from there to that of a name over or under it

/**
 * @typedef {import("./ground.js").Pair} Pair
 * @typedef {import("../charts/axes.js").Box} Box
 */

/**
 * What stands where: the best fit, the params the data were made with, the guess.
 * @param {import("../../types.js").View} view
 * @param {import("./surface-scene.js").SurfaceScene} scene
 * @param {import("../../types.js").Next} next  the step to come
 */
export function landmarks(view, scene, next) {
  const { labels, history, row } = view;
  const { at, turn } = scene;
  const { box } = scene.frame;
  const guess = at(history.rowAt(0));
  const truth = trueParams(labels);
  const bests = minimaOf(view).map((params) => at({ params }));
  const made = truth && at({ params: truth });
  const least = labels.function ? template("minimum") : template("best fit");
  /** What has a name, which mark that is turned away from, and what it is. @type {[Pair, Pair, string][]} */
  const names = bests.map((best) => [best, guess, least]);
  if (made) names.push([made, guess, "true"]);
  const lines = [
    ...scene.lines,
    next ? [at(row), at(next)] : [],
    ...names.map(([mark]) => markOf(mark)),
    ...(turn ? namesFromTheSide(scene).map(lineOf) : []),
  ];
  if (row.step) names.push([guess, bests[0] ?? guess, template("guess")]);
  return svg`
    <g class="ticks over">
      ${bests.map(([x, y]) => svg`<path class="best-mark" d="M${x - 6},${y}h12M${x},${y - 6}v12" />`)}
      ${made ? svg`<circle class="true-mark" r="3.5" cx=${made[0]} cy=${made[1]} />` : ""}
      ${names.map(([mark, other, term]) => {
        const text = truth && mark === made ? trueWords(truth) : say(term);
        const place = firstFree(around(text, mark, other, box), lines);
        if (!place) return "";
        lines.push(lineOf(place));
        return svg`<text class="${term === least ? "best" : ""} ${place.end}" x=${place.px}
          y=${place.py} data-term=${term} data-more=${mark === guess ? "" : labels.note}>${text}</text>`;
      })}
    </g>`;
}

/**
 * Places for the name of a mark, in the picture: first away from another mark, from which the
 * path comes; beside it, then over and under it, then a line further.
 * @param {string} text
 * @param {Pair} mark
 * @param {Pair} other
 * @param {Box} box
 */
function around(text, [x, y], other, { left, right, top, bottom }) {
  const width = widthOf(text);
  const away = y < other[1] ? -DOWN : DOWN;
  return LINES.flatMap((lines) =>
    [x < other[0], x >= other[0]].map((isLeft) => {
      const [own, beside] = isLeft ? [width, -BESIDE] : [0, BESIDE];
      const from = clamp(x + beside - own, left, right - width);
      const py = clamp(y + BASE + away * lines, top + 12, bottom - 4);
      return { from, to: from + width, py, px: from + own, end: isLeft ? "end" : "" };
    }),
  );
}

/** @param {number[]} truth */
const trueWords = (truth) =>
  say("true ({params})", { params: truth.map((value) => plain(value)).join(listMark()) });
