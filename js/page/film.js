// A film of the charts: each step so far is shown for a moment, and taken.

import { say, speaking, template } from "../words/say.js";
import { svgOf } from "./charts-svg.js";
import { newGif, paletteOf } from "./gif.js";
import { canvasOf } from "./pixels.js";

const MOST = 240; // pictures; of more steps every k-th is taken
const SHORTEST = 20; // milliseconds: browsers show a GIF's pictures no faster

const BETWEEN = "\u2003"; // two numbers: a wide space

/** @typedef {Pick<import("../session/session.js").Session, "view" | "seek" | "language">} Session */

/**
 * @param {HTMLElement} root  the view's
 * @param {Session} session
 * @param {(made: number, all: number) => boolean} goesOn  told of each picture; false ends it
 * @returns {Promise<Blob | null>} null: it was ended
 */
export async function filmOf(root, session, goesOn) {
  const { step: here, seen, stepsPerSecond } = viewOf(session);
  if (!seen) throw new Error(template("there are no steps yet; press Play first"));
  const steps = stepsOf(seen);
  try {
    const take = newCamera(root, session);
    const some = [0, steps.length >> 1, steps.length - 1];
    const pictures = [];
    for (const i of some) pictures.push(await take(steps[i]));
    const [{ width, height }] = pictures;
    const palette = paletteOf(pictures.map(({ pixels }) => pixels));
    const gif = newGif(width, height, palette, Math.max(1000 / stepsPerSecond, SHORTEST));
    for (const [i, step] of steps.entries()) {
      if (!goesOn(i, steps.length)) return null;
      gif.add((await take(step)).pixels);
    }
    return gif.made();
  } finally {
    session.seek(here);
  }
}

/** The steps that are taken: the first, the last, and others as far apart. @param {number} last */
export function stepsOf(last) {
  const count = Math.min(last, MOST - 1);
  return Array.from({ length: count + 1 }, (_, i) => Math.round((i * last) / count));
}

/**
 * What takes the picture of a step; all have the size of the first.
 * @param {HTMLElement} root
 * @param {Session} session
 */
function newCamera(root, session) {
  /** @type {{ width: number, height: number } | undefined} */
  let size;
  return async (/** @type {number} */ step) => {
    session.seek(step);
    do await drawn();
    while (!isKnown(viewOf(session)));
    const words = speaking(session.language, () => told(viewOf(session)));
    const canvas = await canvasOf(svgOf(root, words), 1, size);
    size = { width: canvas.width, height: canvas.height };
    return { ...size, pixels: pixelsOf(canvas) };
  };
}

/** Each as one number. @param {HTMLCanvasElement} canvas */
function pixelsOf(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  return new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
}

/** Once a change has been drawn. */
const drawn = () =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

/** Whether the rows shown are those of this step, as of a long run the page has every k-th. @param {View} view */
const isKnown = ({ runs, step }) =>
  runs.every(({ history }) => history.last < step || history.has(step));

/** @typedef {import("../types.js").View} View */

/** @param {Session} session @returns {View} */
const viewOf = ({ view }) => /** @type {View} */ (view);

/** The numbers above the charts. @param {View} view */
function told({ step, runs, chosen, labels: { names } }) {
  const { params, loss } = runs[chosen].row;
  const some = names
    .slice(0, 3)
    .map((name, i) => say("{name} {value:.3g}", { name, value: params[i] }));
  return [say("step {step}", { step }), ...some, say("loss {loss:.4g}", { loss })].join(BETWEEN);
}
