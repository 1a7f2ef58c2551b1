// What a person reads, in the language of the widget that is being drawn. The English sentence is the
// key of the other languages' catalogs: the twin of gd_widget/words/say.py.

import { general } from "../core/format-g.js";

/**
 * A language, and its sentences by the English ones.
 * @typedef {{ lang: string, sentences: Record<string, string>, mark: string }} Language  mark: of decimals
 */

/**
 * @param {string} lang  a language tag of the web, such as pt-BR
 * @param {Record<string, string>} sentences
 * @returns {Language}
 */
export const languageOf = (lang, sentences) => ({
  ...{ lang, sentences },
  mark: (0.5).toLocaleString(lang)[1],
});

export const ENGLISH = languageOf("en", {});
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
 * @param {string} template  in English, whole, and a literal: a test collects them
 * @param {Record<string, unknown>} [values]
 */
export const say = (template, values = {}) =>
  (now.sentences[template] ?? template).replace(/{(\w+):?(.*?)}/g, (_, name, format) =>
    put(values[name], format),
  );

/** @param {any} value @param {string} format */
function put(value, format) {
  if (format === ",") return value.toLocaleString(now.lang);
  if (format) return numeral(general(value, Number(format.slice(1, -1)) || 6));
  return typeof value === "number" ? numeral(String(value)) : value;
}

/** A number, written with a point, as the language writes it. @param {string} number */
export const numeral = (number) => number.replace(".", now.mark);
