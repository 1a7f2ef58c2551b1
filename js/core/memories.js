// What rules remember, where that is too much to be kept in every row: it is kept after a step now
// and then. remake.js makes it again in between.

import { RULES } from "./rules.js";

const MOST_KEPT = 64; // of more, every second one is left out

/**
 * @typedef {import("./stretches.js").Stretch} Stretch
 * @typedef {Omit<import("./table.js").Row, "epoch">} State  what a rule goes on from
 */

/** Of stretches that were asked about. @type {WeakMap<Stretch, number>} */
const lengths = new WeakMap();

/** Numbers that rows of d parameters keep of what a rule remembers, at most. @param {number} d */
const mostRemembered = (d) => 4 * d + 8;

/**
 * How many numbers of what its rule remembers a row keeps: all, or null where they are many.
 * @param {Stretch | null} stretch  what made the row; null: nothing did
 * @param {number} d  parameters
 */
export function keptLength(stretch, d) {
  const rule = stretch && !stretch.outside && RULES[stretch.optimizer];
  if (!rule) return 0;
  const length = lengths.get(stretch) ?? rule.memory(d, /** @type {any} */ (stretch)).length;
  lengths.set(stretch, length);
  return length <= mostRemembered(d) ? length : null;
}

/** Of one table. */
export function newMemories() {
  /** By step. @type {Map<number, State>} */
  const kept = new Map();
  /** The last one made: the next is likely to be asked for. @type {State | null} */
  let latest = null;
  let every = 1; // steps

  /** The last one up to a step. @param {number} step @returns {State | null} */
  function upTo(step) {
    let found = null;
    for (const state of [...kept.values(), latest]) {
      if (state && state.step <= step && !(found && found.step > state.step)) found = state;
    }
    return found;
  }

  return {
    upTo,

    /** @param {State} state */
    keep(state) {
      latest = state;
      if (state.step % every === 0) kept.set(state.step, state);
      if (kept.size <= MOST_KEPT) return;
      every *= 2;
      for (const step of kept.keys()) if (step % every) kept.delete(step);
    },

    /** Forget those after a step. @param {number} last */
    truncate(last) {
      for (const step of kept.keys()) if (step > last) kept.delete(step);
      latest = upTo(last);
    },
  };
}
