// A slow step that is not walked to its end: what begins another step ends it.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import "../../../js/widget.js";
import { fakeBrowser } from "../fake-browser.js";
import { settled } from "../fake-clock.js";

/** @type {any} */
let root;

const drawn = async () => {
  await settled();
  for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done));
};

/** @param {string} name */
const button = (name) =>
  [...root.querySelectorAll("button")].find(
    (one) => one.ariaLabel === name || one.textContent.trim() === name,
  );

/** The lines that a slow step is at, and those that it has yet to come to. */
const current = () => root.querySelectorAll(".code-line.current").length;
const pending = () => root.querySelectorAll(".code-line.pending").length;

beforeEach(async () => {
  fakeBrowser();
  document.body.innerHTML = `<gradient-descent></gradient-descent>`;
  root = document.querySelector("gradient-descent")?.shadowRoot;
  await drawn();
  button("More").click();
  for (let i = 0; i < 2; i++) {
    button("Slow step").click();
    await drawn();
  }
  expect(current()).toBe(1);
  expect(pending()).toBe(3);
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it.each(["Play", "Step", "Reset", "New data"])("is ended by %s", async (name) => {
  button(name).click();
  await drawn();
  expect(current()).toBe(0);
  expect(pending()).toBe(0);
  expect(root.querySelector(".panels").dataset.part).toBe("");
});

it("is ended by another optimizer", async () => {
  const optimizer = root.querySelector("[aria-label=Optimizer]");
  optimizer.value = "momentum";
  optimizer.dispatchEvent(new Event("change"));
  await drawn();
  expect(current() + pending()).toBe(0);
});

it("goes on where nothing of the step has changed, and begins again after it was ended", async () => {
  root.querySelector("[aria-label=Speed]").dispatchEvent(new Event("input"));
  await drawn();
  expect(current()).toBe(1);
  button("Step").click();
  await drawn();
  button("Slow step").click();
  await drawn();
  expect(root.querySelector(".code-line").classList).toContain("current");
});
