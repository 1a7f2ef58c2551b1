// What was saved of very many points, looked through.

import { areFinite } from "../core/checks.js";

/**
 * @param {import("../core/picture.js").Picture} picture
 * @param {import("./read-losses.js").Must} must
 */
export function isPicture({ x, y, columns, rows, most, extent, shades }, must) {
  must("picture", areFinite([...x, ...y, most, ...(extent ?? [[NaN]]).flat()]));
  must("picture", shades.length > 0 && shades.length === columns * rows);
}
