// The learning rate as it is typed.

import { html } from "lit-html";
import { say } from "../../words/say.js";
import { plain } from "../charts/numbers.js";
import { editing, shown } from "./editable.js";

/**
 * @param {number} lr
 * @param {boolean} can  whether it can be changed
 * @param {import("../../types.js").Actions["setLr"]} setLr
 */
export function rateField(lr, can, setLr) {
  const { input, change, keydown, blur } = editing((text) => setLr(typed(text)));
  return html` <input
    type="text"
    inputmode="decimal"
    aria-label=${say("Learning rate, typed")}
    size="7"
    ?disabled=${!can}
    .value=${shown(plain(lr))}
    @input=${input}
    @change=${change}
    @keydown=${keydown}
    @blur=${blur}
  />`;
}

/**
 * What was typed as a number, or as it is: the kernel says what is wrong with it.
 * @param {string} text
 */
export function typed(text) {
  const number = Number(text.trim().replace("−", "-").replace(",", "."));
  return text.trim() !== "" && Number.isFinite(number) ? number : text;
}
