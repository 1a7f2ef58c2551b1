// What is told beside the training itself, unless it is kept back for who looks to find out.

import { leastSquares } from "../core/quadratic.js";

/** @typedef {Pick<import("../types.js").View, "labels" | "hidden">} Told */

/** The best parameters; null: they are not to be seen. @param {Told} view */
export const bestOf = ({ labels, hidden }) =>
  hidden.has("best") ? null : leastSquares(labels.bowl);

/** The least loss; null: it is not to be seen. @param {Told} view */
export const floorOf = ({ labels, hidden }) => (hidden.has("best") ? null : labels.bowl.floor);
