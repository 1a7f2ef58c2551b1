// Where the panels stand, and how large they are.

const TWO_COLUMNS = 560; // pixels from which two panels stand side by side
const FOUR_COLUMNS = 1500; // and from which all do
const GAP = 16;

/** @typedef {ReturnType<typeof layOut>} Layout */

/**
 * One column on a phone, two on a page, all in a row on a wall. A panel without a neighbour
 * takes the whole row.
 * @param {string[]} panels
 * @param {number} width
 */
export function layOut(panels, width) {
  const pair = panels.filter((name) => name === "fit" || name === "surface").length === 2;
  const columns = width < TWO_COLUMNS || !pair ? 1 : width < FOUR_COLUMNS ? 2 : 4;
  /** @type {Record<string, number>} */
  const spans = { fit: 1, surface: 1, loss: Math.min(columns, 2), code: columns };
  const column = (width - GAP * (columns - 1)) / columns;
  const size = (/** @type {string} */ name) => ({
    width: Math.floor(spans[name] * column + GAP * (spans[name] - 1)),
    height: name === "loss" && columns < 4 ? 140 : width < TWO_COLUMNS ? 260 : 300,
  });
  return { columns, spans, size };
}
