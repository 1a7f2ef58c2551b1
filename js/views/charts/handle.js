// What can be taken hold of in a picture, by a pointer or by keys.

import { nothing, svg } from "lit-html";

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
 */
export const handle = ({ name, term, now, text, along, keydown, pointerdown }, content) => svg`
  <g class="handle" tabindex="0" role="slider" aria-label=${name} data-term=${term}
    aria-orientation=${along ?? nothing} aria-valuenow=${now} aria-valuetext=${text}
    @keydown=${keydown} @pointerdown=${pointerdown}>
    ${content}
  </g>`;
