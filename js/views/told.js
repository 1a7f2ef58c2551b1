// What is told beside the training itself, unless it is kept back for who looks to find out.

import { objectiveOf } from "../core/objective.js";

/** @typedef {Pick<import("../types.js").View, "labels" | "points" | "chosen" | "hidden">} Told */

/** The best parameters; null: they are not known, or not to be seen. @param {Told} view */
export const bestOf = (view) => (view.hidden.has("best") ? null : objectiveOf(view).least);

/** Where no loss nearby is less: of a function there may be several. @param {Told} view */
export function minimaOf(view) {
  if (view.labels.function && !view.hidden.has("best")) return view.labels.function.minima;
  const best = bestOf(view);
  return best ? [best] : [];
}

/** The least loss; null: it is not known, or not to be seen. @param {Told} view */
export const floorOf = (view) => (view.hidden.has("best") ? null : objectiveOf(view).floor);
