// A race in pictures: every run in its own colour, the chosen one with all that can be done.

import { render } from "lit-html";
import { describe, expect, it } from "vitest";
import { loss } from "../../../js/views/loss/loss.js";
import { runsTable } from "../../../js/views/controls/runs-table.js";
import { plainView } from "../plain-view.js";
import { drawSurface, fitOf } from "./panels.js";

const RUNS = [
  { name: "0.01", lr: 0.01 },
  { name: "0.1", lr: 0.1 },
  { name: "0.9", lr: 0.9 },
];

/** @param {unknown} template */
function drawn(template) {
  const el = document.createElement("div");
  render(template, el);
  return el;
}

/** @param {import("../plain-view.js").Wish} [wish] */
function panels(wish) {
  const { view, next } = plainView(wish);
  const look = /** @type {any} */ ({ lossScale: "auto", change() {} });
  return {
    view,
    fit: drawn(fitOf()(view, { next })),
    surface: drawn(drawSurface(view, next)),
    loss: drawn(loss(view, { width: 400, height: 140 }, { look, actions: { seek() {} } })),
  };
}

describe("a race", () => {
  const wish = { runs: RUNS, changes: { chosen: 1 } };

  it("draws the others before the chosen run, each under its own colour", () => {
    for (const el of Object.values(panels(wish)).slice(1)) {
      const others = [...el.querySelectorAll(".other")];
      expect(others.map((one) => one.getAttribute("class"))).toEqual([
        "other run-0",
        "other run-2",
      ]);
      const lines = [...el.querySelectorAll(".line")];
      expect(lines).toHaveLength(3);
      expect(lines.at(-1)?.closest(".other")).toBe(null);
    }
  });

  it("marks where every run is, in the surface and in the loss", () => {
    const { surface, loss } = panels(wish);
    expect(surface.querySelectorAll("circle.now")).toHaveLength(3);
    expect(loss.querySelectorAll("circle.now")).toHaveLength(3);
  });

  it("has ghosts, residuals and handles of the chosen run alone", () => {
    const alone = panels({ runs: [RUNS[1]] });
    const race = panels(wish);
    for (const selector of [".ghost", ".residuals", ".handle", ".landing"]) {
      for (const name of /** @type {const} */ (["fit", "surface"])) {
        const [one, other] = [alone, race].map((shown) => shown[name].querySelectorAll(selector));
        expect(other).toHaveLength(one.length);
      }
    }
    const path = (/** @type {any} */ { fit }) => fit.querySelector(".residuals").getAttribute("d");
    expect(path(race)).toBe(path(alone));
  });

  it("follows a run that diverges out of the picture, and not to the end of the world and back", () => {
    const { surface } = panels({ runs: [RUNS[1], { name: "40", lr: 40, steps: 80 }] });
    const points = surface.querySelector(".other .path")?.getAttribute("points") ?? "";
    const far = points.split(/[ ,]/).filter((pixel) => Math.abs(Number(pixel)) >= 1e4);
    expect(points.split(" ").length).toBeLessThan(8);
    expect(far.length).toBeGreaterThan(1);
  });

  it("needs no colours for one run", () => {
    for (const el of Object.values(panels()).slice(1)) {
      expect(el.innerHTML).not.toContain("run-");
      expect(el.querySelectorAll(".other")).toHaveLength(0);
    }
  });

  it("keeps the loss axis where a run diverges", () => {
    const runs = [
      { name: "0.1", lr: 0.1 },
      { name: "3", lr: 3 },
    ];
    const { loss: el, view } = panels({ runs, steps: 200 });
    expect(view.runs[1].row.loss).toBeGreaterThan(1e100);
    expect(el.innerHTML).not.toMatch(/NaN|Infinity|e\+/);
    const ticks = [...el.querySelectorAll(".ticks .end")].map((tick) => Number(tick.textContent));
    expect(Math.max(...ticks.filter(Number.isFinite))).toBeLessThanOrEqual(1e4);
  });

  it("has the clock's playhead where the chosen run has ended", () => {
    const runs = [{ name: "0.1" }, { name: "3", lr: 3, steps: 5 }];
    const { loss: el } = panels({ runs, changes: { chosen: 1 } });
    const slider = /** @type {HTMLInputElement} */ (el.querySelector(".scrubber"));
    expect(slider.value).toBe("14");
    const at = (/** @type {string} */ selector, /** @type {string} */ name) =>
      Number([...el.querySelectorAll(selector)].at(-1)?.getAttribute(name));
    expect(at(".now", "cx")).toBeLessThan(at(".playhead", "x1"));
  });
});

