// What can be taken hold of in a picture, by a pointer or by keys.

import { noChange, nothing, svg } from "lit-html";

/**
 * @param {object} how
 * @param {string} how.name
 * @param {string} how.term  the word for what it stands for
 * @param {number} how.now  where in the picture it is, from 0 to 100
 * @param {string} how.text  the same, as it is said
 * @param {"vertical"} [how.along]  where it moves one way alone
 * @param {(event: any) => void} how.keydown
 * @param {(event: any) => void} how.pointerdown
 * @param {unknown} content
 * @param {boolean} [inFull]  else only that moves
 */
export const handle = (
  { name, term, now, text, along, keydown, pointerdown },
  content,
  inFull = true,
) => svg`
  <g class="handle" tabindex="0" role="slider" aria-label=${name} data-term=${term}
    aria-orientation=${along ?? nothing} aria-valuenow=${inFull ? now : noChange}
    aria-valuetext=${inFull ? text : noChange}
    @keydown=${keydown} @pointerdown=${pointerdown}>
    ${content}
  </g>`;
