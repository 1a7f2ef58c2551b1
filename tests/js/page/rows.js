// Rows with numbers of every size, and a history of rows.

import { newTable } from "../../../js/core/table.js";

export const ROWS = [
  [0, -1, 1, 7.955368194912871, -2.6, -2.9999999999999996, 0.1],
  [1, -0.74, 1.3, 1e-300, 5e-324, 1.7976931348623157e308, 0.1],
];

/** @param {number[][]} rows */
export function historyOf(...rows) {
  const history = newTable(2);
  history.write(Float64Array.from(rows.flat()));
  return history;
}
