// The bowl from above: every place is a line, its loss the height. The path of training goes
// down in it, and the arrow is the next step.

import { html, noChange, svg } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { listMark, say } from "../../words/say.js";
import { betMark, placesOf } from "../bets/places.js";
import { axes, intoBox, within } from "../charts/axes.js";
import { arrows, dragging } from "../charts/drag.js";
import { handle } from "../charts/handle.js";
import { mark } from "../charts/mark.js";
import { decimalsFor, fixed, percent } from "../charts/numbers.js";
import { otherRuns } from "../charts/other-runs.js";
import { hasChoice } from "./ground.js";
import { AT_FIRST, axesFromTheSide, turning } from "./from-the-side.js";
import { isFree } from "../../core/controls.js";
import { landmarks } from "./landmarks.js";
import { levels } from "./levels.js";
import { parabola, stepAside } from "./parabola.js";
import { landingArrow, pathAndPlace, pathOf } from "./path.js";
import { planeChoice } from "./plane-choice.js";

const NUDGE = 0.01; // of the picture, for an arrow key

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("./surface-scene.js").SurfaceScene} SurfaceScene
 */

/**
 * @param {View} view
 * @param {SurfaceScene} scene
 * @param {object} options
 * @param {import("../../types.js").Next} options.next  the step to come
 * @param {View["row"]} [options.hand]  what is dragged, else the row shown
 * @param {import("../bets/draft.js").Draft | null} [options.draft]  of a bet
 * @param {boolean} options.inFull  else only what moves
 * @param {import("../../types.js").Look} options.look
 * @param {Pick<import("../../types.js").Actions, "setGuess">} options.actions
 */
export function surface(view, scene, { next, hand, draft, inFull, look, actions }) {
  const { row } = view;
  const { frame, ground, turn, at } = scene;
  const { box } = frame;
  const { isCurve } = ground;
  const canDrag = hand !== undefined || isFree(view.labels, "drag");
  const [xName, yName] = ground.names;
  const choice = () => (hasChoice(view) ? planeChoice(view, look) : "");
  return html`<div class="chart">
      <svg
        class="surface"
        width=${box.width}
        height=${box.height}
        role="group"
        aria-label=${summary(ground)}
      >
        ${isCurve ? "" : rings(scene)}
        ${turn ? axesFromTheSide(scene) : axes({ ...frame, xName, yName, shorts: ground.shorts })}
        ${within(box, [
          isCurve ? parabola(view, scene) : "",
          otherRuns(view, (run) => pathAndPlace(run, scene)),
          pathOf(view.run, scene),
          landmarks(view, scene, next),
          draft
            ? placesOf(view, draft).map(({ params, kind }) => betMark(at({ params }), kind))
            : "",
        ])}
        ${turn ? turning(scene, row, look) : place({ labels: view.labels, row: hand ?? row }, scene, look.motion, canDrag && actions.setGuess, inFull)}
        ${within(box, (isCurve ? stepAside : landingArrow)(row, next, at))}
      </svg>
      ${
        isCurve
          ? ""
          : html`<button
              class="scale"
              aria-pressed=${turn !== null}
              @click=${() => look.change({ turn: turn ? null : AT_FIRST })}
            >
              3-D
            </button>`
      }
    </div>
    ${inFull ? choice() : noChange}`;
}

/** @param {import("./ground.js").Ground} ground */
const summary = ({ names: [name, other], isCurve }) =>
  isCurve
    ? say("The loss as a curve over {name}", { name })
    : say("The loss as a map of {name} and {other}", { name, other });

/** What can be moved in it. @param {import("./ground.js").Ground} ground */
const namesOf = ({ names: [name, other], isCurve }) =>
  isCurve ? name : say("{name} and {other}", { name, other });

/** The level sets, drawn again only when they, or their frame, are others. @param {SurfaceScene} scene */
const rings = (scene) =>
  within(scene.frame.box, svg`<g data-term="rings">${guard(scene.key, () => levels(scene))}</g>`);

/**
 * The current parameters, to be dragged, where they may be.
 * @param {Pick<View, "labels" | "row">} view
 * @param {SurfaceScene} scene
 * @param {import("../../types.js").Motion} motion
 * @param {false | ((params: number[]) => void)} setGuess
 * @param {boolean} inFull  else only what moves
 */
function place({ row }, { frame, ground, at }, motion, setGuess, inFull) {
  const { x, y, box } = frame;
  const [right, up] = ground.placeOf(row);
  const here = mark(box, ...at(row), 6, 18);
  if (!setGuess) return here;
  const best = ground.best ?? [0, 0];
  const words = [x, y].map(({ domain: [low, high] }, i) => {
    const decimals = decimalsFor(Math.abs(best[i]) || high - low);
    return `${ground.names[i]} ${fixed([right, up][i], decimals)}`;
  });
  const to = (/** @type {number} */ toX, /** @type {number} */ toY) => {
    const [px, py] = intoBox(box, toX, toY);
    setGuess(ground.paramsAt([x.invert(px), y.invert(py)]));
  };
  const nudge = (/** @type {import("../charts/scales.js").Scale} */ { domain: [low, high] }) =>
    NUDGE * (high - low);
  const keydown = arrows((byX, byY) =>
    setGuess(
      ground.paramsAt([right + (ground.isCurve ? byX + byY : byX) * nudge(x), up + byY * nudge(y)]),
    ),
  );
  const pointerdown = dragging({ to, start: motion.hold, end: motion.release });
  const now = percent(right, x.domain);
  const of = namesOf(ground);
  const name = of[0].toUpperCase() + of.slice(1);
  return handle(
    {
      name,
      term: ground.isCurve ? "parabola" : ground.bowl ? "bowl" : "landscape",
      now,
      text: words.join(listMark()),
      keydown,
      pointerdown,
    },
    here,
    inFull,
  );
}
