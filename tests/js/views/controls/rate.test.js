// The learning rate: its track, its field and the one to try.

import { render } from "lit-html";
import { describe, expect, it } from "vitest";
import { LINE } from "../../../../js/core/model.js";
import { quadratic } from "../../../../js/core/objective.js";
import { bowlOf } from "../../../../js/core/quadratic.js";
import { criticalLr, fastestLr } from "../../../../js/core/quadratic.js";
import { suggestedLr } from "../../../../js/core/rates.js";
import { RULES } from "../../../../js/core/rules.js";
import { zones } from "../../../../js/core/zones.js";
import { learningRate } from "../../../../js/views/controls/rate.js";
import { position } from "../../../../js/views/controls/rate-track.js";
import { EN } from "../../../../js/words/en.js";
import { DATA, LESSON_BOWL } from "../../data-sets.js";

const PLAIN = { optimizer: "gd" };
const START = [-1, 1];

describe("position", () => {
  it.each([
    [0.001, 0],
    [0.1, 0.5],
    [10, 1],
    [Math.sqrt(10) / 10, 0.625],
    [0, 0],
    [1e-9, 0],
    [1e9, 1],
    [Number.POSITIVE_INFINITY, 1],
  ])("of %d on a track from 0.001 to 10 is %d", (lr, share) => {
    expect(position(lr, -3, 1)).toBeCloseTo(share, 12);
  });
});

/**
 * @param {number | null} lr
 * @param {import("../../../../js/core/quadratic.js").Bowl} [bowl]
 * @param {Record<string, any>} [rule]
 */
function show(
  lr,
  bowl = LESSON_BOWL,
  { optimizer = "gd", outside = false, acts_as = null, ...settings } = {},
) {
  const el = document.createElement("div");
  const view = /** @type {any} */ ({
    lr,
    run: { optimizer, outside, acts_as, lr },
    canTrain: true,
    settings: { batch_size: null, momentum: 0.9, alpha: 0.99, betas: [0.9, 0.999], ...settings },
    labels: { bowl, model: LINE, controls: null, lock: [] },
    points: { features: [], y: [] },
    hidden: new Set(),
    history: { rowAt: () => ({ params: START }) },
  });
  /** @type {(number | string)[]} */
  const set = [];
  const draw = () => render(learningRate(view, setLr), el);
  const setLr = (/** @type {number | string} */ rate) => {
    set.push(rate);
    if (typeof rate === "number") view.lr = view.run.lr = rate;
    draw();
  };
  draw();
  const named = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement} */ (el.querySelector(`[aria-label="${name}"]`));
  return { el, set, named, slider: named("Learning rate") };
}

/** @param {Element} el @param {string} key @param {object} [how] */
const press = (el, key, how) =>
  el.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true, ...how }));

