// The popups of a view, Save and Keys: what closes them.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../../../js/widget.js";
import { fakeBrowser } from "../fake-browser.js";
import { settled } from "../fake-clock.js";

/** @type {any} */
let root;

const press = (/** @type {any} */ target) =>
  target.dispatchEvent(new Event("pointerdown", { bubbles: true, composed: true }));

const escape = (/** @type {any} */ target) =>
  target.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }),
  );

beforeEach(async () => {
  fakeBrowser();
  document.body.innerHTML = `<p></p><gradient-descent></gradient-descent>`;
  root = document.querySelector("gradient-descent")?.shadowRoot;
  await settled();
  for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done));
  root.querySelector("[aria-label=More]").click();
  await new Promise((done) => requestAnimationFrame(done));
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe.each([
  ["save", "help"],
  ["help", "save"],
])("%s", (name, name2) => {
  /** @type {any} */
  let menu;
  /** @type {any} */
  let other;

  beforeEach(() => {
    [menu, other] = [name, name2].map((one) => root.querySelector(`.${one}`));
    menu.open = true;
  });

  it("is closed by Escape, and its summary has the focus then", () => {
    for (const place of [menu.querySelector(".sheet"), root.querySelector(".fit"), document.body]) {
      menu.open = true;
      place.focus();
      escape(place);
      expect(menu.open).toBe(false);
      expect(root.activeElement).toBe(menu.querySelector("summary"));
    }
  });

  it("is closed by a press elsewhere, in the widget or on the page", () => {
    for (const place of [root.querySelector(".plot"), document.querySelector("p")]) {
      menu.open = true;
      press(place);
      expect(menu.open).toBe(false);
    }
  });

  it("stays where it is pressed itself", () => {
    press(menu.querySelector(".sheet > *"));
    expect(menu.open).toBe(true);
    menu.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    expect(menu.open).toBe(true);
  });

  it("is closed by opening the other one", () => {
    press(other.querySelector("summary"));
    expect(menu.open).toBe(false);
  });

  it("is closed when the focus goes elsewhere", () => {
    menu.querySelector("summary").focus();
    other.querySelector("summary").focus();
    expect(menu.open).toBe(false);
  });

  it("leaves the focus where it is, once it is closed", () => {
    menu.open = false;
    other.querySelector("summary").focus();
    escape(document.body);
    expect(root.activeElement).toBe(other.querySelector("summary"));
  });
});

it("no longer listens when the view is gone", async () => {
  const menu = root.querySelector(".help");
  document.querySelector("gradient-descent")?.remove();
  await settled();
  menu.open = true;
  press(document.body);
  expect(menu.open).toBe(true);
});
