// What was saved of other losses and functions, looked through before anything is made of it.

import { areFinite } from "../core/checks.js";
import { SETTINGS } from "../core/settings.js";

/** @typedef {(name: string, is: unknown) => void} Must  throws, with the name, where it is not */

/**
 * @param {any} snapshot
 * @param {Must} must
 */
export function areLosses({ runs, objectives, function: about, names }, must) {
  must("objectives", objectives.length === runs.length);
  if (about) isFunction(about, must);
  for (const { kind, delta, ridge, least } of objectives) {
    must("loss", about ? kind === "function" : SETTINGS.loss.isRight(kind));
    must("delta", SETTINGS.delta.isRight(delta));
    must("ridge", SETTINGS.ridge.isRight(ridge));
    must("least", !least || areFinite([...least.params, least.loss]));
    must("least", !least || least.params.length === names.length);
  }
}

/**
 * @param {import("../types.js").FunctionShown} about
 * @param {Must} must
 */
function isFunction({ name, names, minima, frame, code }, must) {
  must("function", name === null || SETTINGS.function.isRight(name));
  must(
    "function",
    [...names, ...code].every((text) => typeof text === "string"),
  );
  must("function", areFinite([...minima.flat(), ...frame.flat()]));
  must("function", names.length === 2 && frame.length === 2 && frame.every(([a, b]) => a < b));
}
