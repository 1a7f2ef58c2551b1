// The page keeps its height where a view takes another's place.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { holdHeight } from "../../../js/page/hold-height.js";

/** Those that watch the size of an element, and whether it is in sight. */
const watched = {
  size: /** @type {Map<Element, () => void>} */ (new Map()),
  sight: /** @type {Map<Element, () => void>} */ (new Map()),
};

/** What watches elements until it is told to. @param {Map<Element, () => void>} those */
const watching = (those) =>
  class {
    constructor(/** @type {() => void} */ tell) {
      this.tell = tell;
    }
    observe(/** @type {Element} */ el) {
      those.set(el, this.tell);
    }
    disconnect() {}
  };

/** @type {HTMLElement} */
let cell;
/** @type {HTMLElement} */
let inner;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("ResizeObserver", watching(watched.size));
  vi.stubGlobal("IntersectionObserver", watching(watched.sight));
  document.body.innerHTML = `<div class="jp-OutputArea"><div><div class="jp-OutputArea"></div></div></div>`;
  [cell, inner] = /** @type {any} */ (document.querySelectorAll(".jp-OutputArea"));
  for (const place of [cell, inner]) {
    const height = () => new DOMRect(0, 0, 800, place.querySelector("span") ? 700 : 15);
    vi.spyOn(place, "getBoundingClientRect").mockImplementation(height);
  }
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A view that is put into a place; it is drawn once that is told. */
function view(/** @type {Element} */ place) {
  const el = document.createElement("span");
  place.append(el);
  const takenAway = holdHeight(el);
  const draw = (height = 700) => {
    Object.defineProperty(el, "clientHeight", { value: height, configurable: true });
    watched.sight.get(el)?.();
    watched.size.get(el)?.();
  };
  const takeAway = () => {
    el.remove();
    takenAway();
  };
  return { draw, takeAway };
}

it("keeps the height of a view that is taken away until the next one is drawn", () => {
  const first = view(inner);
  first.draw();
  first.takeAway();
  expect(inner.style.minBlockSize).toBe("700px");
  const second = view(inner);
  second.draw(15); // it says what it waits for
  expect(inner.style.minBlockSize).toBe("700px");
  second.draw();
  expect(inner.style.minBlockSize).toBe("");
});

it("holds the place that is still there, where the inner one was taken away, too", () => {
  const first = view(inner);
  first.draw();
  inner.remove();
  first.takeAway();
  expect([cell, inner].map(({ style }) => style.minBlockSize)).toEqual(["700px", ""]);
});

it("lets go after two seconds where no view comes", () => {
  const first = view(inner);
  first.draw();
  first.takeAway();
  vi.advanceTimersByTime(1999);
  expect(inner.style.minBlockSize).toBe("700px");
  vi.advanceTimersByTime(1);
  expect(inner.style.minBlockSize).toBe("");
});

it("leaves a page alone whose cell is gone, or that never saw the view", () => {
  const never = view(inner);
  never.takeAway();
  const first = view(inner);
  first.draw();
  cell.remove();
  first.takeAway();
  expect([cell, inner].map(({ style }) => style.minBlockSize)).toEqual(["", ""]);
});
