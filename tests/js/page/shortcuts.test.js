// Keys in a widget: which of them train, and which are left to what has the focus.

import { beforeEach, expect, it } from "vitest";
import { shortcuts } from "../../../js/page/shortcuts.js";

/** @type {string[]} */
let done;
/** @type {HTMLElement} */
let root;

/** @param {string} selector @param {string} key @param {boolean} [ctrlKey] */
function press(selector, key, ctrlKey = false) {
  const event = new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true });
  (root.querySelector(selector) ?? root).dispatchEvent(event);
  return done.splice(0);
}

beforeEach(() => {
  done = [];
  root = document.createElement("div");
  document.createElement("div").attachShadow({ mode: "open" }).append(root);
  root.innerHTML = `<button></button><input type="text"><pre tabindex="0"></pre>`;
  const session = new Proxy(
    { view: { playing: false } },
    { get: (own, name) => (name === "view" ? own.view : () => done.push(String(name))) },
  );
  shortcuts(root, /** @type {any} */ (session));
});

it("train, wherever the focus is", () => {
  for (const selector of ["button", "none"]) {
    const all = ["ArrowRight", "ArrowLeft", "Home", "r"].flatMap((key) => press(selector, key));
    expect(all).toEqual(["step", "back", "seek", "reset"]);
  }
  expect(press("none", " ")).toEqual(["play"]);
  expect(press("none", "z", true)).toEqual(["undo"]);
});

it("are left to controls that do something with them", () => {
  expect(press("button", " ")).toEqual([]);
  for (const key of ["ArrowRight", "Home", "r", " "]) expect(press("input", key)).toEqual([]);
});

it("scroll the words that are being read, and train nothing", () => {
  for (const key of ["ArrowRight", "ArrowLeft", "Home", " "]) expect(press("pre", key)).toEqual([]);
  expect(press("pre", "r")).toEqual(["reset"]);
});