describe("the learning rate", () => {
  it.each([
    [0.001, "creeps", "0.001, creeps"],
    [0.1, "converges", "0.1, converges"],
    [0.75, "oscillates", "0.75, oscillates but converges"],
    [1.2, "diverges", "1.2, diverges"],
    [1e9, "diverges", "1e+9, diverges"],
  ])("says of %d that it %s", (lr, word, spoken) => {
    const { el, slider } = show(lr);
    expect(el.querySelector(".verdict")?.textContent).toBe(word);
    expect(slider.getAttribute("aria-valuetext")).toBe(spoken);
  });

  it.each([
    [0.1, {}, "from the guess: 65 steps to within 1%"],
    [1e-6, {}, "from the guess: 6.7M steps to within 1%"],
    [2, {}, "never within 1%"],
    [0.1, { optimizer: "adam" }, "from the guess: 94 steps to within 1%"],
    [0.1, { batch_size: 10 }, ""],
  ])("says when %d arrives, with %o", (lr, rule, words) => {
    const { el } = show(lr, LESSON_BOWL, rule);
    expect(el.querySelector(".forecast")?.textContent).toBe(words);
  });

  it("says of a line through all points when the loss is a millionth of the first", () => {
    const bowl = bowlOf([[-1, 0, 2]], [-1, 1, 5]);
    const words = (/** @type {number} */ lr) =>
      show(lr, bowl).el.querySelector(".forecast")?.textContent;
    expect(words(0.1)).toMatch(/^from the guess: \d+ steps to a millionth$/);
    expect(words(9)).toBe("never to a millionth");
  });

  it("knows what happens between zones: one step is enough, and nothing ever is", () => {
    const round = bowlOf([[-1, 1]], [2, 5]);
    expect(show(0.5, round).slider.getAttribute("aria-valuetext")).toBe("0.5, converges");
    expect(show(1, round).slider.getAttribute("aria-valuetext")).toBe("1, diverges");
  });

  it("has one rate to try, which is the one that advice names", () => {
    const { el, set } = show(2);
    const button = /** @type {HTMLButtonElement} */ (el.querySelector(".suggestion"));
    const rate = suggestedLr(PLAIN, LESSON_BOWL);
    expect(button.textContent?.trim()).toBe(`Try ${rate}`);
    const advice = EN.above_critical?.({ lr: 2, critical: 1, suggested: rate, diverged_at: null });
    expect(advice).toContain(`Try ${rate}.`);
    button.click();
    expect(set).toEqual([rate]);
  });

  it.each(DATA)("has one that converges, and is near the fastest: $name", ({ bowl }) => {
    const { el, set, slider } = show(1e-9, bowl);
    el.querySelector("button")?.click();
    const [rate] = set.map(Number);
    expect(rate).toBeLessThanOrEqual(fastestLr(bowl));
    expect(rate).toBeGreaterThan(0.5 * fastestLr(bowl));
    expect(slider.getAttribute("aria-valuetext")).toMatch(/converges/);
  });

  it("draws the zones and the rate to try where the thumb would stand", () => {
    const { el, slider } = show(0.1);
    const shareOf = (/** @type {number} */ lr) =>
      (Math.log10(lr) - Number(slider.min)) / (Number(slider.max) - Number(slider.min));
    const at = (/** @type {string} */ selector, /** @type {string} */ end) =>
      Number.parseFloat(el.querySelector(selector)?.getAttribute(end) ?? "") / 100;
    for (const { name, from, to } of zones(PLAIN, LESSON_BOWL, START)) {
      if (from > 0) expect(at(`.zones .${name}`, "x1")).toBeCloseTo(shareOf(from), 4);
      if (to < Number.POSITIVE_INFINITY)
        expect(at(`.zones .${name}`, "x2")).toBeCloseTo(shareOf(to), 4);
    }
    expect(at(".zones .creeps", "x1")).toBe(0);
    expect(at(".zones .diverges", "x2")).toBe(1);
    expect(at(".suggested", "x1")).toBeCloseTo(shareOf(suggestedLr(PLAIN, LESSON_BOWL)), 4);
    expect(Number(slider.value)).toBeCloseTo(-1, 3);
  });

  it("gives each zone's word the room that the zone has, and at least its own", () => {
    const words = /** @type {HTMLElement} */ (show(0.1).el.querySelector(".zone-words"));
    const all = zones(PLAIN, LESSON_BOWL, START);
    expect([...words.children].map((word) => word.textContent)).toEqual(
      all.map(({ name }) => name),
    );
    const widths = [...words.style.gridTemplateColumns.matchAll(/minmax\(max-content, (\S+)fr\)/g)];
    const shares = widths.map(([, width]) => Number(width));
    expect(shares).toHaveLength(4);
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(100, 1);
    expect(shares[2], "one oscillates from half of the critical rate on").toBeCloseTo(
      (100 * Math.log10(2)) / 4,
      1,
    );
  });

  it("follows the slider, rounded to two digits", () => {
    const { set, slider } = show(0.1);
    slider.value = "-0.333";
    slider.dispatchEvent(new Event("input"));
    expect(set).toEqual([0.46]);
    expect(Number(slider.value)).toBeCloseTo(Math.log10(0.46), 3);
  });

  it.each(["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"])(
    "moves at every press of %s, to the end of the track and no further",
    (key) => {
      const { set, slider } = show(0.1);
      for (let i = 0; i < 400; i++) expect(press(slider, key)).toBe(false);
      const up = key === "ArrowRight" || key === "ArrowUp";
      [0.1, ...set].map(Number).reduce((before, after) => {
        if (up) expect(after).toBeGreaterThan(before);
        else expect(after).toBeLessThan(before);
        return after;
      });
      const end = 10 ** Number(up ? slider.max : slider.min);
      expect(Number(set.at(-1)) / end).toBeGreaterThan(0.94);
      expect(Number(set.at(-1)) / end).toBeLessThan(1.06);
    },
  );

  it("moves further with Shift, and leaves other keys to the page", () => {
    const { set, slider } = show(0.1);
    press(slider, "ArrowRight", { shiftKey: true });
    expect(set).toEqual([0.2]);
    expect(press(slider, "ArrowRight", { ctrlKey: true })).toBe(true);
    expect(press(slider, "Home")).toBe(true);
    expect(set).toEqual([0.2]);
  });

  it.each([
    ["0,5", 0.5],
    [" 2e−3 ", 0.002],
    ["-1", -1],
    ["", ""],
    ["fast", "fast"],
  ])("hands on what was typed, a number where it is one: %j", (text, rate) => {
    const { set, named } = show(0.1);
    const field = named("Learning rate, typed");
    field.value = text;
    field.dispatchEvent(new Event("input"));
    field.dispatchEvent(new Event("change"));
    expect(set).toEqual([rate]);
  });
});

