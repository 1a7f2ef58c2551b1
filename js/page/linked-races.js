// Whether an address may ask who wins: must_suit of Winner in gd_widget/bets/about_rates.py.

import { objectiveOf } from "../core/objective.js";

/**
 * Whether there is a race, and it is known how far down each loss leads.
 * @param {import("../sources/source.js").Snapshot} labels
 * @param {import("../core/points.js").Points} points
 */
export const takesWinner = (labels, points) =>
  labels.runs.length > 1 &&
  labels.runs.every((_, i) => objectiveOf({ labels, points }, i).floor !== null);
