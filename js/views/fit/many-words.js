// What is said above the picture of several features.

import { say } from "../../words/say.js";

/**
 * Of very many parameters: what is shown of them.
 * @param {number} of
 * @returns {[string, string]}
 */
export const ofShadow = (of) => [
  say("{of} parameters: two directions are shown.", { of }),
  say("Fit and code are left out; w.params has all."),
];

/**
 * Of the points, which stand where no hand can put them.
 * @returns {[string, string]}
 */
export const ofFitted = () => [say("Blue: predicted."), say("These points cannot be dragged.")];
