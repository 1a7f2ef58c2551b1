// What stands under the charts: real buttons and inputs.

import { html } from "lit-html";
import { help } from "./help.js";
import { optimizer } from "./optimizer.js";
import { learningRate } from "./rate.js";
import { select } from "./select.js";
import { speed } from "./speed.js";
import { transport } from "./transport.js";

/**
 * @param {import("../../types.js").View} view
 * @param {import("../../types.js").Actions} actions
 * @param {import("../../types.js").Look} look
 */
export function controls(view, actions, look) {
  const { setSpeed, newData, setLr } = actions;
  return html` <div class="controls">
    ${transport(view, actions)} ${speed(view, setSpeed)}
    <div class="choices">
      ${residualsChoice(look)}
      ${view.labels.makes ? html`<button class="wide" @click=${newData}>New data</button>` : ""}
      ${look.menu()} ${help()}
    </div>
    ${optimizer(view, actions)} ${learningRate(view, setLr)}
  </div>`;
}

/** @param {import("../../types.js").Look} look */
const residualsChoice = ({ residuals: now, change }) =>
  select(
    {
      ...{ name: "residuals", label: "Residuals", now },
      set: (residuals) => change({ residuals }),
    },
    ["lines", "squares", "none"].map(
      (kind) => html`<option ?selected=${kind === now}>${kind}</option>`,
    ),
  );
