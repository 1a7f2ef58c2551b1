// Dragging with a mouse, a finger or a pen, and the same with the arrow keys.

/**
 * What is being dragged tells where it is, in the coordinates of its outermost svg.
 * @typedef {object} Drag
 * @property {(x: number, y: number) => void} to
 * @property {() => void} [start]
 * @property {() => void} [end]
 */

/**
 * The handler of a pointerdown: follow the pointer until it is let go.
 * @param {Drag} drag
 */
export function dragging({ to, start, end }) {
  return (/** @type {any} */ event) => {
    if (event.button !== 0) return;
    const target = /** @type {SVGElement} */ (event.currentTarget);
    const { left, top } = outermost(target).getBoundingClientRect();
    // The pointer may have taken hold beside the centre: what is held stays under it.
    const { x: centreX, y: centreY } = centre(target);
    const grip = [event.clientX - centreX, event.clientY - centreY];
    const move = (/** @type {PointerEvent} */ { clientX, clientY }) =>
      to(clientX - grip[0] - left, clientY - grip[1] - top);
    const release = () => {
      target.removeEventListener("pointermove", move);
      target.removeEventListener("pointerup", release);
      target.removeEventListener("pointercancel", release);
      end?.();
    };
    event.preventDefault();
    event.stopPropagation();
    target.focus({ preventScroll: true });
    target.setPointerCapture(event.pointerId);
    target.addEventListener("pointermove", move);
    target.addEventListener("pointerup", release);
    target.addEventListener("pointercancel", release);
    start?.();
  };
}

/**
 * Where a pointer is, in the coordinates of the outermost svg.
 * @param {any} event
 * @returns {[number, number]}
 */
export function placeIn({ currentTarget, clientX, clientY }) {
  const { left, top } = outermost(currentTarget).getBoundingClientRect();
  return [clientX - left, clientY - top];
}

/** @param {SVGElement} element */
function outermost(element) {
  let svg = element.ownerSVGElement ?? element;
  while (svg.ownerSVGElement) svg = svg.ownerSVGElement;
  return svg;
}

/** @param {SVGElement} element */
function centre(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
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
