// Dragging with a mouse, a finger or a pen, and the same with the arrow keys.

/**
 * What is being dragged tells where it is, in the coordinates of its outermost svg.
 * @typedef {object} Drag
 * @property {(x: number, y: number) => void} to
 * @property {(x: number, y: number) => [number, number]} [grip]
 *   the place in it that a pointer has taken hold of; else that is its centre
 * @property {() => void} [start]
 * @property {() => void} [end]
 */

const HEARD = ["pointermove", "pointerup", "pointercancel", "lostpointercapture", "pointerdown"];

/**
 * The handler of a pointerdown: follow that pointer until it is let go, or another one comes: two
 * fingers pinch, and drag nothing.
 * @param {Drag} drag
 */
export function dragging({ to, grip, start, end }) {
  return (/** @type {any} */ event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const target = /** @type {SVGElement} */ (event.currentTarget);
    // The pointer may have taken hold beside that place, which stays as far away from it.
    const [x, y] = grip ? grip(...placeIn(event)) : centre(target);
    const zoom = zoomOf(target);
    const heard = (/** @type {any} */ { type, pointerId, clientX, clientY }) => {
      if (type !== "pointerdown" && pointerId !== event.pointerId) return;
      if (type === "pointermove")
        return to(x + (clientX - event.clientX) / zoom, y + (clientY - event.clientY) / zoom);
      for (const name of HEARD) window.removeEventListener(name, heard, true);
      end?.();
    };
    event.preventDefault();
    event.stopPropagation();
    target.focus({ preventScroll: true });
    target.setPointerCapture(event.pointerId);
    for (const name of HEARD) window.addEventListener(name, heard, true);
    start?.();
  };
}

/**
 * Where a pointer is, in the coordinates of the outermost svg.
 * @param {any} event
 * @returns {[number, number]}
 */
export function placeIn({ currentTarget, clientX, clientY }) {
  const svg = outermost(currentTarget);
  // WebKit measures what is in something zoomed in pixels of that, but pointers in the page's.
  const unit = zoomOf(svg) / scaleOf(svg);
  return inside(svg, clientX / unit, clientY / unit);
}

/** @param {SVGElement} svg @param {number} x @param {number} y @returns {[number, number]} */
function inside(svg, x, y) {
  const { left, top } = svg.getBoundingClientRect();
  const scale = scaleOf(svg);
  return [(x - left) / scale, (y - top) / scale];
}

/** How many times as large a view is shown as it is drawn: for the back row. @param {Element} el */
const zoomOf = (el) =>
  Number(/** @type {HTMLElement | null} */ (el.closest(".gd-widget > div"))?.style.zoom) || 1;

/** The same, as the browser measures it. @param {Element} svg */
export const scaleOf = (svg) =>
  svg.getBoundingClientRect().width / Number(svg.getAttribute("width")) || 1;

/** @param {SVGElement} element */
function outermost(element) {
  let svg = element.ownerSVGElement ?? element;
  while (svg.ownerSVGElement) svg = svg.ownerSVGElement;
  return svg;
}

/** The middle of an element. @param {SVGElement} element */
function centre(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return inside(outermost(element), left + width / 2, top + height / 2);
}

const COARSE = 10;

/**
 * The handler of a keydown: arrows move by one small step, with Shift by ten.
 * @param {(right: number, up: number) => void} move
 */
export function arrows(move) {
  return (/** @type {any} */ event) => {
    const size = event.shiftKey ? COARSE : 1;
    /** @type {Record<string, [number, number]>} */
    const steps = {
      ArrowRight: [size, 0],
      ArrowLeft: [-size, 0],
      ArrowUp: [0, size],
      ArrowDown: [0, -size],
    };
    if (!(event.key in steps)) return;
    event.preventDefault();
    move(...steps[event.key]);
  };
}
