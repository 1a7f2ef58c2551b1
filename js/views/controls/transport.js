// Through time: back, play, pause, step.

import { html, svg } from "lit-html";
import { button } from "./button.js";

const ICONS = {
  reset: svg`<path d="M4 3h2v10H4zM13 3v10L6.5 8z" />`,
  back: svg`<path d="M10.5 3v10L4 8zM11.5 3h2v10h-2z" />`,
  play: svg`<path d="M4 2.5v11l9-5.5z" />`,
  pause: svg`<path d="M4 3h3v10H4zM9 3h3v10H9z" />`,
  step: svg`<path d="M5.5 3v10L12 8zM2.5 3h2v10h-2z" />`,
};

/**
 * @param {import("../../types.js").View} view
 * @param {import("../../types.js").Actions} actions
 */
export function transport({ playing, step: shown, canTrain }, { reset, back, pause, play, step }) {
  return html` <div class="transport">
    ${button("Reset", ICONS.reset, reset)}
    ${button("Step back", ICONS.back, back, { disabled: shown === 0 })}
    ${
      playing
        ? button("Pause", ICONS.pause, pause, { kind: "primary" })
        : button("Play", ICONS.play, play, { disabled: !canTrain, kind: "primary" })
    }
    ${button("Step", ICONS.step, step, { disabled: !canTrain })}
  </div>`;
}
