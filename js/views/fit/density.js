// Very many points, under the chart: a picture that is darker where there are more of them.

import { html, noChange } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";
import { say } from "../../words/say.js";
import { memo } from "../charts/memo.js";
import { paintDensity } from "./paint-density.js";

/**
 * @typedef {import("../../core/picture.js").Picture} Picture
 * @typedef {import("../charts/axes.js").Frame} Frame
 */

/**
 * @param {Picture} picture  of all points
 * @param {Picture | null} fine  a finer one of the part that is seen
 * @param {Frame} frame
 */
export function density(picture, fine, frame) {
  const { box, x, y } = frame;
  return html`<canvas
    class="density"
    aria-hidden="true"
    .style="left:${box.left}px; top:${box.top}px; width:${x.range[1] - x.range[0]}px; height:${y.range[0] - y.range[1]}px"
    ${painted(frame, picture, fine)}
  ></canvas>`;
}

/** Draws on its canvas when there is something else to be seen. */
class Painted extends Directive {
  #paint = memo(paintDensity, (_, { x, y }, ...rest) => [
    ...[...x.domain, ...y.domain, ...x.range, ...y.range],
    ...rest,
  ]);

  render(/** @type {any[]} */ ..._) {}

  /**
   * @param {any} part
   * @param {[Frame, Picture, Picture | null]} values
   * @override
   */
  update({ element }, [frame, picture, fine]) {
    // Only on the page has the canvas a colour.
    queueMicrotask(() => {
      const isDark = element.closest(".dark") !== null;
      this.#paint(element, frame, devicePixelRatio, isDark, picture, fine);
    });
    return noChange;
  }
}

const painted = directive(/** @type {any} */ (Painted));

/**
 * What is said of very many points.
 * @param {number} n
 * @returns {[string, string]}
 */
export const ofDensity = (n) => [
  say("{n:,} points, shaded by number.", { n }),
  say("Zoom in to see more."),
];
