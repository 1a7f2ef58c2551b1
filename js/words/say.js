// What a person reads, in the language of the widget that is being drawn. The English sentence is the
// key of the other languages' catalogs: the twin of gd_widget/words/say.py.

import { general } from "../core/format-g.js";

export { template } from "../core/template.js";

/**
 * @typedef {import("../types.js").Words} Words
 *
 * The same, what it writes before decimals, and how it writes whole numbers.
 * @typedef {Words & { mark: string, whole: (value: number) => string }} Language
 */

/** @param {Words} words @returns {Language} */
export const languageOf = ({ lang, sentences }) => ({
  ...{ lang, sentences },
  mark: (0.5).toLocaleString(lang)[1],
  whole: new Intl.NumberFormat(lang).format,
});

export const ENGLISH = languageOf({ lang: "en", sentences: {} });
let now = ENGLISH;

/** The language that is spoken now. */
export const spoken = () => now;

/**
 * Draw in a language: a page may have widgets in several.
 * @template T
 * @param {Language} language
 * @param {() => T} draw
 */
export function speaking(language, draw) {
  const before = now;
  now = language;
  try {
    return draw();
  } finally {
    now = before;
  }
}

/**
 * A sentence. Its values stand in it as {name}; numbers also as {name:g}, {name:.4g}, or {name:,} with
 * groups of digits, as Python writes them.
 * @param {string} english  the template, whole, and a literal: a test collects them
 * @param {Record<string, unknown>} [values]
 */
export const say = (english, values = {}) =>
  translated(english).replace(/{(\w+):?(.*?)}/g, (_, name, format) => put(values[name], format));

/** What may be a whole sentence of ours, or anything else. @param {string} text */
export const translated = (text) => now.sentences[text] ?? text;

/** @param {any} value @param {string} format */
function put(value, format) {
  if (format === ",") return now.whole(value);
  if (format) return numeral(general(value, Number(format.slice(1, -1)) || 6));
  return typeof value === "number" ? numeral(String(value)) : value;
}

/** What stands between numbers in a list: where they have commas, no comma. */
export const listMark = () => translated(", ");

/** A number, written with a point, as the language writes it. @param {string} number */
export const numeral = (number) => number.replace(".", now.mark);
