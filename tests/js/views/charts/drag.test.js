// Dragging by a pointer: by that one alone, until it is let go or another one comes.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dragging } from "../../../../js/views/charts/drag.js";
import { onPage, pointerOn } from "../pointer.js";

/** @type {any} */
let handle;

/** @type {any[][]} */
let heard;

const pointer = pointerOn(() => handle);

afterEach(() => document.body.replaceChildren());

describe("a handle", () => {
  beforeEach(() => {
    heard = [];
    handle = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    onPage(handle);
    const drag = {
      start: () => heard.push(["start"]),
      to: (/** @type {number} */ x, /** @type {number} */ y) => heard.push(["to", x, y]),
      end: () => heard.push(["end"]),
    };
    // As often as it is drawn it has another handler.
    handle.addEventListener("pointerdown", (/** @type {any} */ event) => dragging(drag)(event));
  });

  it("follows its pointer until that is let go", () => {
    pointer("pointerdown", { clientX: 10, clientY: 10 });
    pointer("pointermove", { clientX: 13, clientY: 8 });
    pointer("pointerup");
    pointer("pointermove", { clientX: 50 });
    expect(heard).toEqual([["start"], ["to", 3, -2], ["end"]]);
  });

  it("heeds no other pointer", () => {
    pointer("pointerdown");
    pointer("pointermove", { pointerId: 2, clientX: 90 });
    pointer("pointerup", { pointerId: 2 });
    pointer("pointermove", { clientX: 3 });
    expect(heard).toEqual([["start"], ["to", 3, 0]]);
    pointer("pointerup");
  });

  it.each([
    ["on it", () => handle],
    ["elsewhere", () => document.body],
  ])("is let go when a second finger comes %s: that is a pinch", (_, target) => {
    pointer("pointerdown");
    pointer("pointerdown", { pointerId: 2, isPrimary: false }, target());
    pointer("pointermove", { clientX: 40 });
    pointer("pointermove", { pointerId: 2, clientX: 90 }, target());
    expect(heard).toEqual([["start"], ["end"]]);
  });

  it.each(["pointercancel", "lostpointercapture"])("is let go at a %s", (type) => {
    pointer("pointerdown");
    pointer(type);
    pointer("pointermove", { clientX: 40 });
    expect(heard).toEqual([["start"], ["end"]]);
  });

  it("is taken by the main button alone", () => {
    pointer("pointerdown", { button: 2 });
    pointer("pointermove", { clientX: 40 });
    expect(heard).toEqual([]);
  });
});
