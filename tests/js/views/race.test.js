// A race in pictures: every run in its own colour, the chosen one with all that can be done.

import { describe, expect, it } from "vitest";
import { loss } from "../../../js/views/loss/loss.js";
import { plainView } from "../plain-view.js";
import { drawSurface, fitOf } from "./panels.js";
import { RUNS, drawn } from "./race.js";

/** @param {import("../plain-view.js").Wish} [wish] */
function panels(wish) {
  const { view, next } = plainView(wish);
  const look = /** @type {any} */ ({ lossScale: "auto", change() {} });
  return {
    view,
    fit: drawn(fitOf()(view, { next })),
    surface: drawn(drawSurface(view, next)),
    loss: drawn(
      loss(view, { width: 400, height: 140 }, { look, inFull: true, actions: { seek() {} } }),
    ),
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
