// A control that shows a value, whatever a person has made of it, but leaves alone what is being
// typed into it.

import { noChange } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";

class Shown extends Directive {
  /** @param {string} text */
  render(text) {
    return text;
  }

  /**
   * @param {any} part
   * @param {unknown[]} values
   * @override
   */
  update({ element }, [text]) {
    if (element.defaultValue !== text) element.defaultValue = text;
    if (!("edited" in element.dataset) && element.value !== text) element.value = text;
    return noChange;
  }
}

/** For `.value=`: the text, except while something else is being typed. */
export const shown = directive(/** @type {any} */ (Shown));

/**
 * What the field's events do: Enter and leaving the field pass on what was typed, Escape
 * gives it up. Who types and takes it back has changed nothing: leaving gives that up, too.
 * @param {(text: string) => void} commit
 */
export function editing(commit) {
  const done = (/** @type {HTMLInputElement} */ field) => {
    if (!("edited" in field.dataset)) return;
    delete field.dataset.edited;
    commit(field.value);
  };
  const giveUp = (/** @type {HTMLInputElement} */ field) => {
    if (!("edited" in field.dataset)) return;
    delete field.dataset.edited;
    field.value = field.defaultValue;
  };
  return {
    input: (/** @type {any} */ { target }) => {
      target.dataset.edited = "";
    },
    change: (/** @type {any} */ { target }) => done(target),
    keydown: (/** @type {any} */ { target, key }) => {
      if (key === "Enter") done(target);
      if (key === "Escape") giveUp(target);
    },
    blur: (/** @type {any} */ { target }) => giveUp(target), // after a change, if there is one
  };
}
