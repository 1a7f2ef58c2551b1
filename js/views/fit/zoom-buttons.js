// The zoom's buttons, beside the plot; arrow keys on them move what is seen.

import { html, svg } from "lit-html";
import { say } from "../../words/say.js";
import { arrows } from "../charts/drag.js";
import { button } from "../controls/button.js";

const TWICE = 2; // as large
const NUDGE = 0.1; // of what is seen, for an arrow key

/** @param {import("../charts/zoom.js").Zoom} zoom */
export function zoomButtons({ isNothingLeft, scale, showAll, shift }) {
  const move = arrows((right, up) => shift([NUDGE * right, NUDGE * up]));
  const zoomIn = () => scale(1 / TWICE);
  const zoomOut = () => scale(TWICE);
  const off = { disabled: isNothingLeft };
  return html`<div
    class="zoom"
    role="group"
    aria-label=${say("Zoom")}
    @keydown=${isNothingLeft ? null : move}
  >
    ${button(say("Zoom in"), svg`<path d="M3 8h10M8 3v10" />`, zoomIn)}
    ${button(say("Zoom out"), svg`<path d="M3 8h10" />`, zoomOut, off)}
    ${button(say("Show all"), svg`<path d="M3 6V3h3m4 0h3v3m0 4v3h-3m-4 0H3v-3" />`, showAll, off)}
  </div>`;
}
