// Very many points: how they are counted, how their picture travels, and what is drawn of it.

import { render } from "lit-html";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newBrowserSource } from "../../../js/sources/browser.js";
import { makeLine } from "../../../js/core/make-line.js";
import { countIn, overview } from "../../../js/core/picture.js";
import { newKernelSource } from "../../../js/sources/kernel.js";
import { begin } from "../../../js/sources/start.js";
import { bowlOf } from "../../../js/core/quadratic.js";
import { newSession } from "../../../js/session/session.js";
import { fitPanel } from "../../../js/views/fit/fit.js";
import { FakeClock, settled } from "../fake-clock.js";
import { FakeKernel } from "../fake-kernel.js";
import { plainView } from "../plain-view.js";

/** @typedef {[number, number]} Pair */

/** @param {number[][]} pairs */
const pointsOf = (...pairs) => ({
  x: Float64Array.from(pairs, ([x]) => x),
  y: Float64Array.from(pairs, ([, y]) => y),
});

/** The cells with points: column, row and shade. @param {import("../../../js/core/picture.js").Picture} picture */
const filled = ({ columns, shades }) =>
  [...shades.keys()]
    .filter((i) => shades[i])
    .map((i) => [i % columns, Math.floor(i / columns), shades[i]]);

/** @type {[Pair, Pair]} */
const EXTENT = [
  [-1, 1],
  [-2, 6],
];

/** Two columns and one row: none on the left, three on the right. */
const PICTURE = {
  ...{ x: EXTENT[0], y: EXTENT[1], columns: 2, rows: 1, most: 3, extent: EXTENT },
  shades: new Uint8Array([0, 255]),
};

describe("a picture counted in the page", () => {
  it("begins with the lowest row, and each row on the left", () => {
    const picture = countIn(pointsOf([0, 0], [1, 0], [0.5, 1]), [0, 1], [0, 1]);
    expect([picture.columns, picture.rows, picture.most]).toEqual([256, 256, 1]);
    expect(filled(picture)).toEqual([
      [0, 0, 255],
      [255, 0, 255],
      [128, 255, 255],
    ]);
  });

  it("has shades that grow with the logarithm, from 1 for one point", () => {
    const many = Array.from({ length: 100 }, () => [0, 0]);
    const some = Array.from({ length: 10 }, () => [0.5, 0]);
    const picture = countIn(pointsOf(...many, ...some, [1, 0]), [0, 1], [0, 1]);
    expect(picture.most).toBe(100);
    expect(filled(picture).map(([, , shade]) => shade)).toEqual([255, 128, 1]);
  });

  it("leaves out what is not in its part, and knows one value", () => {
    const points = pointsOf([0, 5], [1, 5], [2, 5], [2.01, 5]);
    expect(filled(countIn(points, [1, 2], [5, 5]))).toHaveLength(2);
    expect(filled(countIn(points, [7, 8], [5, 5]))).toEqual([]);
  });

  it("is made of more than 20,000 points", () => {
    const x = Float64Array.from({ length: 20_001 }, (_, i) => i);
    expect(overview({ x: x.subarray(1), y: x.subarray(1) })).toBe(null);
    const picture = overview({ x, y: x.map((value) => -value) });
    expect(picture?.extent).toEqual([
      [0, 20_000],
      [-20_000, -0],
    ]);
    expect(picture?.most).toBe(79);
  });

  it("is one of all points again when there is other data, and a finer one can be had", async () => {
    const source = newBrowserSource(begin({ n: 20_001 }));
    /** @type {any[]} */
    const pictures = [];
    const opened = (/** @type {any[]} */ ...all) => pictures.push(all[3]);
    source.open(/** @type {any} */ ({ opened, changed() {} }));
    await source.command("new_data");
    expect(pictures).toHaveLength(2);
    expect(pictures[1].extent).not.toEqual(pictures[0].extent);
    const finer = await source.picture([0, 0.01], [-1, 9]);
    expect(finer?.x).toEqual([0, 0.01]);
    expect(finer?.most).toBeGreaterThan(0);
  });

  it("is not made of the few points that a kernel has left here", async () => {
    const known = begin({ x: [1, 2, 3], y: [1, 2, 3] });
    const snapshot = { ...known.snapshot, bowl: { ...known.snapshot.bowl, n: 30_000 } };
    const source = newBrowserSource({ ...known, snapshot, picture: PICTURE });
    expect(await source.picture([1, 2], [1, 2])).toBe(null);
  });
});

