// What stands under the charts: real buttons and inputs. What is used all the time is always there;
// the rest comes when it is asked for.

import { html, svg } from "lit-html";
import { isWide } from "../../core/model.js";
import { isNarrow } from "../layout.js";
import { button } from "./button.js";
import { help } from "./help.js";
import { ruleChoice, ruleSettings } from "./optimizer.js";
import { learningRate } from "./rate.js";
import { select } from "./select.js";
import { speed } from "./speed.js";
import { transport } from "./transport.js";

const MORE = svg`<path d="M2 6.5h3v3H2zM6.5 6.5h3v3h-3zM11 6.5h3v3h-3z" />`;
const CORNERS = svg`<path d="M2 2h5v2H4v3H2zM9 2h5v5h-2V4H9zM2 9h2v3h3v2H2zM12 9h2v5H9v-2h3z" />`;

/**
 * @param {import("../../types.js").View} view
 * @param {import("../../types.js").Actions} actions
 * @param {import("../../types.js").Look} look
 */
export function controls(view, actions, look) {
  const { showsMore, fullScreen, change } = look;
  const isPhone = isNarrow(look.width);
  const often = [speed(view, actions.setSpeed), ruleChoice(view.run, actions.setOptimizer)];
  return html` <div class="controls">
      ${transport(view, actions)} ${isPhone ? "" : often}
      <div class="corner">
        ${fullScreen ? button("Full screen", CORNERS, fullScreen) : ""}
        ${button("More", MORE, () => change({ showsMore: !showsMore }), { isOpen: showsMore })}
      </div>
    </div>
    ${learningRate(view, actions.setLr)}
    ${showsMore ? more(view, actions, look, isPhone ? often : "") : ""}`;
}

/**
 * @param {import("../../types.js").View} view
 * @param {import("../../types.js").Actions} actions
 * @param {import("../../types.js").Look} look
 * @param {unknown} others  that had no room
 */
const more = (view, actions, look, others) =>
  html`<div class="choices">
    ${others} ${ruleSettings(view, actions.setRule)} ${residualsChoice(look)}
    ${isWide(view.labels.model) ? axisChoice(view, look) : ""}
    ${view.labels.makes ? html`<button class="wide" @click=${actions.newData}>New data</button>` : ""}
    ${look.menu()} ${help()}
  </div>`;

/**
 * What is on the horizontal axis of the fit.
 * @param {import("../../types.js").View} view
 * @param {import("../../types.js").Look} look
 */
const axisChoice = ({ labels: { model, y_label } }, { feature, change }) =>
  select(
    {
      ...{ name: "fit over", label: "Fit over", now: String(feature) },
      set: (feature) => change({ feature: Number(feature) }),
    },
    [y_label, ...model.features].map(
      (name, i) => html`<option value=${i - 1} ?selected=${i - 1 === feature}>${name}</option>`,
    ),
  );

/** @param {import("../../types.js").Look} look */
const residualsChoice = ({ residuals: now, change }) =>
  select(
    {
      ...{ name: "residuals", label: "Residuals", term: "residual", now },
      set: (residuals) => change({ residuals }),
    },
    ["lines", "squares", "none"].map(
      (kind) => html`<option ?selected=${kind === now}>${kind}</option>`,
    ),
  );
