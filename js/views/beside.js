// What stands beside the charts on a full screen, because below them it would not be seen: the table of
// several runs, lines to be put in order, and what the reader's own code says.

import { isFree } from "../core/controls.js";
import { isNarrow } from "./layout.js";

/**
 * Pixels of the width, with the gap, that it takes. Where it stands, says the style sheet.
 * @param {import("../types.js").View} view
 * @param {Pick<import("../types.js").Look, "isFull" | "width" | "showsCode">} look
 */
export function besideCharts(view, look) {
  if (!look.isFull || isNarrow(look.width)) return 0;
  if (view.runs.length > 1 && view.points.held) return 330;
  const isBeside = view.runs.length > 1 || view.bet?.kind === "order" || view.printed;
  return isBeside || showsOwnCode(view, look) ? 266 : 0;
}

/**
 * Whether there are lines of code without a slow step through them, and they are open.
 * @param {import("../types.js").View} view
 * @param {Pick<import("../types.js").Look, "showsCode">} look
 */
const showsOwnCode = ({ labels, run, problem, hidden }, { showsCode }) =>
  labels.panels.includes("code") &&
  !hidden.has("code") &&
  (run.outside ? labels.code : !isFree(labels, "step")) &&
  (showsCode ?? (run.outside && problem?.line !== undefined && problem.line !== null));
