// What stands under the charts: real buttons and inputs. What is used all the time is always there;
// the rest comes when it is asked for.

import { html, svg } from "lit-html";
import { isFree, isShown } from "../../core/controls.js";
import { isWide } from "../../core/model.js";
import { say } from "../../words/say.js";
import { isNarrow } from "../layout.js";
import { axisChoice } from "./axis-choice.js";
import { button } from "./button.js";
import { help } from "./help.js";
import { ruleChoice, ruleSettings } from "./optimizer.js";
import { learningRate } from "./rate.js";
import { select } from "./select.js";
import { speed } from "./speed.js";
import { transport } from "./transport.js";

const MORE = svg`<path d="M2 6.5h3v3H2zM6.5 6.5h3v3h-3zM11 6.5h3v3h-3z" />`;
/** What stands behind the three dots. */
const SELDOM = ["settings", "residuals", "data", "save", "keys"];
const CORNERS = svg`<path d="M2 2h5v2H4v3H2zM9 2h5v5h-2V4H9zM2 9h2v3h3v2H2zM12 9h2v5H9v-2h3z" />`;

/**
 * @param {import("../../types.js").View} view
 * @param {import("../../types.js").Actions} actions
 * @param {import("../../types.js").Look} look
 */
export function controls(view, actions, look) {
  const { showsMore, fullScreen, change } = look;
  const isPhone = isNarrow(look.width);
  const has = (/** @type {string} */ name) => isShown(view.labels.controls, name);
  const often = [
    has("speed") ? speed(view, actions.setSpeed) : "",
    has("optimizer") ? ruleChoice(view, actions.setOptimizer) : "",
  ];
  const seldom = [...SELDOM, ...(isPhone ? ["speed", "optimizer"] : [])].some(has);
  return html` <div class="controls">
      ${transport(view, actions)} ${isPhone ? "" : often}
      <div class="corner">
        ${fullScreen && has("full_screen") ? button(say("Full screen"), CORNERS, fullScreen) : ""}
        ${seldom ? button(say("More"), MORE, () => change({ showsMore: !showsMore }), { isOpen: showsMore }) : ""}
      </div>
    </div>
    ${has("lr") ? learningRate(view, actions.setLr) : ""}
    ${showsMore && seldom ? more(view, actions, look, has, isPhone ? often : "") : ""}`;
}

/**
 * @param {import("../../types.js").View} view
 * @param {import("../../types.js").Actions} actions
 * @param {import("../../types.js").Look} look
 * @param {(name: string) => boolean} has
 * @param {unknown} others  that had no room
 */
const more = (view, actions, look, has, others) => {
  const { labels } = view;
  const hasFit = labels.panels.includes("fit") && has("residuals");
  return html`<div class="choices">
    ${others} ${has("settings") ? ruleSettings(view, actions.setRule) : ""}
    ${hasFit ? residualsChoice(look) : ""}
    ${hasFit && isWide(labels.model) ? axisChoice(view, look) : ""}
    ${labels.makes && has("data") ? newData(isFree(labels, "data"), actions.newData) : ""}
    ${has("save") ? look.menu() : ""} ${has("keys") ? help() : ""}
  </div>`;
};

/** @param {boolean} can @param {() => void} make */
const newData = (can, make) =>
  html`<button class="wide" aria-disabled=${!can} @click=${can ? make : null}>
    ${say("New data")}
  </button>`;

/** @param {import("../../types.js").Look} look */
const residualsChoice = ({ residuals: now, change }) =>
  select(
    {
      ...{ name: say("residuals"), label: say("Residuals"), term: "residual", now },
      set: (residuals) => change({ residuals }),
    },
    Object.entries({ lines: say("lines"), squares: say("squares"), none: say("none") }).map(
      ([kind, words]) => html`<option value=${kind} ?selected=${kind === now}>${words}</option>`,
    ),
  );