/** @param {Element} el */
const zoneNames = (el) =>
  [...el.querySelectorAll(".zones [class]:not(.suggested)")].map((line) =>
    line.getAttribute("class"),
  );

describe("what was typed and taken back", () => {
  /** @param {(field: HTMLInputElement) => void} leave */
  function typedBack(leave) {
    const shown = show(0.1);
    const field = shown.named("Learning rate, typed");
    for (const text of ["0.15", "0.1"]) {
      field.value = text;
      field.dispatchEvent(new Event("input"));
    }
    leave(field); // no change: it is what it was
    shown.slider.value = "-2";
    shown.slider.dispatchEvent(new Event("input"));
    return { ...shown, field };
  }

  it.each([
    ["blur", (/** @type {Element} */ field) => field.dispatchEvent(new Event("blur"))],
    ["Escape", (/** @type {Element} */ field) => press(field, "Escape")],
  ])("is given up at a %s: the field shows the rate, and Enter sets no other", (_, leave) => {
    const { field, set } = typedBack(leave);
    expect(field.value).toBe("0.01");
    press(field, "Enter");
    expect(set).toEqual([0.01]);
  });
});

describe("the rates of other rules", () => {
  /**
   * How large an error along one curvature becomes in 3000 steps with momentum.
   * @param {string} optimizer
   * @param {number} lr
   * @param {number} beta
   * @param {number} curvature
   */
  function sizeAfter(optimizer, lr, beta, curvature) {
    const bowl = {
      ...{ n: 2, intercept: 1, mean_x: [0], mean_y: 0 },
      ...{ cov_x: [[curvature / 2]], best_slopes: [0], floor: 0 },
    };
    /** @type {any} */
    let [params, memory] = [
      [1, 0],
      [0, 0],
    ];
    for (let i = 0; i < 3000; i++) {
      const grad = [curvature * params[0], 0];
      const settings = /** @type {any} */ ({ lr, momentum: beta, objective: quadratic(bowl) });
      [params, memory] = RULES[optimizer].step(params, /** @type {any} */ (grad), memory, settings);
    }
    return Math.abs(params[0]);
  }

  it.each([
    ["momentum", 0.9],
    ["momentum", 0],
    ["nesterov", 0.9],
    ["nesterov", 0.5],
  ])("diverge with %s %d where it does", (optimizer, momentum) => {
    const { el } = show(0.1, LESSON_BOWL, { optimizer, momentum });
    expect(zoneNames(el)).toEqual(["creeps", "converges", "oscillates", "diverges"]);
    const slider = /** @type {HTMLInputElement} */ (el.querySelector("[type=range]"));
    const share = Number.parseFloat(el.querySelector(".diverges")?.getAttribute("x1") ?? "") / 100;
    const [low, high] = [Number(slider.min), Number(slider.max)];
    const critical = 10 ** (low + share * (high - low));
    const steepest = 2 / criticalLr(LESSON_BOWL);
    expect(sizeAfter(optimizer, 0.99 * critical, momentum, steepest)).toBeLessThan(0.01);
    expect(sizeAfter(optimizer, 1.01 * critical, momentum, steepest)).toBeGreaterThan(100);
    for (const [factor, word] of [
      [0.99, "converges"],
      [1.01, "diverges"],
    ]) {
      const verdict = show(Number(factor) * critical, LESSON_BOWL, { optimizer, momentum }).el;
      expect(verdict.querySelector(".verdict")?.textContent).toBe(word);
    }
  });

  it("have one to try where it is known which diverge; else its room stays", () => {
    const { el } = show(0.1, LESSON_BOWL, { optimizer: "momentum" });
    expect(el.querySelector("button.suggestion")?.textContent).toContain("Try 0.4");
    const without = show(0.1, LESSON_BOWL, { optimizer: "adam" }).el;
    expect(without.querySelector("button")).toBe(null);
    expect(without.querySelector(".suggested")).toBe(null);
    expect(without.querySelector(".suggestion")).toBeTruthy();
  });

  it("do not say that it converges where nobody makes so many steps", () => {
    const x = Array.from({ length: 50 }, (_, i) => (2e-9 * i) / 49 - 1e-9);
    const { el } = show(
      0.1,
      bowlOf(
        [x],
        x.map((one) => 2e9 * one + 5),
      ),
    );
    expect(el.querySelector(".verdict")?.textContent).toBe("creeps");
  });

  it.each(["adagrad", "rmsprop", "adam"])("say nothing of %s", (optimizer) => {
    const { el, slider } = show(5, LESSON_BOWL, { optimizer });
    expect(zoneNames(el)).toEqual([""]);
    expect(el.querySelector(".verdict")?.textContent).toBe("");
    expect(slider.getAttribute("aria-valuetext")).toBe("5");
  });

  it("say nothing of batches, which may converge where all points diverge", () => {
    const { el } = show(1.2, LESSON_BOWL, { batch_size: 8 });
    expect(zoneNames(el)).toEqual([""]);
    expect(el.textContent).not.toContain("diverges");
    expect(el.querySelector("button.suggestion")).toBeNull();
    const all = show(0.1, LESSON_BOWL, { batch_size: LESSON_BOWL.n }).el;
    expect(all.querySelector(".verdict")?.textContent).toBe("converges");
  });

  it.each([
    ["bfgs", false, "The line search chooses each step's length."],
    ["newton", false, "The curvature sets each step's length."],
    ["update()", true, "Code in Python sets each step's length."],
  ])("are none of %s", (optimizer, outside, sentence) => {
    const { el } = show(null, LESSON_BOWL, { optimizer, outside });
    expect(el.textContent?.trim()).toBe(sentence);
    expect(el.querySelector("input")).toBe(null);
  });

  it("can be set where code has one, without a word on it", () => {
    const { el } = show(0.1, LESSON_BOWL, { optimizer: "Adam", outside: true });
    expect(zoneNames(el)).toEqual([""]);
    expect(el.querySelectorAll("input")).toHaveLength(2);
  });

  it("has the zones and the forecast of our rule where code does the same, at each rate", () => {
    const acts_as = { optimizer: "momentum", momentum: 0.5 };
    const [code, ours] = [
      show(0.1, LESSON_BOWL, { optimizer: "SGD", outside: true, acts_as }),
      show(0.1, LESSON_BOWL, acts_as),
    ];
    const words = (/** @type {Element} */ el) => [
      zoneNames(el),
      el.querySelector(".forecast")?.textContent,
      el.querySelector(".suggestion")?.textContent?.trim(),
    ];
    expect(words(code.el)[0]).toHaveLength(4);
    expect(words(code.el)).toEqual(words(ours.el));
    const before = words(code.el);
    for (const { slider } of [code, ours]) press(slider, "ArrowRight", { shiftKey: true });
    expect(words(code.el)).toEqual(words(ours.el));
    expect(words(code.el)).not.toEqual(before);
  });
});
