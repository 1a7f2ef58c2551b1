// Keys in a widget: which of them train, which are a control's own, and which are the host's.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shortcuts } from "../../../js/page/shortcuts.js";

/** @type {string[]} */
let done;
/** @type {HTMLElement} */
let root;
/** @type {HTMLElement} */
let host;
/** @type {string[]} */
let passed;
let leave = () => {};

/**
 * What a key has done in here; `passed` has it if it went on to the host, and `marked` says whether
 * JupyterLab, which listens before anyone, was told to leave it.
 * @param {string} selector
 * @param {string} key
 * @param {KeyboardEventInit} [how]
 */
function press(selector, key, how = {}) {
  const init = { ...how, key, bubbles: true, cancelable: true, composed: true };
  (root.querySelector(selector) ?? root).dispatchEvent(new KeyboardEvent("keydown", init));
  return done.splice(0);
}
const control = { ctrlKey: true };
const marked = () => host.hasAttribute("data-lm-suppress-shortcuts");

/** What a teacher leaves to a person. */
const frame = {
  controls: /** @type {string[] | null} */ (null),
  lock: /** @type {string[]} */ ([]),
};

beforeEach(() => {
  Object.assign(frame, { controls: null, lock: [] });
  done = [];
  passed = [];
  root = document.createElement("div");
  host = document.createElement("div");
  document.body.append(host);
  host.attachShadow({ mode: "open" }).append(root);
  host.addEventListener("keydown", ({ key }) => passed.push(key));
  root.innerHTML = `
    <div class="transport"><button></button></div><input class="scrubber" type="range">
    <input type="text"><select></select><pre tabindex="0"></pre>
    <div class="fit-cell"><g role="slider" class="points-handle"></g></div>
    <div class="rule"><button></button><input type="range"></div>`;
  const session = new Proxy(
    { view: { playing: false, labels: frame } },
    { get: (own, name) => (name === "view" ? own.view : () => done.push(String(name))) },
  );
  leave = shortcuts(root, /** @type {any} */ (session));
});

afterEach(() => {
  leave();
  host.remove();
});

describe("on the transport", () => {
  it("train", () => {
    const keys = ["ArrowRight", "ArrowLeft", "Home", "r", "R"];
    const all = keys.flatMap((key) => press(".transport button", key));
    expect(all).toEqual(["step", "back", "seek", "reset", "reset"]);
    expect(passed).toEqual([]);
    expect(marked()).toBe(true);
  });

  it("press the button that has the focus, and on the timeline play", () => {
    expect(press(".transport button", " ")).toEqual([]);
    expect(press(".scrubber", " ")).toEqual(["play"]);
    expect(press(".scrubber", "ArrowRight")).toEqual([]); // it does that itself
    expect(passed).toEqual([]);
  });
});

describe("of a control that is locked, or not there", () => {
  it("do nothing", () => {
    frame.lock = ["step", "play"];
    frame.controls = ["play", "step", "reset"];
    const keys = ["ArrowRight", "ArrowLeft", "Home", "r"];
    expect(keys.flatMap((key) => press(".transport button", key))).toEqual(["reset"]);
    expect(press(".scrubber", " ")).toEqual([]);
  });
});

describe("are a control's own, and nobody else's", () => {
  it.each([
    ["input[type=text]", ["ArrowRight", "Home", "r", " ", "d", "Enter"]],
    [".rule input", ["ArrowRight", "Home", "PageUp"]],
    ["select", ["ArrowDown", "a", "Enter"]],
    [".rule button", [" ", "Enter"]],
    ["pre", ["ArrowDown", "Home", " "]],
    [".points-handle", ["ArrowLeft", "+", "Delete"]],
  ])("%s", (selector, keys) => {
    for (const key of keys) {
      expect(press(selector, key)).toEqual([]);
      expect(marked()).toBe(true);
    }
    expect(passed).toEqual([]);
  });

  it("with Ctrl, where text is edited", () => {
    for (const key of ["a", "c", "v", "x", "z"]) press("input[type=text]", key, control);
    expect(passed).toEqual([]);
    expect(done).toEqual([]);
  });
});

describe("are the host's", () => {
  it.each(["none", ".transport button", "input[type=text]", "pre", ".points-handle", "select"])(
    "with Ctrl or Command: %s",
    (selector) => {
      for (const how of [control, { metaKey: true }]) {
        for (const key of ["s", "b", "C"].filter((key) => key !== "C" || selector === "none"))
          expect(press(selector, key, how)).toEqual([]);
      }
      expect(passed).toContain("s");
      expect(passed).toContain("b");
      expect(marked()).toBe(false);
    },
  );

  it.each(["none", ".rule button", ".fit-cell"])("after a click on %s", (selector) => {
    for (const key of ["r", "d", "ArrowRight", "Home"]) expect(press(selector, key)).toEqual([]);
    expect(passed).toEqual(["r", "d", "ArrowRight", "Home"]);
    expect(marked()).toBe(false);
  });

  it.each(["none", ".rule button", ".points-handle"])(
    "but no letter is JupyterLab's: %s",
    (selector) => {
      for (const key of ["r", "M", "0"]) {
        press(selector, "Escape");
        expect(marked()).toBe(false);
        expect(press(selector, key)).toEqual([]);
        expect(marked()).toBe(true);
      }
    },
  );
});

it("take back an edit of points in the picture, and nowhere else", () => {
  expect(press("none", "z", control)).toEqual(["undo"]);
  expect(press(".points-handle", "z", { metaKey: true })).toEqual(["undo"]);
  expect(passed).toEqual([]);
  expect(press(".transport button", "z", control)).toEqual([]);
  expect(passed).toEqual(["z"]);
});
