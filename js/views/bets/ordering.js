// The lines of a step out of order, to be put right by a pointer or by keys.

import { html } from "lit-html";
import { say } from "../../words/say.js";
import { isPlain } from "../charts/drag.js";
import { LINES, SHUFFLED } from "../../bets/about-code.js";

/** @param {import("./draft.js").Draft} draft */
export function ordering(draft) {
  // Asked anew by every event: a pointer may pass over two lines before the first is drawn in its place.
  const now = () => /** @type {string[]} */ (draft.value ?? SHUFFLED);
  const lines = now();
  /** Have one stand where another does. @param {string} one @param {number} to */
  const move = (one, to) => {
    const others = now().filter((line) => line !== one);
    draft.set([...others.slice(0, to), one, ...others.slice(to)]);
  };
  const keydown = (/** @type {any} */ event, /** @type {number} */ i) => {
    const to = { ArrowUp: i - 1, ArrowDown: i + 1 }[/** @type {string} */ (event.key)] ?? -1;
    if (!isPlain(event) || !lines[to]) return;
    event.preventDefault();
    move(now()[i], to);
    event.target.closest(".ordering").children[to].firstElementChild.focus(); // it goes with the line
  };
  const taken = (/** @type {any} */ event, /** @type {string} */ one) => {
    event.target.releasePointerCapture(event.pointerId); // else a finger enters no other
    draft.held = one;
  };
  const item = (/** @type {string} */ one, /** @type {number} */ i) =>
    html`<div role="listitem">
      <button
        class="bet-line"
        aria-label=${say("{line}, place {place} of {n}; arrow keys move it", {
          ...{ line: LINES[one], place: i + 1, n: lines.length },
        })}
        @keydown=${(/** @type {any} */ event) => keydown(event, i)}
        @pointerdown=${(/** @type {any} */ event) => taken(event, one)}
        @pointerenter=${(/** @type {any} */ { buttons }) => buttons && draft.held && move(draft.held, i)}
      >
        ${LINES[one]}
      </button>
    </div>`;
  return html`<div class="ordering" role="list" aria-label=${say("The lines of a step")}>
    ${lines.map(item)}
  </div>`;
}
