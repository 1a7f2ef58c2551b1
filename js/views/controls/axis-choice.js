// What a fit of several features is seen over.

import { html } from "lit-html";
import { say } from "../../words/say.js";
import { select } from "./select.js";

/**
 * What is on the horizontal axis of the fit.
 * @param {import("../../types.js").View} view
 * @param {import("../../types.js").Look} look
 */
export const axisChoice = ({ labels: { model, y_label } }, { feature, change }) =>
  select(
    {
      ...{ name: say("fit over"), label: say("Fit over"), now: String(feature) },
      set: (feature) => change({ feature: Number(feature) }),
    },
    [y_label, ...model.features].map(
      (name, i) => html`<option value=${i - 1} ?selected=${i - 1 === feature}>${name}</option>`,
    ),
  );
