// The controls as a person has them.

import { render } from "lit-html";
import { controls } from "../../../../js/views/controls/controls.js";
import { plainView } from "../../plain-view.js";

/** What a person is shown, and what they ask for. @param {import("../../plain-view.js").Wish} [wish] */
export function show(wish) {
  const el = document.createElement("div");
  const { view } = plainView(wish);
  /** @type {any[]} */
  const asked = [];
  const session = new Proxy(
    {},
    { get: (_, name) => (/** @type {any} */ value) => asked.push([name, value]) },
  );
  const look = /** @type {any} */ ({
    ...{ width: 800, showsMore: true, residuals: "lines", feature: -1, menu: () => "" },
    change: (/** @type {any} */ changes) => asked.push(["look", changes]),
  });
  const draw = () => render(controls(view, /** @type {any} */ (session), look), el);
  draw();
  const named = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement} */ (el.querySelector(`[aria-label="${name}"]`));
  const change = (/** @type {string} */ name, /** @type {string} */ value, event = "change") => {
    named(name).value = value;
    named(name).dispatchEvent(new Event(event));
  };
  return { el, view, asked, named, change, draw };
}
