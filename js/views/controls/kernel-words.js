// What a person must know of the kernel, on a page that has or had one.

import { html } from "lit-html";
import { say, translated } from "../../words/say.js";

/**
 * @typedef {import("./status.js").Notice} Notice
 * @typedef {import("./status.js").Offer} Offer
 */

/**
 * Instead of a picture, while there is none.
 * @param {{ isEmpty: boolean, reason: string }} session  isEmpty: there never will be one
 */
export function waitingFor({ isEmpty, reason }) {
  const why = isEmpty
    ? say("There is no kernel. {reason}", { reason: translated(reason) })
    : say("Waiting for the kernel…");
  return html`<p class="notice">${why}</p>`;
}

/**
 * What a person may want to do.
 * @param {Offer} offer
 * @param {import("../../types.js").Actions} actions
 */
export const offerOf = (offer, actions) =>
  html`<button class="wide" @click=${actions[offer]}>
    ${offer === "goOnHere" ? say("Go on in this page") : say("Go back to it")}
  </button>`;

/**
 * While the kernel computes.
 * @param {import("../../types.js").Link} link
 * @param {boolean} isOutside  whether by code that the page does not have
 * @returns {Notice | undefined}
 */
export function onTheKernel(link, isOutside) {
  if (link === "loading") return { kind: "busy", text: say("PyTorch is being loaded.") };
  const text = say("The kernel is busy. Training goes on when it answers.");
  if (link === "busy") return { kind: "busy", text };
  if (link !== "stuck") return undefined;
  // An update() of the reader's own may have no end.
  if (isOutside) {
    const more = say("If it never does, interrupt it.");
    return { kind: "busy", text: say("{said} {more}", { said: text, more }) };
  }
  return { kind: "busy", text, offer: "goOnHere" };
}

/**
 * While this page does.
 * @param {import("../../types.js").Link} link
 * @returns {Notice | undefined}
 */
export function besideTheKernel(link) {
  if (link === "live") return { kind: "", text: say("The kernel answers again."), offer: "goBack" };
  if (link === "gone" || link === "connecting") {
    const text = say(
      "The kernel is gone. This page goes on with the same numbers. Run the cell again for the kernel's.",
    );
    return { kind: "gone", text };
  }
  if (link !== "busy" && link !== "stuck") return undefined;
  const text = say("The kernel is busy. This page goes on with the same numbers.");
  return { kind: "busy", text };
}
