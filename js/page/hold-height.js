// Where a view takes another's place, the page keeps its height until the new one is drawn.
//
// JupyterLab means to do so for 50 ms where an output is made anew, as a slider's of interact() is; but
// it measures what is left of it then. The page would fall together, and rise again.

const LEAST = 100; // px; less is a line that says what is waited for
const MOST = 2000; // ms; what comes in its place may be no view at all
const PLACE = ".jp-OutputArea"; // JupyterLab's, and that of an Output inside it

/** The places that are held, and what lets go of each. @type {Map<Element, () => void>} */
const held = new Map();

/**
 * To be called when a view was put on the page.
 * @param {HTMLElement} el  its element
 * @returns {() => void}  to be called once it is taken away
 */
export function holdHeight(el) {
  /** How high what it is in was with it, from the inside out. @type {Map<HTMLElement, number>} */
  let heights = new Map();
  const observer = new ResizeObserver(() => {
    if (el.clientHeight < LEAST) return;
    const around = placesOf(el);
    for (const place of around) held.get(place)?.();
    heights = new Map(around.map((place) => [place, place.getBoundingClientRect().height]));
  });
  // Once it is there: its first drawing is itself an answer to a change of size, and changes this one.
  const inSight = new IntersectionObserver(() => {
    if (el.clientHeight > 0) observer.observe(el);
  });
  inSight.observe(el);
  return () => {
    inSight.disconnect();
    observer.disconnect();
    const place = [...heights.keys()].find((one) => one.isConnected);
    if (place) hold(place, heights.get(place) ?? 0);
  };
}

/**
 * @param {HTMLElement} place
 * @param {number} height
 */
function hold(place, height) {
  held.get(place)?.();
  const { style } = place;
  style.minBlockSize = `${height}px`; // its min-height is JupyterLab's own, which takes it away
  const timer = setTimeout(() => held.get(place)?.(), MOST);
  held.set(place, () => {
    clearTimeout(timer);
    held.delete(place);
    style.minBlockSize = "";
  });
}

/** @param {Element} el */
function placesOf(el) {
  /** @type {HTMLElement[]} */
  const found = [];
  for (let place = nextOf(el); place; place = nextOf(place)) found.push(place);
  return found;
}

/** @param {Element} el */
const nextOf = (el) => /** @type {HTMLElement | null} */ (el.parentElement?.closest(PLACE) ?? null);
