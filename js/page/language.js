// The language of an element, of those that its page has imported.

import { languageAsked } from "./link.js";
import { registered } from "../words/registered.js";
import { languageOf, speaking } from "../words/say.js";

/**
 * What an element is to speak: the language that the page's address asks for, else that of what is nearest
 * around it that has one, else the reader's; undefined where that is English, or has not been imported.
 * @param {Element} element
 */
export function wordsFor(element) {
  const around = /** @type {HTMLElement | null} */ (element.closest("[lang]"));
  const wanted = (languageAsked(element) || around?.lang || navigator.language).toLowerCase();
  const main = (/** @type {string} */ tag) => tag.toLowerCase().split("-")[0];
  return (
    registered().find(({ lang }) => lang.toLowerCase() === wanted) ??
    registered().find(({ lang }) => main(lang) === main(wanted))
  );
}

/**
 * What a page begins with, which then speaks a language.
 * @param {import("../types.js").Words | undefined} words  of it; none are needed for English
 * @param {() => import("../sources/standing.js").Known} begin
 */
export function inLanguageOf(words, begin) {
  if (!words) return begin();
  const known = speaking(languageOf(words), begin);
  known.snapshot.words = words;
  return known;
}
