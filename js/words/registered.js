// The languages beside English that a page has imported, as gd-widget/es: their files, and the one that
// has the views, find each other on the page.

/** @typedef {import("../types.js").Words} Words */

const NAME = "gd_widget's languages";
const page = /** @type {any} */ (globalThis);

/** @returns {Words[]} */
export const registered = () => (page[NAME] ??= []);

/** Have a language spoken where it is asked for. @param {Words} words */
export function register(words) {
  registered().push(words);
  page.dispatchEvent?.(new Event(NAME));
}

/**
 * @param {() => void} listen  once another is there
 * @returns {() => void} stop
 */
export function onRegistered(listen) {
  page.addEventListener(NAME, listen);
  return () => page.removeEventListener(NAME, listen);
}
