// Which plane the surface is drawn in, where there are more parameters than two.

import { html } from "lit-html";
import { say } from "../../words/say.js";
import { select } from "../controls/select.js";
import { shownNames } from "../params.js";
import { kindOf } from "../guesses.js";
import { directionNames } from "./other-grounds.js";

/**
 * For each axis, a direction or a parameter. Both axes are of one kind, and differ.
 * @param {import("../../types.js").View} view
 * @param {Pick<import("../../types.js").Look, "plane" | "change">} look
 */
export function planeChoice(view, { plane: chosen, change }) {
  const names = shownNames(view.labels);
  // The principal directions are those of a bowl: any other loss is shown over two parameters.
  const isBowl = kindOf(view) === "mse";
  const plane = chosen ?? (isBowl ? null : [0, 1]);
  const set = (/** @type {0 | 1} */ axis) => (/** @type {string} */ value) => {
    const i = Number(value);
    if (i < 0) return change({ plane: null });
    const [here, there] = plane ? [plane[axis], plane[1 - axis]] : [0, 0];
    const other = there !== i ? there : plane ? here : 1;
    change({ plane: axis ? [other, i] : [i, other] });
  };
  const axis = (/** @type {0 | 1} */ k) => {
    const now = plane?.[k] ?? -1;
    const option = (/** @type {string} */ name, /** @type {number} */ i) =>
      html`<option value=${i} ?selected=${i === now}>${name}</option>`;
    const options = [...(isBowl ? [option(directionNames()[k], -1)] : []), ...names.map(option)];
    const [name, label] = k ? ["↑", say("Vertical axis")] : ["→", say("Horizontal axis")];
    return select({ name, label, now: String(now), set: set(k) }, options);
  };
  return html`<div class="plane">
    ${axis(0)} ${axis(1)}
    ${
      plane
        ? html`<span
            class="caption"
            title=${say("As other parameters change, so does the loss over these two.")}
            >${say("Rings move.")}</span
          >`
        : ""
    }
  </div>`;
}
