// Views on a page: what is drawn, what is said, and that nothing is left behind.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import widget from "../../../js/widget.js";
import { fakeBrowser } from "../fake-browser.js";
import { settled } from "../fake-clock.js";
import { FakeKernel } from "../fake-kernel.js";

/** @type {FakeKernel} */
let kernel;
/** @type {(() => void)[]} */
let cleanups = [];
/** Those that watch. @type {Set<FakeResizeObserver>} */
const observers = new Set();

class FakeResizeObserver {
  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }
  observe() {
    observers.add(this);
    queueMicrotask(() => observers.has(this) && this.changed());
  }
  disconnect() {
    observers.delete(this);
  }
}

/** @param {number} [width] */
function show(width = 900) {
  const el = document.createElement("div");
  document.body.append(el);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(width);
  cleanups.push(widget.render({ model: kernel.model, el }));
  return /** @type {any} */ (el.shadowRoot);
}

const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(null)));

/** @param {Element} el @param {string} name */
const labelled = (el, name) => {
  const found = el.querySelector(`[aria-label="${name}"]`);
  if (!found) throw new Error(`nothing is called ${name}`);
  return /** @type {HTMLInputElement} */ (found);
};

/** Have the controls shown that are used seldom. @param {Element} el */
const more = async (el) => {
  labelled(el, "More").click();
  await frame();
};

beforeEach(async () => {
  fakeBrowser();
  vi.stubGlobal("ResizeObserver", FakeResizeObserver);
  kernel = new FakeKernel();
  cleanups = [widget.initialize({ model: kernel.model })];
  await settled();
});

