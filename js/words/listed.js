// A list in a sentence.

import { say } from "./say.js";

/** Words with commas between them, and "and" before the last. @param {string[]} words */
export function listed([first, ...others]) {
  const last = others.pop();
  const some = others.reduce((some, next) => say("{some}, {next}", { some, next }), first);
  return last === undefined ? first : say("{some} and {last}", { some, last });
}
