// A file that is saved, and its name.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { download, saving } from "../../../js/page/save-files.js";
import { ROWS, historyOf } from "./rows.js";
import { twoCharts } from "./two-charts.js";

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

describe("a download", () => {
  /** @type {string[]} */
  let clicked = [];
  const note = (/** @type {Event} */ event) => {
    const link = /** @type {HTMLAnchorElement} */ (event.target);
    clicked.push(`${link.download} ${link.href}`);
    event.preventDefault();
  };

  beforeEach(() => {
    clicked = [];
    vi.useFakeTimers();
    URL.createObjectURL = vi.fn(() => "blob:made");
    URL.revokeObjectURL = vi.fn();
    document.addEventListener("click", note);
  });

  afterEach(() => {
    document.removeEventListener("click", note);
    vi.useRealTimers();
  });

  it("is a link on the page that is clicked, and nothing of it is left", () => {
    download(new Blob(["a"]), "a.csv");
    expect(clicked).toEqual(["a.csv blob:made"]);
    expect(document.querySelector("a")).toBe(null);
    vi.runAllTimers();
    expect(URL.revokeObjectURL).toHaveBeenCalledWith("blob:made");
  });

  it.each([
    ["Gradient descent", "gradient-descent"],
    ["../<b>Größe</b> & 2", "b-größe-b-2"],
    ["…", "gradient-descent"],
  ])("of %j is called %s", (title, name) => {
    const labels = /** @type {any} */ ({ title, names: ["slope", "intercept"] });
    const runs = [{ name: "", history: historyOf(...ROWS) }];
    const files = saving(
      twoCharts(),
      /** @type {any} */ ({ view: { runs, labels, points: {} } }),
      () => {},
    );
    files.svg();
    files.csv();
    expect(clicked.map((words) => words.split(" ")[0])).toEqual([`${name}.svg`, `${name}.csv`]);
  });
});