describe("a kernel's picture", () => {
  /** @type {FakeKernel} */
  let kernel;
  /** @type {import("../../../js/session/session.js").Session} */
  let session;
  const { shades, ...about } = PICTURE;

  beforeEach(async () => {
    kernel = new FakeKernel();
    kernel.picture = [about, shades];
    session = newSession(newKernelSource(kernel.model), new FakeClock());
    await settled();
  });

  afterEach(() => session.close());

  it("comes with everything else, and is no run's rows", () => {
    expect(session.view?.picture).toEqual(PICTURE);
    expect(session.view?.history.length).toBe(1);
  });

  it("is there before the kernel has said a word", () => {
    const silent = new FakeKernel();
    silent.waiting = [];
    Object.assign(silent.model.traits, { _picture: shades });
    silent.model.traits._snapshot.picture = about;
    const early = newSession(newKernelSource(silent.model), new FakeClock());
    expect(early.view?.picture).toEqual(PICTURE);
    early.close();
  });

  it("is finer where it is asked for", async () => {
    const answer = await session.pictureOf([0, 1], [2, 3]);
    expect(kernel.model.sent.at(-1)).toMatchObject({ type: "picture", x: [0, 1], y: [2, 3] });
    const finer = { x: [0, 1], y: [2, 3], columns: 2, rows: 1, most: 3 };
    expect(answer).toEqual({ ...finer, shades: new Uint8Array([0, 255]) });
  });

  it("is not waited for where the question was lost, was refused, or the kernel is gone", async () => {
    kernel.waiting = [];
    const lost = session.pictureOf([0, 1], [0, 1]);
    const refused = session.pictureOf([0, 2], [0, 2]);
    const [, { id }] = kernel.model.sent.slice(-2);
    kernel.model.receive({ type: "error", id, message: "no", hint: "", traceback: "", line: null });
    expect(await refused).toBe(null);
    expect(session.view?.problem?.message).toBe("no");
    kernel.waiting = null;
    await session.pictureOf([0, 1], [0, 1]);
    kernel.answer({ type: "hello", id: null });
    kernel.model.hostModel.die();
    expect(await lost).toBe(null);
    expect(session.view?.isHere).toBe(true);
    expect(session.view?.picture).toEqual(PICTURE);
  });
});

