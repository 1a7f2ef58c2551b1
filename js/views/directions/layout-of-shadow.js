// Where the panels of very many parameters stand: without a fit, the surface and the directions are
// the pair.

import { layOut } from "../layout.js";

/** As which panel each is laid out. @param {string} name */
const as = (name) => ({ surface: "fit", directions: "surface" })[name] ?? name;

/**
 * Null: these are not so many.
 * @param {import("../../types.js").Labels} labels
 * @param {number} width
 * @param {number} height
 * @param {number} [aside]
 * @returns {ReturnType<typeof layOut> | null}
 */
export function layOutShadow({ panels, bowl }, width, height, aside) {
  if (!bowl.of) return null;
  const layout = layOut(panels.map(as), width, height, aside);
  return {
    ...layout,
    spans: { ...layout.spans, directions: 1 },
    size: (name) => layout.size(as(name)),
    isBelow: (name) => layout.isBelow(as(name)),
  };
}
