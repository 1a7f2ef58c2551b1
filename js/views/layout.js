// Where the panels stand, and how large they are. What is looked at while training, and what it is
// steered by, are in one screen: the charts have the height that the rest leaves them.

import { clamp } from "./charts/clamp.js";

const TWO_COLUMNS = 560; // pixels from which two panels stand side by side
const FOUR_COLUMNS = 1500; // and from which all do
const GAP = 16;

// Heights, in pixels. They are those of the style sheets: a test compares them.
const BESIDE = 192; // what is no chart
const ONE_ROW = 700; // pixels of width from which the header is one row,
const SECOND_ROW = 12; // and what another one takes
const BESIDE_ON_A_PHONE = 304; // with targets for fingers
const ROOMY = 710; // from which the code is open by itself
const CODE = 150; // the lines of code
const STEEPEST = 0.9; // of its width, that a chart is high at most
const LOWEST = 110; // with the buttons of the zoom beside the plot,
const LOWEST_ON_A_PHONE = 156; // or the name of an axis
const LOWEST_LOSS = 70; // that the curve can be read in, and its name: seven letters
const HIGHEST_FLAT = 260; // that and the directions gain nothing by more

/** Of the height, what each chart has beside others. @type {Record<string, number>} */
const SHARES = { fit: 0.73, surface: 0.73, loss: 0.27, directions: 0.45 };
/** @type {typeof SHARES} */
const SHARES_ON_A_PHONE = { fit: 0.48, surface: 0.36, loss: 0.16, directions: 0.4 };

/** @typedef {ReturnType<typeof layOut>} Layout */

/** Whether all stands in one column, and less at once. @param {number} width */
export const isNarrow = (width) => width < TWO_COLUMNS;

/**
 * One column on a phone, two on a page, all in a row on a wall. A panel without a neighbour
 * takes the whole row.
 * @param {string[]} panels
 * @param {number} width
 * @param {number} height  that the whole is to have, its code folded
 * @param {number} [aside]  pixels of the width that what stands beside the panels takes
 */
export function layOut(panels, width, height, aside = 0) {
  const isPhone = isNarrow(width);
  const has = (/** @type {string} */ name) => panels.includes(name);
  const isPair = has("fit") && has("surface");
  const columns = isPhone || !isPair ? 1 : width < FOUR_COLUMNS ? 2 : 4;
  const isSecondPair = !isPhone && isPair && has("loss") && has("directions");
  const wide = isSecondPair ? 1 : Math.min(columns, 2);
  /** @type {Record<string, number>} */
  const spans = { fit: 1, surface: 1, loss: wide, directions: wide };
  const column = (width - aside - GAP * (columns - 1)) / columns;

  const isRoomy = !isPhone && has("code") && height >= ROOMY;
  const beside = isPhone ? BESIDE_ON_A_PHONE : BESIDE + (width < ONE_ROW ? SECOND_ROW : 0);
  const free = height - beside - (isRoomy ? CODE : 0);
  const shares = { ...(isPhone ? SHARES_ON_A_PHONE : SHARES) };
  if (isSecondPair) shares.loss = shares.directions;
  // Of two side by side, one stands for both; and on a phone, what is below takes nothing away.
  const counted = (/** @type {string} */ name) =>
    name in shares &&
    (isPhone
      ? name !== "directions"
      : !(isPair && name === "surface") && !(isSecondPair && name === "directions"));
  const rows = panels.filter(counted);
  const all = columns === 4 ? shares.fit : rows.reduce((sum, name) => sum + shares[name], 0);

  const leastOf = (/** @type {string} */ name) =>
    name === "loss" && !isSecondPair ? LOWEST_LOSS : isPhone ? LOWEST_ON_A_PHONE : LOWEST;
  const needed = columns === 4 ? 0 : rows.reduce((sum, name) => sum + leastOf(name), 0);
  const size = (/** @type {string} */ name) => {
    const width = Math.floor(spans[name] * column + GAP * (spans[name] - 1));
    const share = columns === 4 ? 1 : shares[name] / all;
    const isFlat = (name === "loss" || name === "directions") && columns < 4;
    const most = isFlat ? HIGHEST_FLAT : STEEPEST * column;
    // None takes what the others cannot do without.
    const height = Math.min(free * share, free - needed + leastOf(name));
    return { width, height: Math.floor(clamp(height, leastOf(name), most)) };
  };
  // On a phone the controls come before the surface: fit and loss are in sight with them.
  const isBelow = (/** @type {string} */ name) =>
    isPhone && isPair && (name === "directions" || name === "surface");
  return { columns, spans, size, isRoomy, isBelow };
}