describe("what is drawn of it", () => {
  const POINTS = /** @type {any} */ (
    makeLine({ n: 1000, noise: "uniform", seed: 1, true_params: [3, 2] })
  );
  /** What was drawn on the canvas: where from, and where to. @type {number[][]} */
  let drawn = [];
  const context = {
    ...{ clearRect() {}, fillRect() {}, scale() {}, translate() {} },
    putImageData() {},
    drawImage: (/** @type {any} */ _, /** @type {number[]} */ ...place) => drawn.push(place),
  };
  const redraws = { n: 0 };
  const motion = {
    ...{ held: false, hold() {}, release() {}, again: null, resting: 0 },
    redraw: () => void (redraws.n += 1),
  };
  /** @type {any[][]} */
  let asked = [];
  /** @type {((answer: any) => void)[]} */
  let answers = [];
  const pictureOf = (/** @type {any[]} */ ...part) => {
    asked.push(part);
    return new Promise((resolve) => answers.push(resolve));
  };

  class FakeImageData {
    /** @param {number} width @param {number} height */
    constructor(width, height) {
      this.data = new Uint8ClampedArray(4 * width * height);
    }
  }

  /** @type {HTMLElement} */
  let root;
  /** @type {ReturnType<typeof fitPanel>} */
  let fit;

  /** @param {Record<string, any>} [changes] */
  async function show(changes = {}) {
    const { view } = plainView({ points: POINTS, changes: { picture: PICTURE, ...changes } });
    const others = { setGuess() {}, editPoints() {}, next: null, residuals: "lines" };
    const size = { width: 400, height: 300 };
    render(fit(view, /** @type {any} */ ({ ...size, ...others, motion, pictureOf })), root);
    await settled();
    return view;
  }

  const press = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (root.querySelector(`[aria-label="${name}"]`)).click();

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.stubGlobal("ImageData", FakeImageData);
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(
      /** @type {any} */ (context),
    );
    [drawn, asked, answers] = [[], [], []];
    fit = fitPanel();
    root = document.createElement("div");
    document.body.append(root);
  });

  afterEach(() => {
    root.remove();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it("is a canvas under the chart, and a hundred points with their residuals", async () => {
    await show();
    expect(root.querySelector("canvas.density + svg.dense")).toBeTruthy();
    expect(drawn).toHaveLength(1);
    const path = (/** @type {string} */ name) => root.querySelector(name)?.getAttribute("d");
    expect(path(".points")?.match(/h0/g)).toHaveLength(100);
    expect(path(".residuals")?.match(/V/g)).toHaveLength(100);
    expect(root.textContent).toContain("1,000 points, shaded by number. Zoom in to see more.");
    expect(root.querySelector("[aria-label=Points]")).toBe(null);
  });

  it("is a canvas for very many points alone", async () => {
    await show({ picture: null });
    expect(root.querySelector("canvas")).toBe(null);
    expect(root.querySelector("[aria-label=Points]")).toBeTruthy();
  });

  it("stands where its cells are in the chart, whose axes hold all points", async () => {
    await show();
    const [[left, top, width, height]] = drawn;
    // x from -1.08 to 1.08 on 338 pixels; y from below -2 to above 6 on 256.
    expect(left).toBeCloseTo(48 + (338 * 0.08) / 2.16);
    expect(width).toBeCloseTo((338 * 2) / 2.16);
    expect(top).toBeGreaterThan(8);
    expect(top + height).toBeLessThan(264);
  });

  it("is not drawn again for a step, and is for another theme, picture or part", async () => {
    await show();
    await show({ step: 15 });
    expect(drawn).toHaveLength(1);
    root.classList.add("dark");
    await show();
    expect(drawn).toHaveLength(2);
    await show({ picture: { ...PICTURE } });
    expect(drawn).toHaveLength(3);
    press("Zoom in");
    await show();
    expect(drawn).toHaveLength(4);
  });

  it("is asked for in finer cells after a rest, once, and drawn over the one there is", async () => {
    const shades = new Uint8Array(256 * 256);
    const picture = { ...PICTURE, columns: 256, rows: 256, most: 99, shades };
    await show({ picture });
    vi.advanceTimersByTime(1000);
    expect(asked, "all is seen, and fine enough").toHaveLength(0);
    press("Zoom in");
    await show({ picture });
    vi.advanceTimersByTime(100);
    press("Zoom in");
    await show({ picture });
    vi.advanceTimersByTime(100);
    expect(asked).toHaveLength(0);
    vi.advanceTimersByTime(50);
    expect(asked).toHaveLength(1);
    const [[x, y]] = asked;
    expect(x[1] - x[0]).toBeCloseTo(2.16 / 4);

    // Meanwhile another part is looked at: it is asked for when there is an answer.
    press("Zoom in");
    await show({ picture });
    vi.advanceTimersByTime(1000);
    expect(asked).toHaveLength(1);
    const before = drawn.length;
    const { n } = redraws;
    answers[0]({ ...picture, x, y, extent: undefined });
    await settled();
    expect(redraws.n).toBe(n + 1);
    await show({ picture });
    expect(drawn.length - before).toBe(2);
    vi.advanceTimersByTime(1000);
    expect(asked, "cells of 1/256 of twice what is seen are fine enough").toHaveLength(1);
    press("Zoom in");
    await show({ picture });
    vi.advanceTimersByTime(150);
    expect(asked).toHaveLength(2);
  });

  it("is of these points: an answer about others is dropped, and asked for anew", async () => {
    await show();
    press("Zoom in");
    await show();
    vi.advanceTimersByTime(150);
    expect(asked).toHaveLength(1);
    const others = bowlOf([[1, 2, 3]], [4, 5, 7]);
    const labels = { ...(await show()).labels, bowl: others };
    await show({ labels });
    const before = drawn.length;
    answers[0]({ ...PICTURE, columns: 1000 });
    await settled();
    await show({ labels });
    expect(drawn).toHaveLength(before);
    vi.advanceTimersByTime(150);
    expect(asked).toHaveLength(2);
  });

  it("stays as it is where no finer one is to be had, which is asked for once", async () => {
    await show();
    press("Zoom in");
    await show();
    vi.advanceTimersByTime(150);
    answers[0](null);
    await settled();
    await show();
    vi.advanceTimersByTime(1000);
    await show();
    expect(asked).toHaveLength(1);
  });

  it("has a dot for each point where they lie apart", async () => {
    const shades = new Uint8Array(100);
    shades[37] = 255;
    await show({ picture: { ...PICTURE, columns: 10, rows: 10, shades } });
    const [[left, top], ...others] = drawn;
    expect(others.map(([x, y]) => Math.abs(x - left) + Math.abs(y - top))).toEqual([1, 1, 1, 1]);
  });

  it("is drawn where all x are one", async () => {
    /** @type {[Pair, Pair]} */
    const extent = [[2, 2], EXTENT[1]];
    await show({ picture: { ...PICTURE, x: [2, 2], extent } });
    const [[left, , width]] = drawn;
    expect([left, width]).toEqual([48 + 169, 1]);
  });
});
