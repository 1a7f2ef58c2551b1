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
    const from = placeIn(event);
    const [x, y] = grip ? grip(...from) : centre(target);
    const heard = (/** @type {any} */ { type, pointerId, clientX, clientY }) => {
      if (type !== "pointerdown" && pointerId !== event.pointerId) return;
      if (type === "pointermove") {
        const [px, py] = placeIn({ currentTarget: target, clientX, clientY });
        return to(x + px - from[0], y + py - from[1]);
      }
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
 * Where a pointer is, in the coordinates of the outermost svg, however large that is shown.
 * @param {any} event
 * @returns {[number, number]}
 */
export function placeIn({ currentTarget, clientX, clientY }) {
  const svg = outermost(currentTarget);
  const zoom = unseenZoom(svg);
  return inside(svg, clientX / zoom, clientY / zoom);
}

/** @param {SVGElement} svg @param {number} x @param {number} y @returns {[number, number]} */
function inside(svg, x, y) {
  const { left, top } = svg.getBoundingClientRect();
  const scale = scaleOf(svg);
  return [(x - left) / scale, (y - top) / scale];
}

/** How many times as large an svg is shown as it is drawn. @param {Element} svg */
export const scaleOf = (svg) =>
  svg.getBoundingClientRect().width / Number(svg.getAttribute("width")) || 1;

/**
 * The part of that which some browsers leave out. Those that know `currentCSSZoom` measure all in
 * the page's pixels; WebKit what is in something zoomed in pixels of that, but pointers in the page's.
 * (getScreenCTM() would say all at once, but leaves out zoom in Firefox, and transforms in WebKit.)
 * @param {Element} element
 */
export function unseenZoom(element) {
  let zoom = 1;
  let at = /** @type {any} */ (element);
  if ("currentCSSZoom" in at) return zoom;
  while (at) {
    zoom *= Number(getComputedStyle(at).zoom) || 1;
    at = at.parentElement ?? at.getRootNode().host;
  }
  return zoom;
}

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

/** With Ctrl, the Mac's Command or Alt a key is the host's. @param {KeyboardEvent} event */
export const isPlain = ({ ctrlKey, metaKey, altKey }) => !ctrlKey && !metaKey && !altKey;

/**
 * The handler of a keydown: arrows move by one small step, with Shift by ten.
 * @param {(right: number, up: number) => void} move
 */
export function arrows(move) {
  return (/** @type {any} */ event) => {
    const size = event.shiftKey ? COARSE : 1;
    /** @type {Record<string, number>} */
    const sideways = { ArrowRight: size, ArrowLeft: -size };
    /** @type {Record<string, number>} */
    const upwards = { ArrowUp: size, ArrowDown: -size };
    const right = sideways[event.key] ?? 0;
    const up = upwards[event.key] ?? 0;
    if ((!right && !up) || !isPlain(event)) return;
    event.preventDefault();
    move(right, up);
  };
}