describe("the points of the step to come", () => {
  it("are lit, each once", () => {
    const { fit } = panels({ settings: { batch_size: 16 } });
    const lit =
      fit
        .querySelector(".lit")
        ?.getAttribute("d")
        ?.match(/M[^h]+/g) ?? [];
    expect(lit).toHaveLength(16);
    const all =
      fit
        .querySelector(".points")
        ?.getAttribute("d")
        ?.match(/M[^h]+/g) ?? [];
    for (const place of lit) expect(all).toContain(place);
  });

  it("are not, where they are all", () => {
    expect(panels().fit.querySelector(".lit")).toBe(null);
  });
});

describe("the table of runs", () => {
  /** @param {import("../plain-view.js").Wish} wish */
  function table(wish) {
    const { view } = plainView({ runs: RUNS, ...wish });
    /** @type {number[]} */
    const chosen = [];
    const draw = runsTable();
    const el = drawn(draw(view, (i) => chosen.push(i)));
    const cells = [...el.querySelectorAll("tbody tr")].map((row) =>
      [...row.children].map((cell) => cell.textContent?.trim()),
    );
    return { el, view, chosen, cells };
  }

  it("says how far each has got", () => {
    const { cells, el, view } = table({ steps: 60 });
    expect(cells.map(([name]) => name)).toEqual(["0.01", "0.1", "0.9"]);
    const limit = 1.01 * view.labels.bowl.floor;
    const first = view.runs.map((/** @type {any} */ { history }) => {
      for (let i = 0; i < history.length; i++) if (history.lossAt(i) <= limit) return String(i);
      return "—";
    });
    expect(cells.map(([, , step]) => step)).toEqual(first);
    expect(first[0]).toBe("—");
    expect(Number(first[2])).toBeGreaterThan(5);
    expect(el.querySelector("thead")?.textContent).toContain("steps to 1% above the best fit");
  });

  it("does not tell what has not been seen yet", () => {
    const { cells } = table({ steps: 60, changes: { seen: 3 } });
    expect(cells.map(([, , step]) => step)).toEqual(["—", "—", "—"]);
  });

  it("asks for a millionth of the first loss where the points are on a line", () => {
    const points = { x: [-1, 0, 1], y: [-1, 2, 5] };
    const { el, cells } = table({ points, steps: 200 });
    expect(el.querySelector("thead")?.textContent).toContain("a millionth of the first loss");
    expect(Number(cells[1][2])).toBeGreaterThan(10);
  });

  it("says who diverged, and when", () => {
    const { view } = plainView({ runs: RUNS });
    view.runs[2].divergedAt = 9;
    const el = drawn(runsTable()(view, () => {}));
    expect([...el.querySelectorAll("td")].at(-1)?.textContent).toBe("diverged at 9");
  });

  it("chooses one by its name", () => {
    const { el, chosen } = table({ changes: { chosen: 1 } });
    const radios = [...el.querySelectorAll("input")];
    expect(radios.map(({ checked }) => checked)).toEqual([false, true, false]);
    expect(radios.map(({ labels }) => labels?.[0].textContent?.trim())).toEqual([
      "0.01",
      "0.1",
      "0.9",
    ]);
    document.body.append(el); // else the browser tells nobody
    radios[2].click();
    el.remove();
    expect(chosen).toEqual([2]);
  });

  it("has radio buttons of its own in each view", () => {
    const names = [table({}), table({})].map(({ el }) => el.querySelector("input")?.name);
    expect(names[0]).not.toBe(names[1]);
  });
});