afterEach(() => {
  for (const cleanup of cleanups.reverse()) cleanup();
  expect(document.body.children.length, "elements left on the page").toBe(0);
  expect(observers.size, "observers left").toBe(0);
  expect(kernel.model.listening, "listeners left").toBe(0);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

afterEach(() => document.body.replaceChildren());

describe("a view", () => {
  it("has every control under its name, and the rest under More", async () => {
    const el = show();
    const names = ["Play", "Step", "Step back", "Reset", "Learning rate", "Speed", "Step number"];
    for (const name of [...names, "Optimizer"]) expect(labelled(el, name)).toBeTruthy();
    expect(el.textContent).not.toContain("New data");
    await more(el);
    for (const name of ["Batch size", "Residuals", "Keys"]) expect(labelled(el, name)).toBeTruthy();
    expect(el.textContent).toContain("New data");
  });

  it("says what is wrong with what was saved, where there is no kernel", async () => {
    kernel = new FakeKernel();
    kernel.model.traits._snapshot = { ...kernel.snapshot(), bowl: null };
    kernel.model.hostModel.comm_live = false;
    kernel.waiting = [];
    cleanups.push(widget.initialize({ model: kernel.model }));
    const el = show();
    await frame();
    expect(el.querySelector(".notice")?.textContent).toMatch(
      /^There is no kernel. What was saved here is damaged: /,
    );
  });

  it("says once that it has been painted, in the frame after", async () => {
    kernel = new FakeKernel();
    kernel.torch = "needed";
    cleanups.push(widget.initialize({ model: kernel.model }));
    await settled();
    const asked = () => kernel.model.sent.filter(({ type }) => type === "load").length;
    show(0);
    for (let i = 0; i < 3; i++) await frame();
    expect(asked(), "there is no room to be seen in").toBe(0);
    const closed = cleanups.length;
    show();
    await frame();
    cleanups.splice(closed)[0]();
    await frame();
    expect(asked(), "it was gone before").toBe(0);
    show();
    expect(asked()).toBe(0);
    for (let i = 0; i < 5; i++) await frame();
    expect(asked()).toBe(1);
    kernel.isLoaded();
    for (let i = 0; i < 3; i++) await frame();
    expect(asked()).toBe(1);
  });

  it("shows the numbers, and keeps them in step with another view", async () => {
    const [one, two] = [show(), show()];
    labelled(one, "Step").click();
    for (let i = 0; i < 5; i++) await frame();
    for (const el of [one, two]) {
      expect(el.querySelector(".value.step")?.textContent).toBe("1");
      expect(el.querySelector(".value.slope")?.textContent).toBe("512.000");
    }
    cleanups.pop()?.();
    labelled(one, "Step").click();
    for (let i = 0; i < 5; i++) await frame();
    expect(one.querySelector(".value.step")?.textContent).toBe("2");
    expect(two.children.length).toBe(0);
    two.host.remove();
  });

  it("writes nothing that stands there already: a browser would work it out anew", async () => {
    const el = show();
    for (let i = 0; i < 3; i++) await frame();
    /** @type {string[]} */
    const again = [];
    const observer = new MutationObserver((records) => {
      for (const { target, attributeName, oldValue } of records) {
        const isSame =
          /** @type {Element} */ (target).getAttribute(attributeName ?? "") === oldValue;
        if (isSame) again.push(`${target.nodeName} ${attributeName}`);
      }
    });
    observer.observe(el, { subtree: true, attributes: true, attributeOldValue: true });
    labelled(el, "Step").click();
    for (let i = 0; i < 5; i++) await frame();
    observer.disconnect();
    expect(el.querySelector(".value.step")?.textContent).toBe("1");
    expect(again).toEqual([]);
  });

  it("goes on being drawn after a host took it off the page for a while", async () => {
    const observer = vi.spyOn(FakeResizeObserver.prototype, "observe");
    const el = show();
    await frame();
    vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(0);
    /** @type {any} */ (observer.mock.contexts[0]).changed(); // looked at while away; once it is back, nothing is told
    await frame();
    vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(900);
    labelled(el, "Step").click();
    for (let i = 0; i < 5; i++) await frame();
    expect(el.querySelector(".value.step")?.textContent).toBe("1");
  });

  it.each([
    { asked: "as it is", matches: false, isAtOnce: false },
    { asked: "to move less", matches: true, isAtOnce: true },
  ])("zooms at once only where the system is asked: $asked", async ({ matches, isAtOnce }) => {
    vi.stubGlobal("matchMedia", (/** @type {string} */ query) => ({
      matches: matches && query.includes("reduced-motion"),
      addEventListener() {},
      removeEventListener() {},
    }));
    const el = show();
    const picture = () => el.querySelector(".fit")?.innerHTML;
    await frame();
    const seen = new Set([picture()]);
    labelled(el, "Zoom in").click();
    for (let i = 0; i < 60; i++) {
      await frame();
      seen.add(picture());
    }
    if (isAtOnce) expect(seen.size).toBe(2);
    else expect(seen.size).toBeGreaterThan(5);
  });

  it("puts user's words on the page as text, whatever they look like", async () => {
    const nasty = `<img src=x onerror="alert(1)"></script>&amp;"'`;
    const el = show();
    const labels = { title: nasty, x_label: nasty, y_label: nasty, engine: nasty };
    const [facts, buffers] = kernel.rows(0, 1);
    const content = { ...kernel.snapshot(), ...facts, ...labels, type: "hello", id: null };
    kernel.model.receive(content, [kernel.points, ...buffers]);
    await frame();
    expect(el.querySelector("img")).toBe(null);
    expect(el.querySelector(".title")?.textContent).toBe(nasty);
    expect(el.querySelector(".fit")?.getAttribute("aria-label")).toContain(nasty);
    expect(el.querySelector(".fit .name")?.textContent).toMatch(/^\s*<img src=x onerror="al/);
  });

  it("draws one residual for each point, and none when they are switched off", async () => {
    const el = show();
    const path = () => el.querySelector(".residuals")?.getAttribute("d");
    expect(path()?.match(/M/g)).toHaveLength(2);
    await more(el);
    const choice = labelled(el, "Residuals");
    choice.value = "squares";
    choice.dispatchEvent(new Event("change"));
    await frame();
    expect(path()?.match(/z/g)).toHaveLength(2);
    choice.value = "none";
    choice.dispatchEvent(new Event("change"));
    await frame();
    expect(path()).toBe(undefined);
  });

  it.each([1e300, 1.4e308, 5e-324])("draws numbers only, also at a loss of %d", async (loss) => {
    const el = show();
    kernel.table.push([1, 1e200, -1e250, loss, 1e300, 1e300, 0.1]);
    kernel.step = 1;
    kernel.advice = "Diverged at step 2: …";
    kernel.says();
    await frame();
    expect(el.innerHTML).not.toMatch(/NaN|Infinity/);
    expect(el.querySelector(".notice")?.textContent).toContain("Diverged at step 2");
  });

  it("says what is wrong in one line, and who is to blame", async () => {
    const el = show();
    const field = labelled(el, "Learning rate, typed");
    field.value = "-1";
    field.dispatchEvent(new Event("input"));
    field.dispatchEvent(new Event("change"));
    for (let i = 0; i < 3; i++) await frame();
    expect(el.querySelector(".notice.error")?.textContent).toContain(
      "lr must be a positive number; got -1",
    );
    expect(field.value, "what holds is shown again").toBe("0.1");
  });

  it("leaves alone what is being typed while it plays", async () => {
    const el = show();
    const field = labelled(el, "Learning rate, typed");
    labelled(el, "Play").click();
    field.value = "0.0";
    field.dispatchEvent(new Event("input"));
    for (let i = 0; i < 5; i++) await frame();
    expect(field.value).toBe("0.0");
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(field.value).toBe("0.1");
    labelled(el, "Pause").click();
    await settled();
  });

  it("keeps hearing keys when what had the focus is removed, or has nothing left to do", async () => {
    const el = show();
    const focus = () => el.activeElement?.getAttribute("aria-label");
    labelled(el, "Step").click();
    for (let i = 0; i < 5; i++) await frame();
    labelled(el, "Step back").focus();
    labelled(el, "Step back").click();
    await frame();
    expect(el.querySelector(".value.step")?.textContent).toBe("0");
    expect(labelled(el, "Step back").ariaDisabled).toBe("true");
    expect([labelled(el, "Step back").disabled, focus()]).toEqual([false, "Step back"]);

    kernel.printed = "read here";
    kernel.says();
    await frame();
    /** @type {HTMLElement} */ (el.querySelector(".printed pre")).focus();
    kernel.printed = "";
    kernel.says();
    await frame();
    expect(focus()).toBe("Play");
  });

  it("takes no focus that is elsewhere", async () => {
    const el = show();
    const elsewhere = document.createElement("button");
    document.body.append(elsewhere);
    elsewhere.focus();
    kernel.printed = "read here";
    kernel.says();
    await frame();
    kernel.printed = "";
    kernel.says();
    await frame();
    expect(document.activeElement).toBe(elsewhere);
    elsewhere.remove();
    expect(el.querySelector(".printed")).toBe(null);
  });

  it("goes on by itself when the kernel is gone, and says so", async () => {
    const el = show();
    kernel.pushes(2);
    kernel.model.hostModel.die();
    await frame();
    expect(el.querySelector(".notice.gone")?.textContent).toContain("This page goes on");
    expect(el.querySelector(".engine")?.textContent).toBe("this page");
    labelled(el, "Step").click();
    for (let i = 0; i < 3; i++) await frame();
    expect(el.querySelector(".value.step")?.textContent).toBe("3");
  });

  it("announces where training is, at most once a second", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const el = show();
    const status = el.querySelector("[role=status]");
    kernel.pushes(1);
    kernel.pushes(1);
    vi.advanceTimersByTime(900);
    expect(status?.textContent).toBe("");
    vi.advanceTimersByTime(200);
    expect(status?.textContent).toBe("Step 2: slope 256.000, intercept 1.000, loss 6.480.");
    vi.useRealTimers();
  });

  it.each([
    { place: "the fit", names: ["Points", "Whole line"] },
    { place: "the bowl", names: ["Slope and intercept"] },
    { place: "the bowl from the side", names: ["Turn the picture"] },
    { place: "a rate, while it plays", names: ["Learning rate"] },
  ])("loses no key of two in one frame: $place", async ({ place, names }) => {
    const el = show();
    await frame();
    if (place.endsWith("side"))
      /** @type {HTMLElement} */ (el.querySelector(".surface ~ .scale")).click();
    if (place.endsWith("plays")) labelled(el, "Play").click();
    for (let i = 0; i < 5; i++) await frame();
    for (const name of names) {
      const seen = () => labelled(el, name).getAttribute("aria-valuetext");
      const press = (/** @type {string[]} */ ...keys) => {
        for (const key of keys)
          labelled(el, name).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        return frame();
      };
      const before = seen();
      await press("ArrowRight");
      const one = seen();
      await press("ArrowRight");
      const two = seen();
      expect([before, one, two].filter((text, i, all) => all.indexOf(text) === i)).toHaveLength(3);
      await press("ArrowLeft");
      await press("ArrowLeft");
      labelled(el, name).dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
      await frame();
      expect(seen()).toBe(before);
      await press("ArrowRight", "ArrowRight");
      expect(seen(), name).toBe(two);
    }
    if (place.endsWith("plays")) labelled(el, "Pause").click();
    await settled();
  });

  it.each(["ctrlKey", "metaKey", "altKey"])("leaves to the host what has %s", async (held) => {
    const el = show();
    await frame();
    /** @type {HTMLElement} */ (el.querySelector(".surface ~ .scale")).click();
    await frame();
    for (const name of ["Points", "Whole line", "Turn the picture", "Learning rate"]) {
      const seen = labelled(el, name).getAttribute("aria-valuetext");
      const how = { key: "ArrowRight", bubbles: true, cancelable: true, [held]: true };
      const key = new KeyboardEvent("keydown", how);
      labelled(el, name).dispatchEvent(key);
      await frame();
      expect(key.defaultPrevented, name).toBe(false);
      expect(labelled(el, name).getAttribute("aria-valuetext"), name).toBe(seen);
    }
  });

  it("answers in the next frame while it plays, too", async () => {
    const el = show();
    await frame();
    labelled(el, "Play").click();
    for (let i = 0; i < 5; i++) await frame();
    expect(labelled(el, "More").ariaExpanded).toBe("false");
    await more(el);
    expect(labelled(el, "More").ariaExpanded).toBe("true");
    const rate = labelled(el, "Learning rate");
    rate.value = "-2";
    rate.dispatchEvent(new Event("input"));
    await frame();
    expect(labelled(el, "Learning rate, typed").value).toBe("0.01");
    labelled(el, "Pause").click();
    await settled();
  });

  it("refuses to be rendered before it was initialized", () => {
    const stranger = new FakeKernel();
    stranger.model.traits._id = "stranger";
    const el = document.createElement("div");
    expect(() => widget.render({ model: stranger.model, el })).toThrow("before initialize");
  });
});
