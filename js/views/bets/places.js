// Where in the fit and in the bowl a bet on the next step stands, and the truth beside it.

import { svg } from "lit-html";

/**
 * @typedef {import("../../types.js").View} View
 * @typedef {{ params: number[], kind: "bet" | "truth" }} Place
 */

/**
 * What can be moved in its stead, while there is a bet on where it goes.
 * @param {View} view
 * @param {import("./draft.js").Draft | null} draft
 */
export function handOf({ bet, row }, draft) {
  if (bet?.kind !== "next_step" || !draft) return null;
  const { value } = draft;
  const params = value?.every(Number.isFinite) ? value : row.params;
  return { row: { ...row, params }, setGuess: draft.set };
}

/**
 * @param {View} view
 * @param {import("./draft.js").Draft} draft
 * @returns {Place[]}
 */
export function placesOf(view, draft) {
  const { bets, asked } = view;
  const { kind, answer, truth } = bets[asked];
  if (kind !== "next_step") return [];
  const hand = handOf(view, draft);
  if (hand) return draft.value ? [{ params: hand.row.params, kind: "bet" }] : [];
  /** @type {Place[]} */
  const places = answer ? [{ params: answer, kind: "bet" }] : [];
  return truth.params ? [...places, { params: truth.params, kind: "truth" }] : places;
}

/**
 * A diamond for a bet, a ring for what is true.
 * @param {number[]} place  pixels
 * @param {Place["kind"]} kind
 */
export const betMark = ([px, py], kind) =>
  kind === "bet"
    ? svg`<path class="bet-mark" d="M${px},${py - 6}l6,6l-6,6l-6-6z" />`
    : svg`<circle class="truth-mark" cx=${px} cy=${py} r="6" />`;
