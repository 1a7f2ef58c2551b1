// A saved page, opened where its address says.

import { afterEach, describe, expect, it, vi } from "vitest";
import { linkOf } from "../../../js/page/link.js";
import { reopened } from "../../../js/page/reopened.js";
import { newSession } from "../../../js/session/session.js";
import { newBrowserSource } from "../../../js/sources/browser.js";
import { at, begin } from "../../../js/sources/start.js";

const ELEMENT = /** @type {any} */ ({ id: "" });

/** A page of a line, saved at its 30th step. */
const saved = () =>
  at(30, begin({ n: 20, lr: 0.2, title: "Mine", hide: ["best"], lock: ["lr"], panels: ["loss"] }));

/** What a page shows at an address. @param {string} hash */
function viewAt(hash) {
  history.replaceState(null, "", hash || " ");
  const known = reopened(ELEMENT, saved());
  const { view } = newSession(newBrowserSource(known));
  return { ...known, view: /** @type {import("../../../js/types.js").View} */ (view) };
}

afterEach(() => {
  history.replaceState(null, "", " ");
  vi.doUnmock("../../../js/core/scaling.js");
});

describe("a saved page", () => {
  it("is as it was saved where its address says nothing", () => {
    expect(viewAt("").view).toMatchObject({ step: 30, labels: { panels: ["loss"] } });
    expect(viewAt("#chapter-2").view.step).toBe(30);
  });

  it("is in the state that its address says, with words and controls of its own", () => {
    const { view } = viewAt("#gradient-descent?seed=3&lr=0.5&optimizer=momentum&step=12");
    expect(view).toMatchObject({ step: 12, lr: 0.5, optimizer: "momentum" });
    expect(view.labels).toMatchObject({ title: "Mine", hide: ["best"], lock: ["lr"] });
    expect(view.labels.makes).toMatchObject({ n: 100, seed: 3 });
    expect(view.labels.panels).toContain("fit");
  });

  it("gives the link that it was opened with", () => {
    const link = "gradient-descent?seed=3&lr=0.5&step=12&ask=next_step";
    const { view } = viewAt(`#${link}`);
    expect(new URLSearchParams(linkOf("", view)).get("ask")).toBe("next_step");
    expect(view.bet).toMatchObject({ kind: "next_step", at: 12 });
  });

  it("says what is wrong with its address, and is as it was saved", () => {
    const { view, warning } = viewAt("#gradient-descent?lr=-1&step=12");
    expect(warning).toBe("The link is ignored: lr must be a positive number; got -1.");
    expect(view.step).toBe(30);
  });

  it.each([
    ["degree=2", "degree"],
    ["standardize=true", "standardize"],
    ["panels=loss+directions", "panels"],
  ])("without the part for it, says so of %s", async (asked, option) => {
    vi.resetModules();
    vi.doMock("../../../js/core/scaling.js", () => ({ standardized: null, columnsOf: null }));
    const { reopened } = await import("../../../js/page/reopened.js");
    history.replaceState(null, "", `#gradient-descent?${asked}`);
    const known = reopened(ELEMENT, saved());
    expect(known.warning).toBe(
      `The link is ignored: this page was saved without what ${option} takes.`,
    );
  });
});
