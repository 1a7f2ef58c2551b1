// A pointer over what is on the page.

/** @param {Element} target */
export function onPage(target) {
  document.body.append(target);
  Object.assign(SVGElement.prototype, { setPointerCapture() {} }); // which jsdom has not
}

/**
 * A pointer over something, which is asked for when the pointer does something.
 * @param {() => Element} usual
 */
export const pointerOn =
  (usual) =>
  (
    /** @type {string} */ type,
    /** @type {PointerEventInit} */ how = {},
    /** @type {Element} */ target = usual(),
  ) =>
    target.dispatchEvent(
      new PointerEvent(type, { pointerId: 1, isPrimary: true, bubbles: true, ...how }),
    );
