// Words that explain themselves.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { explaining } from "../../../js/page/explain.js";
import { TERMS } from "../../../js/words/terms.js";

/** @type {HTMLElement} */
let root;
let stop = () => {};
/** What lies at any place, the uppermost first. @type {Element[]} */
let stack = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("DOMRect", class {});
  const page = document.createElement("div").attachShadow({ mode: "open" });
  Object.assign(page, { elementsFromPoint: () => stack });
  root = document.createElement("div");
  root.innerHTML = `<span data-term="slope" tabindex="0">slope</span>
    <span data-term="best fit" data-more="Mind the noise.">best fit</span><b>other</b>`;
  page.append(root);
  stop = explaining(root, (said) => said());
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const said = () => {
  const tip = /** @type {HTMLElement} */ (root.querySelector(".tip"));
  return tip.hidden ? null : tip.textContent;
};
const term = (/** @type {string} */ name) =>
  /** @type {HTMLElement} */ (root.querySelector(`[data-term="${name}"]`));

/** @param {string} type @param {Element} over @param {object} [how] */
function point(type, over, how = {}) {
  stack = [over, root];
  const event = new MouseEvent(type, { bubbles: true });
  over.dispatchEvent(Object.assign(event, { pointerType: "mouse", ...how }));
}

it("say what they mean where a mouse rests on them, and nothing where it passes", () => {
  point("pointermove", term("slope"));
  expect(said()).toBe(null);
  vi.advanceTimersByTime(1000);
  expect(said()).toBe(TERMS.slope);
  expect(term("slope").getAttribute("aria-describedby")).toBe("tip");
  point("pointermove", /** @type {Element} */ (root.querySelector("b")));
  expect(said()).toBe(null);
  expect(term("slope").hasAttribute("aria-describedby")).toBe(false);
});

it("say it on, with what else is to be known, while the mouse is on what is said", () => {
  point("pointermove", term("best fit"));
  vi.advanceTimersByTime(1000);
  expect(said()).toBe(`${TERMS["best fit"]} Mind the noise.`);
  point("pointermove", /** @type {Element} */ (root.querySelector(".tip")));
  expect(said()).toContain("Mind the noise.");
});

it("say it where a finger taps, and to who comes by keys; Escape ends it", () => {
  point("click", term("slope"), { pointerType: "touch" });
  expect(said()).toBe(TERMS.slope);
  root.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  expect(said()).toBe(null);
  vi.spyOn(Element.prototype, "matches").mockReturnValue(true); // jsdom knows no :focus-visible
  term("slope").dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  expect(said()).toBe(TERMS.slope);
  term("slope").dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  expect(said()).toBe(null);
  vi.restoreAllMocks();
});

it("are silent while something is dragged, who keeps that to himself", () => {
  term("slope").addEventListener("pointerdown", (event) => event.stopPropagation());
  for (const rests of [0, 1000]) {
    point("pointermove", term("slope"));
    vi.advanceTimersByTime(rests);
    point("pointerdown", term("slope"));
    vi.advanceTimersByTime(1000);
    expect(said()).toBe(null);
  }
});
