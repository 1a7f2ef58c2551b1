// A saved page, opened in the state that its address says: with the title, the words, the controls and the
// sizes that it was saved with, and of what it has parts for.

import { holdBack } from "../core/held-back.js";
import { functionStart } from "../core/functions.js";
import { runNames } from "../core/run.js";
import { standardized } from "../core/scaling.js";
import { begin } from "../sources/start.js";
import { inLanguageOf } from "./language.js";
import { linking, opened } from "./link.js";
import { betsIn } from "./linked-bets.js";
import { mount } from "./mount.js";

/** Options that a link says nothing of. */
const OWN = ["title", "x_label", "y_label", "controls", "lock", "hide", "height", "size"];

/** What is in a part, by the options that take it: null on a page without that part. @type {Record<string, unknown>} */
const TAKES = {
  ...{ degree: standardized, intercept: standardized, standardize: standardized },
  ...{ loss: functionStart, function: functionStart, delta: functionStart, ridge: functionStart },
  validation: holdBack,
};

/** @typedef {import("../sources/standing.js").Known} Known */

/**
 * What a saved page begins with: with what was saved, or as the address says.
 * @param {Element} element
 * @param {Known} saved
 */
export const reopened = (element, saved) =>
  opened(element, (asked) => (asked ? begun(saved.snapshot, asked) : saved));

/**
 * Throws for what the page has no part for.
 * @param {import("../sources/source.js").Snapshot} snapshot  that was saved
 * @param {{ options: Record<string, any>, ask: string }} asked
 * @returns {Known}
 */
function begun(snapshot, { options, ask }) {
  for (const [option, part] of Object.entries(TAKES)) mustHave(option, options[option], part);
  for (const option of ["lr", "optimizer"])
    mustHave(option, Array.isArray(options[option]) && options[option], runNames);
  mustHave("panels", options.panels?.includes("directions") && options.panels, standardized);
  mustHave("ask", ask, betsIn);
  const labels = /** @type {Record<string, any>} */ (snapshot);
  const own = Object.fromEntries(OWN.map((option) => [option, labels[option]]));
  return inLanguageOf(snapshot.words, () => begin({ ...own, ...options }));
}

/**
 * A view on a page that has an address.
 * @param {Element} element
 * @param {import("../session/session.js").Session} session
 * @param {ShadowRoot} place
 * @param {() => void} again  show the element anew
 * @returns {() => void} take it away
 */
export function mountLinked(element, session, place, again) {
  const { copy, leave } = linking(element, session, again);
  const unmount = mount(session, place, copy);
  return () => {
    leave();
    unmount();
  };
}

/** @param {string} option @param {unknown} value  that is asked for, if any @param {unknown} part */
function mustHave(option, value, part) {
  if (value && part === null) throw new Error(`this page was saved without what ${option} takes`);
}
