// The menu that saves what is shown.

import { render } from "lit-html";
import { afterEach, describe, expect, it, vi } from "vitest";
import { saveMenu } from "../../../../js/views/controls/save-menu.js";

const PATIENTLY = { timeout: 120_000 };

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

describe("the menu", () => {
  /** @param {{ svg?: () => void, png?: () => Promise<void>, missing?: () => string }} actions */
  function menu(actions) {
    const el = document.createElement("div");
    document.body.append(el);
    render(saveMenu({ svg() {}, async png() {}, csv() {}, missing: () => "", ...actions }), el);
    const details = /** @type {HTMLDetailsElement} */ (el.querySelector("details"));
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
    const entries = [...details.querySelectorAll("button")];
    return { details, entries, summary: details.querySelector("summary") };
  }

  it("is three buttons, the first of which has the focus when it opens", () => {
    const { entries, summary } = menu({});
    const names = ["Save as SVG", "Save as PNG", "Save history as CSV"];
    expect(entries.map((entry) => entry.textContent?.trim())).toEqual(names);
    expect(summary?.textContent).toBe("Save");
    expect(document.activeElement).toBe(entries[0]);
  });

  it.each([
    ["to the right", 20, true],
    ["to the left", 320, false],
  ])("opens %s, and is turned before it is open", (_, left, isRightwards) => {
    const { details, summary } = menu({});
    details.open = false;
    const view = details.closest("div") ?? details;
    view.className = "gd-widget";
    const box = (/** @type {number} */ left, /** @type {number} */ width) =>
      new DOMRect(left, 0, width, 10);
    vi.spyOn(view, "getBoundingClientRect").mockReturnValue(box(0, 400));
    vi.spyOn(details, "getBoundingClientRect").mockReturnValue(box(left, 60));
    const seen = vi.fn(() => [details.open, details.classList.contains("rightwards")]);
    view.addEventListener("click", seen);
    summary?.click();
    expect(seen.mock.results[0].value).toEqual([false, isRightwards]);
  });

  it("makes a film, and stops that where it is being made", async () => {
    const film = { progress: null, start: vi.fn(async () => {}), stop: vi.fn() };
    const entries = menu(/** @type {any} */ ({ film })).entries;
    expect(entries.map((entry) => entry.textContent?.trim())[2]).toBe("Save as GIF");
    entries[2].click();
    expect(film.start).toHaveBeenCalledOnce();
    const making = { ...film, progress: { made: 3, all: 51 } };
    const [, , entry] = menu(/** @type {any} */ ({ film: making })).entries;
    expect(entry.textContent?.trim()).toBe("Stop: 3 of 51 pictures");
    entry.click();
    expect(film.stop).toHaveBeenCalledOnce();
    expect(film.start).toHaveBeenCalledOnce();
  });

  it("says what the history lacks", () => {
    const words = "The history is of 4 of 2,002 rows.";
    expect(menu({ missing: () => words }).details.textContent).toContain(words);
    expect(menu({}).details.querySelector("p")).toBeNull();
  });

  it("closes when something is chosen and done", async () => {
    const svg = vi.fn();
    const { details, entries, summary } = menu({ svg });
    entries[0].click();
    await vi.waitFor(() => expect(details.open).toBe(false), PATIENTLY);
    expect(svg).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(summary);
  });

  it("stays open and says why when a file cannot be made", async () => {
    const png = async () => {
      throw new Error("the picture is too large for this browser");
    };
    const { details, entries } = menu({ png });
    entries[1].click();
    const line = details.querySelector("[role=alert]");
    await vi.waitFor(
      () =>
        expect(line?.textContent).toBe("This failed: the picture is too large for this browser"),
      PATIENTLY,
    );
    expect(details.open).toBe(true);
  });
});
