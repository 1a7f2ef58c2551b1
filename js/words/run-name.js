// What the runs of a race are called, as it is shown: the twin of shown_run in gd_widget/words/names.py.

import { listMark, numeral, say, translated } from "./say.js";

/**
 * A name is of up to three parts: a loss and a rule, which are words, and a rate; and of runs that are
 * alike, their number.
 * @param {string} name
 */
export const shownRun = (name) =>
  name
    .split(", ")
    .map((part) => {
      if (/^\d/.test(part)) return numeral(part);
      const [, words, number] = /** @type {string[]} */ (/^(.*?)( \d+)?$/s.exec(part));
      return translated(words) + (number ?? "");
    })
    .join(listMark());

/** What is said of a run. @param {string} name @param {string} said */
export const ofRun = (name, said) => say("{run}: {said}", { run: shownRun(name), said });
