// What a teacher leaves of the controls, and what is told of the training.

import { describe, expect, it } from "vitest";
import { CONTROLS, STEER, isFree, isShown } from "../../../js/core/controls.js";
import { code } from "../../../js/views/code/code.js";
import { runsTable } from "../../../js/views/controls/runs-table.js";
import { directions } from "../../../js/views/directions/directions.js";
import { loss } from "../../../js/views/loss/loss.js";
import { plainView } from "../plain-view.js";
import { show } from "./controls/panel.js";
import { drawSurface, fitOf } from "./panels.js";
import { RUNS, drawn } from "./race.js";

const MAKES = { n: 30, noise: "uniform", seed: 1, true_params: [3, 2] };

/** The names of buttons and inputs that are there, and of those that can be used. @param {Element} el */
function named(el) {
  const all = [...el.querySelectorAll("button, input, select, summary")];
  const name = (/** @type {Element} */ one) =>
    one.getAttribute("aria-label") ?? one.textContent?.trim();
  const isOff = (/** @type {any} */ one) =>
    one.disabled || one.getAttribute("aria-disabled") === "true";
  return { all: all.map(name), free: all.filter((one) => !isOff(one)).map(name) };
}

/** @param {any} view */
const timeline = (view) =>
  drawn(
    loss(
      view,
      { width: 400, height: 140 },
      {
        look: /** @type {any} */ ({ lossScale: "log" }),
        ...{ inFull: true, actions: { seek() {} } },
      },
    ),
  );

describe("the controls", () => {
  it("are there and free where nothing is said", () => {
    const { el } = show({ labels: { makes: MAKES } });
    const { all, free } = named(el);
    expect(free).toEqual(all);
    expect(all).toHaveLength(14);
  });

  it("are those that are named, and no More where nothing is behind it", () => {
    const { el } = show({ labels: { controls: ["play", "step", "lr"], makes: MAKES } });
    const { all } = named(el);
    expect(all).toEqual([
      "Play",
      "Step",
      "Learning rate",
      "Learning rate, typed",
      expect.stringMatching("^Try 0."),
    ]);
  });

  it("of a beginner are the least one needs", () => {
    const { el, view } = show({ labels: { controls: "beginner" } });
    expect(named(el).all.slice(0, 3)).toEqual(["Reset", "Play", "Step"]);
    expect(named(timeline(view)).all).toEqual(["log"]);
    expect(drawn(fitOf()(view)).querySelectorAll("[role=slider]")).toHaveLength(1); // of the points
    expect(drawn(drawSurface(view, null)).querySelector("[role=slider]")).toBeNull();
  });

  it("that are locked are there, and cannot be used", () => {
    const { el, view, asked } = show({
      runs: [{ optimizer: "adam" }],
      labels: { lock: STEER, makes: MAKES },
    });
    const { all, free } = named(el);
    expect(free).toEqual(["More", "Residuals", "Keys"]);
    expect(all).toEqual(expect.arrayContaining(["Play", "Learning rate", "Optimizer", "New data"]));
    for (const button of el.querySelectorAll("button")) button.click();
    expect(asked).toEqual([["look", { showsMore: false }]]);
    expect(named(timeline(view)).free).toEqual(["log"]);
    const walk = /** @type {any} */ ({ lines: [], line: null });
    expect(named(drawn(code(view, walk, /** @type {any} */ ({}), true))).all).toEqual([]);
  });

  it("that stop what moves are there whatever is locked", () => {
    const { el } = show({
      labels: { lock: ["play"], controls: ["lr"] },
      changes: { playing: true },
    });
    expect(named(el).free).toContain("Pause");
  });

  it("have names that are known to all", () => {
    for (const name of CONTROLS) {
      expect(isShown(null, name) && isFree({ controls: null, lock: [] }, name)).toBe(true);
      expect(isFree({ controls: null, lock: [name] }, name)).toBe(false);
      expect(isFree({ controls: ["none"], lock: [] }, name)).toBe(false);
    }
  });
});

describe("what is told", () => {
  const text = (/** @type {Element} */ el) => el.textContent?.replaceAll(/\s+/g, " ");
  /** All panels of a race, in words. @param {string[]} hide */
  function words(hide) {
    const labels = { hide, makes: { ...MAKES, true_params: hide.includes("true") ? [] : [3, 2] } };
    const { view, next } = plainView({ runs: RUNS, labels, steps: 60 });
    const panels = [timeline(view), drawn(drawSurface(view, next)), drawn(fitOf()(view))];
    const table = drawn(runsTable()(view, () => {}));
    return [...panels, table, drawn(directions(view, { width: 400, height: 300 }))]
      .map(text)
      .join();
  }

  it.each(["best fit", "true (3, 2)", "Diverges: steepest", "×"])("says %s", (words_) => {
    expect(words([])).toContain(words_);
  });

  it("is no best fit where that is hidden", () => {
    expect(words(["best"])).not.toContain("best");
    expect(words(["best"])).toContain("true (3, 2)");
  });

  it("is no truth where that is hidden", () => {
    expect(words(["true"])).not.toContain("true");
    expect(words(["true"])).toContain("best fit");
  });

  it("is no factor and no critical rate where the zones are hidden", () => {
    expect(words(["zones"])).not.toMatch(/×|iverges|Slowest/);
  });

  it("is no curve of the best fit", () => {
    const goals = (/** @type {string[]} */ hide) => {
      const { view } = plainView({
        ...{ labels: { hide }, model: { degree: 2, intercept: 2 }, guess: [0, 0, 0] },
        points: { x: [0, 1, 2, 3], y: [0, 1, 4, 9] },
      });
      return drawn(fitOf()(view)).querySelectorAll(".goal").length;
    };
    expect([goals([]), goals(["best"])]).toEqual([1, 0]);
  });

  it("of the rate is neither zone nor rate to try nor forecast", () => {
    const rate = (/** @type {string[]} */ hide) => {
      const { el } = show({ labels: { hide } });
      const { ariaValueText } = /** @type {any} */ (
        el.querySelector("[aria-label='Learning rate']")
      );
      return [text(/** @type {Element} */ (el.querySelector(".lr"))), ariaValueText].join();
    };
    expect(rate([])).toMatch(/creeps.*diverges.*Try 0\..*within 1%/);
    expect(rate(["zones"])).not.toMatch(/creeps|converges|diverges|Try/);
    expect(rate(["zones"])).toContain("within 1%");
    expect(rate(["forecast"])).toContain("diverges");
    expect(rate(["forecast"])).not.toContain("within");
  });

  it("of the critical rate is not told by where the slider ends", () => {
    const ends = (/** @type {string[]} */ hide) => {
      const { named } = show({ labels: { hide } });
      return [named("Learning rate").min, named("Learning rate").max].map(Number);
    };
    expect(ends([])).toEqual([-3, 1]);
    expect(ends(["zones"]).every(Number.isInteger)).toBe(true);
  });
});
