// A fit that is zoomed in on.

import { render } from "lit-html";
import { beforeEach, describe, expect, it } from "vitest";
import { plainView } from "../../plain-view.js";
import { fitOf } from "../panels.js";

/** @type {HTMLElement} */
let root;

/** @param {string} name */
const button = (name) =>
  /** @type {HTMLButtonElement} */ (root.querySelector(`[aria-label="${name}"]`));

describe("a fit that is zoomed in on", () => {
  /** @type {ReturnType<typeof fitOf>} */
  let fit;
  /** @type {any[][]} */
  let edits;

  function draw() {
    const { view } = plainView();
    const editPoints = (/** @type {any[]} */ ...edit) => void edits.push(edit);
    render(fit(view, { editPoints }), root);
    return view;
  }

  /** @param {string} name */
  const attribute = (name) => root.querySelector(name)?.getAttribute("d") ?? "";

  beforeEach(() => {
    root = document.createElement("div");
    document.body.replaceChildren(root);
    fit = fitOf();
    edits = [];
    draw();
    button("Zoom in").click();
    draw();
  });

  it("draws the points in it, and no others", () => {
    const dots = attribute(".points").split("M").slice(1);
    expect(dots.length).toBeGreaterThan(10);
    expect(dots.length).toBeLessThan(90);
    for (const dot of dots) {
      const [x, y] = dot.split(/[,h]/).map(Number);
      expect(x > 58 && x < 379 && y > -1 && y < 285, dot).toBe(true);
    }
  });

  it("has the handles of the line in it", () => {
    const ends = [...root.querySelectorAll("[aria-label*=end] .now")];
    const places = ends.map((end) => Number(end.getAttribute("cx")));
    expect(places).toEqual([67 + 0.04 * 303, 67 + 0.96 * 303].map((x) => expect.closeTo(x)));
  });

  it("chooses by keys among the points that are seen", () => {
    const view = draw();
    const points = /** @type {Element} */ (root.querySelector("[aria-label=Points]"));
    const key = (/** @type {string} */ key) =>
      points.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
    const chosen = () => Number(points.getAttribute("aria-valuenow")) - 1;
    key("ArrowRight");
    draw();
    const first = chosen();
    expect(view.points.x[first]).toBeGreaterThan(-0.6);
    expect(root.querySelector(".chosen")).toBeTruthy();
    const seen = new Set([first]);
    for (let i = 0; i < 100; i++) {
      key("ArrowRight");
      draw();
      seen.add(chosen());
    }
    expect(seen.size).toBeLessThan(90);
    expect(view.points.x[chosen()]).toBeLessThan(0.6);
    key("Delete");
    expect(edits).toEqual([[chosen(), 1, [], false]]);
  });
});
