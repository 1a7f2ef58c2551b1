// What one view has of an answer that is not given yet.

/**
 * @typedef {object} Draft
 * @property {any} value  undefined: nothing yet
 * @property {string} held  the line of several that a pointer has taken
 * @property {(value: any) => void} set
 */

/** @param {() => void} redraw */
export function newDraft(redraw) {
  let of = ""; // the question that it answers

  const draft = {
    /** @type {any} */
    value: undefined,
    held: "",

    /** @param {any} value */
    set: (value) => {
      draft.value = value;
      redraw();
    },

    /** Before each drawing: of another question, nothing is there yet. @param {import("../../types.js").View} view */
    follow({ asked, bet, resets }) {
      const now = [asked, bet?.at, resets].join();
      if (now !== of) Object.assign(draft, { value: undefined, held: "" });
      of = now;
      return draft;
    },
  };
  return draft;
}
