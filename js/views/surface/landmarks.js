// The names on the surface.

import { svg } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { clamp } from "../charts/clamp.js";
import { listMark, say, spoken } from "../../words/say.js";
import { plain } from "../charts/numbers.js";
import { minimaOf } from "../told.js";
import { namesFromTheSide } from "./from-the-side.js";
import { LINE, firstFree, widthOf } from "./names.js";
import { trueParams } from "./surface-scene.js";

// All in pixels.
const BESIDE = 9; // from a mark to its name
const ABOVE = -9; // from a mark down to the line its name stands on
const BELOW = 18;

/**
 * @typedef {import("./ground.js").Pair} Pair
 * @typedef {import("../charts/axes.js").Box} Box
 *
 * A name, and the room it takes.
 * @typedef {{ text: string, from: number, to: number, py: number, isLeft: boolean }} Name
 */

/**
 * What stands where: the best fit, the params the data were made with, the guess.
 * @param {import("../../types.js").View} view
 * @param {import("./surface-scene.js").SurfaceScene} scene
 */
export function landmarks(view, scene) {
  const { key, at } = scene;
  const { labels, history, row } = view;
  const guess = at(history.rowAt(0));
  const isAtGuess = row.step === 0;
  return guard([labels, view.chosen, ...guess, isAtGuess, ...key, spoken()], () =>
    drawn(labels, minimaOf(view), guess, isAtGuess, scene),
  );
}

/**
 * @param {import("../../types.js").Labels} labels
 * @param {import("./ground.js").Params[]} minima
 * @param {import("./ground.js").Pair} guess
 * @param {boolean} isAtGuess
 * @param {import("./surface-scene.js").SurfaceScene} scene
 */
function drawn(labels, minima, guess, isAtGuess, scene) {
  const { frame, at, turn } = scene;
  const truth = trueParams(labels);
  const bests = minima.map((params) => at({ params }));
  const made = truth && at({ params: truth });
  /** @type {import("./names.js").Taken[]} */
  const taken = [...bests, ...(made ? [made] : [])].map(markAt);
  if (turn) taken.push(...namesFromTheSide(scene));
  /**
   * A name where there is room for it, best on the side that the path does not come from.
   * @param {string} text
   * @param {Pair} mark
   * @param {number[]} downs  the lines it may stand on, the best one first
   * @param {{ term: string, kind?: string, more?: string }} how
   */
  const name = (text, mark, downs, { term, kind, more }) => {
    const isLeft = mark[0] < guess[0];
    const ways = downs.flatMap((down) =>
      [isLeft, !isLeft].map((wantsLeft) => beside(text, mark, down, wantsLeft, frame.box)),
    );
    const free = firstFree(ways, taken);
    if (!free) return "";
    taken.push(free);
    return svg`<text class="${kind ?? ""} ${free.isLeft ? "end" : ""}" x=${free.isLeft ? free.to : free.from}
      y=${free.py} data-term=${term} data-more=${more ?? ""}>${text}</text>`;
  };
  const isUnder = made && bests.some((best) => best[1] > made[1]);
  const [first, second] = isUnder ? [BELOW, ABOVE] : [ABOVE, BELOW];
  // The path goes from the guess to where it is best: its name is on the other side.
  const away = bests[0]?.[1] > guess[1] ? [ABOVE, BELOW] : [BELOW, ABOVE];
  const more = labels.note;
  const [term, least] = labels.function
    ? ["minimum", say("minimum")]
    : ["best fit", say("best fit")];
  // Names of several would stand in each other's way, where they are seen from the side.
  const named = turn && bests.length > 1 ? [] : bests;
  return svg`
    <g class="ticks over">
      ${bests.map(([x, y]) => svg`<path class="best-mark" d="M${x - 6},${y}h12M${x},${y - 6}v12" />`)}
      ${named.map((best) => name(least, best, [first, second], { term, kind: "best", more }))}
      ${
        made
          ? svg`<circle class="true-mark" r="3.5" cx=${made[0]} cy=${made[1]} />
            ${name(trueWords(truth, frame.box), made, [second, first], { term: "true", more })}`
          : ""
      }
      ${isAtGuess ? "" : name(say("guess"), guess, away, { term: "guess" })}
    </g>`;
}

/**
 * Where a name stands: on the side of its mark that is wanted, if it can, and in the picture.
 * @param {string} text
 * @param {Pair} mark
 * @param {number} down
 * @param {boolean} wantsLeft
 * @param {Box} box
 * @returns {Name}
 */
function beside(text, [px, py], down, wantsLeft, { left, right, top, bottom }) {
  const width = widthOf(text);
  const fitsLeft = px - BESIDE - width > left;
  const isLeft = fitsLeft && (wantsLeft || px + BESIDE + width > right);
  const wanted = isLeft ? px - BESIDE - width : px + BESIDE;
  const from = Math.max(left, Math.min(wanted, right - width));
  return { text, from, to: from + width, py: clamp(py + down, top + 12, bottom - 4), isLeft };
}

/** @param {number[]} truth @param {Box} box */
function trueWords(truth, { left, right }) {
  const params = truth.map((value) => plain(value)).join(listMark());
  const words = say("true ({params})", { params });
  return widthOf(words) < right - left ? words : say("true");
}

/** What a mark takes. @param {Pair} place */
const markAt = ([px, py]) => ({ from: px - BESIDE, to: px + BESIDE, py: py + LINE / 4 });
