// The menu's entry that makes a film of the page, and, while it does, stops that.

import { say } from "../../words/say.js";

/** @typedef {{ progress: { made: number, all: number } | null, start: () => Promise<void>, stop: () => void }} Film */

/** Its name, and what it does. @param {Film} film @returns {[string, () => void | Promise<void>]} */
export function filmEntry({ progress, start, stop }) {
  if (!progress) return [say("Save as GIF"), start];
  return [say("Stop: {made} of {all} pictures", progress), stop];
}
