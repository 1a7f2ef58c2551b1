// What a web page says a widget is to show, checked: the twin of GDWidget's arguments.

import { numbers, rows } from "./checks.js";
import { SETTINGS, check } from "./settings.js";

/** @type {Record<string, import("./settings.js").Setting>} */
const OPTIONS = { x: { usual: [], ...rows }, y: { usual: [], ...numbers }, ...SETTINGS };

/**
 * What there is to choose, by the names GDWidget has for it, and what is chosen by itself. The
 * points' default is the empty list: they are made.
 * @type {Record<string, any>}
 */
export const DEFAULTS = Object.fromEntries(
  Object.entries(OPTIONS).map(([name, { usual }]) => [name, usual]),
);

/** Every option, as given or else its default. @param {Record<string, any>} given @returns {Record<string, any>} */
export function checked(given) {
  /** @type {Record<string, any>} */
  const options = {};
  for (const [name, option] of Object.entries(OPTIONS)) {
    let value = given[name] ?? option.usual;
    if ((name === "optimizer" || name === "loss") && typeof value === "string")
      value = value.match(/[^\s,]+/g) ?? value;
    check(name, value, option);
    options[name] = value;
  }
  return options;
}
