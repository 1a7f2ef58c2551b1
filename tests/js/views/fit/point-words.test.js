// The words about a point: there as long as it is the one that is meant.

import { html, render } from "lit-html";
import { beforeEach, expect, it } from "vitest";
import { pointWords } from "../../../../js/views/fit/point-words.js";
import { languageOf, speaking } from "../../../../js/words/say.js";
import { plainView } from "../../plain-view.js";
import { STILL, fitOf } from "../panels.js";

/** @type {HTMLElement} */
let root;
/** @type {(seed: number) => void} */
let draw;

beforeEach(() => {
  root = document.createElement("div");
  const fit = fitOf({ motion: { ...STILL, redraw: () => draw(1) } });
  draw = (seed) => {
    const { view, next } = plainView({ labels: { makes: { seed } } });
    render(html`${fit(view, { next, residuals: "none" })}`, root);
  };
  draw(1);
  points().dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
  expect(caption().textContent).toMatch(/^point \d+: residual/);
});

const points = () => /** @type {Element} */ (root.querySelector("[aria-label=Points]"));
const caption = () => /** @type {HTMLElement} */ (root.querySelector(".caption"));

it("can be read whole where they are cut", () => {
  expect(caption().title).toBe(caption().textContent);
});

it("have no room between two sentences in Chinese, whose stop has it", () => {
  const [first, second] = ["拖动直线或点。", "双击添加点。"];
  const sentences = { "Drag the line or a point.": first, "Double-click to add one.": second };
  const { view, next } = plainView();
  const fit = fitOf({ motion: STILL });
  speaking(languageOf({ lang: "zh-CN", sentences }), () =>
    render(html`${fit(view, { next, residuals: "none" })}`, root),
  );
  expect(caption().textContent).toBe(first + second);
});

it("say what is left out of very many parameters", () => {
  const { view, next } = plainView();
  view.labels.bowl = { ...view.labels.bowl, of: 100 };
  render(fitOf({ motion: STILL })(view, { next, residuals: "none" }), root);
  expect(caption().textContent).toMatch(/^100 parameters: two directions are shown\. Fit and code/);
});

it.each([
  ["the focus has left", () => points().dispatchEvent(new FocusEvent("focusout"))],
  ["there are other points", () => draw(2)],
])("are gone when %s", (_, happens) => {
  happens();
  expect(caption().textContent).toMatch(/^Drag the line/);
  expect(caption().hasAttribute("title")).toBe(false);
  expect(points().getAttribute("aria-valuetext")).toBe("none chosen");
});

it("say nothing while there is a question: other things are dragged", () => {
  const { view, next } = plainView({ changes: { bet: { kind: "loss_after" } } });
  render(fitOf()(view, { next, residuals: "none" }), root);
  expect(caption().textContent).toBe("\xa0");
});

it("say of a function what can be moved in its picture", () => {
  const { view } = plainView({ labels: { function: { name: "saddle" } } });
  render(pointWords(view, -1), root);
  expect(caption().textContent).toBe("Drag the circle to start elsewhere.");
  view.labels.lock = ["drag"];
  render(pointWords(view, -1), root);
  expect(caption().textContent).toBe("\xa0");
});
