// What a question is answered with, beside what can be pointed at in a panel: fields and lists.

import { html } from "lit-html";
import { NONE } from "../../bets/about-races.js";
import { shownNames } from "../params.js";
import { shownRun } from "../../words/run-name.js";
import { say } from "../../words/say.js";
import { plain } from "../charts/numbers.js";
import { editing, shown } from "../controls/editable.js";
import { typed } from "../controls/rate-field.js";
import { select } from "../controls/select.js";

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {import("../../types.js").Bet} Bet
 * @typedef {import("./draft.js").Draft} Draft
 */

/**
 * Whether there is something to bet.
 * @param {View} view
 * @param {Bet} bet
 * @param {any} value
 */
export function isWhole({ labels: { names } }, { kind }, value) {
  if (kind === "order") return true;
  if (kind !== "sign") return value !== undefined && value !== "";
  return names.every((_, i) => value?.[i] !== undefined);
}

/**
 * @param {View} view
 * @param {Bet} bet
 * @param {Draft} draft
 * @param {(answer: any) => void} answer
 */
export function fields(view, bet, draft, answer) {
  const { labels, row, runs, lr } = view;
  const { value, set } = draft;
  switch (bet.kind) {
    case "next_step":
      return shownNames(labels).map((name, i) =>
        field(say("Your {name}", { name }), name, (value ?? row.params)[i], (one) =>
          set((value ?? row.params).with(i, one)),
        ),
      );
    case "sign":
      return shownNames(labels).map((name, i) => {
        const signs = value ?? [];
        const turned = (/** @type {string} */ sign) =>
          set(Object.assign([...signs], { [i]: Number(sign) }));
        return list(say("Your {name}", { name }), name, String(signs[i] ?? ""), turned, [
          ["1", say("up")],
          ["-1", say("down")],
        ]);
      });
    case "winner": {
      const all = [...runs.map(({ name }) => [name, shownRun(name)]), [NONE, say("none")]];
      return list(say("Your run"), "", value ?? "", set, all);
    }
    case "draw_loss":
    case "order":
      return "";
    default: {
      const now = bet.kind === "largest_rate" ? (value ?? lr) : value;
      return field(say("Your bet"), "", now, set, answer);
    }
  }
}

/**
 * A number, or what was typed instead: who computes says what is wrong with it.
 * @param {string} label
 * @param {string} name
 * @param {any} now
 * @param {(value: any) => void} set
 * @param {(answer: any) => void} [answer]  what Enter does
 */
function field(label, name, now, set, answer) {
  const { input, change, keydown, blur } = editing(() => {});
  const text = Number.isFinite(now) ? plain(now) : (now ?? "");
  return html`<label class="setting"
    >${name && html`<span aria-hidden="true">${name}</span>`}<input
      type="text"
      inputmode="decimal"
      aria-label=${label}
      size="7"
      .value=${shown(text)}
      @input=${(/** @type {any} */ event) => {
        input(event);
        set(event.target.value.trim() && typed(event.target.value));
      }}
      @change=${change}
      @keydown=${(/** @type {any} */ event) => {
        keydown(event);
        if (event.key === "Enter" && event.target.value.trim()) answer?.(typed(event.target.value));
      }}
      @blur=${blur}
  /></label>`;
}

/**
 * @param {string} label
 * @param {string} name
 * @param {string} now  "" for nothing yet
 * @param {(value: string) => void} set
 * @param {string[][]} options  value and words of each
 */
const list = (label, name, now, set, options) =>
  select(
    { name, label, now, set },
    [["", "?"], ...options].map(
      ([value, words]) =>
        html`<option value=${value} ?selected=${value === now} ?disabled=${!value}>
          ${words}
        </option>`,
    ),
  );
