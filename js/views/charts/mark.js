// The mark of a value that can be dragged, in a picture that may not reach that far.

import { svg } from "lit-html";
import { intoBox } from "./axes.js";

const BEYOND = 1; // pixels; a border that is dragged to is no further away

/**
 * A circle; beyond the picture a triangle on its border, which nobody takes for the value.
 * @param {import("./axes.js").Box} box
 * @param {number} px
 * @param {number} py
 * @param {number} r  of the circle
 * @param {number} grip  that of what is taken hold of
 */
export function mark(box, px, py, r, grip) {
  const [cx, cy] = intoBox(box, px, py);
  const [beyondX, beyondY] = [px - cx, py - cy];
  const degrees = (Math.atan2(beyondY, beyondX) * 180) / Math.PI;
  const at = `translate(${cx} ${cy}) rotate(${degrees})`;
  return svg`
    <circle class="grip" cx=${cx} cy=${cy} r=${grip} />
    ${
      Math.hypot(beyondX, beyondY) > BEYOND
        ? svg`<path class="now" d="M4,0L-9,5V-5Z" transform=${at} />`
        : svg`<circle class="now" cx=${cx} cy=${cy} r=${r} />`
    }`;
}
