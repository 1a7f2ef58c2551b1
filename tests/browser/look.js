// What place.py has at hand in a page while it looks at it: an expression, by whose names it calls.
() => {
  /**
   * Every element, those in open shadow roots too.
   * @param {Document | ShadowRoot} root
   * @returns {Generator<Element>}
   */
  function* elements(root = document) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) yield* elements(element.shadowRoot);
    }
  }

  /** The first element a selector fits. @param {string} selector */
  const find = (selector) => [...elements()].find((element) => element.matches(selector)) ?? null;

  /** The first element that is called so, by its label or the words on it. @param {string} name */
  const named = (name) => [...elements()].find((element) => nameOf(element) === name) ?? null;

  /** @param {Element} element */
  const nameOf = (element) =>
    element.getAttribute("aria-label") ??
    (element.matches("button, summary") ? element.textContent.trim() : null);

  const nextFrame = () => new Promise(requestAnimationFrame);

  /** Have what a selector fits be visible: frames that are not may not draw. @param {string} selector */
  const show = (selector) => {
    const element = find(selector);
    element?.scrollIntoView({ block: "nearest", behavior: "instant" });
    return element !== null;
  };

  /**
   * The middle of what is called so, once it stands still and nothing lies over it.
   * @param {string} name
   */
  const pointOf = async (name) => {
    const element = named(name);
    if (!element) return null;
    element.scrollIntoView({ block: "center", behavior: "instant" });
    await nextFrame();
    const { left, top, width, height } = element.getBoundingClientRect();
    await nextFrame();
    const later = element.getBoundingClientRect();
    if (later.left !== left || later.top !== top || width === 0 || height === 0) return null;
    const point = /** @type {const} */ ([left + width / 2, top + height / 2]);
    const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    return element.contains(root.elementFromPoint(...point)) ? point : null;
  };

  /**
   * A point in a frame as a point of what is around the frame, scrolled to where it can be seen.
   * @param {string} selector
   * @param {number} x
   * @param {number} y
   */
  const outOf = (selector, x, y) => {
    const frame = find(selector);
    if (!frame) return null;
    const place = () => {
      const { left, top } = frame.getBoundingClientRect();
      const { paddingLeft, paddingTop } = getComputedStyle(frame);
      return [
        x + left + frame.clientLeft + Number.parseFloat(paddingLeft),
        y + top + frame.clientTop + Number.parseFloat(paddingTop),
      ];
    };
    const [, below] = place();
    if (below < 0 || below >= innerHeight) {
      scrollBy({ top: below - innerHeight / 2, behavior: "instant" });
    }
    return place();
  };

  /** All that can be read, for whom a test has failed. */
  const words = () =>
    [...elements()]
      .flatMap((element) => [element, ...(element.shadowRoot?.children ?? [])])
      .filter((element) => element === document.body || element.parentNode instanceof ShadowRoot)
      .map((element) => /** @type {HTMLElement} */ (element).innerText)
      .join("\n");

  return { find, named, nextFrame, show, pointOf, outOf, words };
};
