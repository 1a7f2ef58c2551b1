// Which settings make a difference.

import { RULES } from "../core/rules.js";

/**
 * Whether a setting makes a difference to a run.
 * @param {import("../types.js").Run} run
 * @param {string} setting
 */
export const heeds = ({ outside, optimizer }, setting) =>
  !outside && RULES[optimizer].settings.includes(setting);

/**
 * How many points each step looks at, null where it looks at all.
 * @param {import("../types.js").View} view
 */
export const batchSizeOf = ({ run, settings: { batch_size }, labels }) =>
  heeds(run, "batch_size") && batch_size !== null && batch_size < labels.bowl.n ? batch_size : null;
