// The menu's entry that copies the address of the page, with its state in it.

import { say } from "../../words/say.js";

/** Its name, and what it does. @param {() => Promise<void>} copy @returns {[string, () => Promise<void>]} */
export const linkEntry = (copy) => [say("Copy link"), copy];
