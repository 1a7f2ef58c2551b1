// The names on the surface.

import { svg } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { clamp } from "../charts/clamp.js";
import { listMark, say, spoken } from "../../words/say.js";
import { plain } from "../charts/numbers.js";
import { minimaOf } from "../told.js";
import { trueParams } from "./surface-scene.js";

// All in pixels.
const BESIDE = 9; // from a mark to its name
const ABOVE = -9; // from a mark down to the line its name stands on
const BELOW = 18;
const LINE = 16;
const PER_LETTER = 8;

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
function drawn(labels, minima, guess, isAtGuess, { frame: { box }, at, turn: isTurned }) {
  const truth = trueParams(labels);
  const bests = minima.map((params) => at({ params }));
  const made = truth && at({ params: truth });
  // The path comes from the side of the guess.
  const name = (
    /** @type {string} */ text,
    /** @type {Pair} */ place,
    /** @type {number} */ down,
  ) => beside(text, place, down, place[0] < guess[0], box);
  const isUnder = made && bests.some((best) => best[1] > made[1]);
  const term = labels.function ? "minimum" : "best fit";
  const least = labels.function ? say("minimum") : say("best fit");
  // Names of several would stand in each other's way, where they are seen from the side.
  const named = isTurned && bests.length > 1 ? [] : bests;
  const bestNames = named.map((best) => name(least, best, isUnder ? BELOW : ABOVE));
  const trueName = truth && made && name(trueWords(truth, box), made, isUnder ? ABOVE : BELOW);
  const guessName = name(say("guess"), guess, BELOW);
  // The guess has a name only where there is room for it.
  /** @type {Taken[]} */
  const taken = [...bestNames, ...bests.map(markAt)];
  if (made && trueName) taken.push(trueName, markAt(made));
  const guessIsFree = !isAtGuess && taken.every((other) => areApart(guessName, other));
  const said = (
    /** @type {Name} */ { text, from, to, py, isLeft },
    /** @type {{ term: string, kind?: string, more?: string }} */ { term, kind, more },
  ) =>
    svg`<text class="${kind ?? ""} ${isLeft ? "end" : ""}" x=${isLeft ? to : from} y=${py}
      data-term=${term} data-more=${more ?? ""}>${text}</text>`;
  return svg`
    <g class="ticks over">
      ${bests.map(([x, y]) => svg`<path class="best-mark" d="M${x - 6},${y}h12M${x},${y - 6}v12" />`)}
      ${bestNames.map((one) => said(one, { term, kind: "best", more: labels.note }))}
      ${
        made && trueName
          ? svg`<circle class="true-mark" r="3.5" cx=${made[0]} cy=${made[1]} />
            ${said(trueName, { term: "true", more: labels.note })}`
          : ""
      }
      ${guessIsFree ? said(guessName, { term: "guess" }) : ""}
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

/** What a name takes, about. @param {string} text */
const widthOf = (text) => PER_LETTER * text.length;

/** What a mark takes. @param {Pair} place */
const markAt = ([px, py]) => ({ from: px - BESIDE, to: px + BESIDE, py: py + LINE / 4 });

/** @typedef {Pick<Name, "from" | "to" | "py">} Taken */
/** @param {Taken} one @param {Taken} other */
const areApart = (one, other) =>
  one.to < other.from || other.to < one.from || Math.abs(one.py - other.py) > LINE;
