// The languages beside English that a page has imported, as gd-widget/es: their files, and the one that
// has the views, find each other on the page.

import { languageOf, speaking } from "../words/say.js";

/** @typedef {import("../types.js").Words} Words */

const NAME = "gd_widget's languages";
const page = /** @type {any} */ (globalThis);

/** @returns {Words[]} */
const all = () => (page[NAME] ??= []);

/** Have a language spoken where it is asked for. @param {Words} words */
export function register(words) {
  all().push(words);
  page.dispatchEvent?.(new Event(NAME));
}

/**
 * What an element is to speak: the language of what is nearest around it that has one, else the
 * reader's; undefined where that is English, or has not been imported.
 * @param {Element} element
 */
export function wordsFor(element) {
  const around = /** @type {HTMLElement | null} */ (element.closest("[lang]"));
  const wanted = (around?.lang || navigator.language).toLowerCase();
  const main = (/** @type {string} */ tag) => tag.split("-")[0];
  return (
    all().find(({ lang }) => lang.toLowerCase() === wanted) ??
    all().find(({ lang }) => main(lang) === main(wanted))
  );
}

/**
 * What an element begins with, which then speaks its language.
 * @param {Element} element
 * @param {() => import("../sources/standing.js").Known} begin
 */
export function inLanguageOf(element, begin) {
  const words = wordsFor(element);
  if (!words) return begin();
  const known = speaking(languageOf(words), begin);
  known.snapshot.words = words;
  return known;
}

/**
 * @param {() => void} listen  once another is there
 * @returns {() => void} stop
 */
export function onRegistered(listen) {
  page.addEventListener(NAME, listen);
  return () => page.removeEventListener(NAME, listen);
}
