// Through time: back, play, pause, step.

import { html, svg } from "lit-html";
import { isFree, isShown } from "../../core/controls.js";
import { say } from "../../words/say.js";
import { button } from "./button.js";

/** @type {Record<string, unknown>} */
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
export function transport({ labels, playing, step: shown, canTrain, isHeld }, actions) {
  const { reset, back, pause, play, step } = actions;
  const canGoOn = canTrain && !isHeld;
  const one = (
    /** @type {string} */ control,
    /** @type {string} */ name,
    /** @type {() => void} */ action,
    can = true,
    kind = "",
  ) =>
    isShown(labels.controls, control)
      ? button(name, ICONS[control], action, { disabled: !can || !isFree(labels, control), kind })
      : "";
  return html` <div class="transport">
    ${one("reset", say("Reset"), reset)} ${one("back", say("Step back"), back, shown > 0)}
    ${
      playing // what moves can be stopped, whatever is locked
        ? button(say("Pause"), ICONS.pause, pause, { kind: "primary" })
        : one("play", say("Play"), play, canGoOn, "primary")
    }
    ${one("step", say("Step"), step, canGoOn)}
  </div>`;
}
