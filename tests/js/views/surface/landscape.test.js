// The surface of a loss that is no bowl: level sets between the nodes of a grid.

import { html, render } from "lit-html";
import { describe, expect, it, vi } from "vitest";
import { FUNCTIONS } from "../../../../js/core/functions.js";
import { objectiveOf } from "../../../../js/core/objective.js";
import { newSurfaceScene } from "../../../../js/views/surface/surface-scene.js";
import { surface } from "../../../../js/views/surface/surface.js";
import { plainView } from "../../plain-view.js";
import { STILL } from "../panels.js";

const SIZE = { width: 400, height: 300 };

/** @param {string} name @param {import("../../plain-view.js").Wish} [wish] */
function viewOf(name, wish = {}) {
  const { minima, frame } = FUNCTIONS[name];
  return plainView({
    runs: [{ loss: { kind: "function", function: name }, lr: 0.01 }],
    guess: [0, 0],
    ...wish,
    labels: { names: ["x", "y"], function: { name, minima, frame, code: [] }, ...wish.labels },
  });
}

/**
 * @param {ReturnType<typeof plainView>} shown
 * @param {{ turn?: [number, number] | null, heightsOf?: any }} [how]
 */
function draw({ view, next }, { turn = null, heightsOf = async () => null } = {}) {
  const scenes = newSurfaceScene(STILL, heightsOf);
  const again = (/** @type {[number, number] | null} */ turned = turn) =>
    scenes(view, SIZE, { plane: null, turn: turned });
  const root = document.createElement("div");
  const setGuess = vi.fn();
  const look = /** @type {any} */ ({ motion: STILL, plane: null, turn });
  const scene = again();
  const drawn = surface(view, scene, { next, look, inFull: true, actions: { setGuess } });
  render(html`${drawn}`, root);
  return { root, view, scene, again, setGuess };
}

/** The places on a path, in pixels. @param {Element} path */
const placesOn = (path) =>
  [...(path.getAttribute("d") ?? "").matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);

describe("the landscape of a function", () => {
  it("has level sets of round heights, where the function has these", () => {
    const { root, scene, view } = draw(viewOf("himmelblau"));
    const { x, y, box } = scene.frame;
    const paths = [...root.querySelectorAll(".level")];
    expect(paths).toHaveLength(9);
    const { gradient } = objectiveOf(view);
    paths.forEach((path, i) => {
      const height = Number(scene.relief?.heights[i]);
      expect(Math.log10(height) * 2).toBeCloseTo(Math.round(Math.log10(height) * 2), 9);
      for (const [px, py] of placesOn(path)) {
        const isInside = px > box.left && px < box.right && py > box.top && py < box.bottom;
        if (!isInside || height < 10) continue; // along the edge it is closed; small rings are coarse
        const [loss, ...grad] = gradient([x.invert(px), y.invert(py)]);
        const pixels = Math.hypot(...grad) * (x.invert(1) - x.invert(0));
        expect(Math.abs(loss - height)).toBeLessThan(2 * pixels + 1);
      }
    });
  });

  it("has level sets all over a plateau, though round heights are near its minimum alone", () => {
    const { scene } = draw(viewOf("plateau"));
    const { heights = [], grid, floor = NaN } = scene.relief ?? {};
    const all = [...(grid?.heights ?? [])];
    const shares = heights.map((one) => all.filter((h) => h < floor + one).length / all.length);
    shares.forEach((share, i) => expect(share).toBeCloseTo(0.9 - 0.1 * i, 1));
  });

  it("marks all minima, and keeps the frame that suits it", () => {
    const { root, scene } = draw(viewOf("himmelblau", { guess: [4, 4] }));
    expect(root.querySelectorAll(".best-mark")).toHaveLength(4);
    const names = [...root.querySelectorAll(".best")].map(({ textContent }) => textContent);
    expect(names).toEqual(Array(4).fill("minimum"));
    const [left, right] = scene.frame.x.domain;
    expect([left < -5, left > -7, right > 5, right < 7]).toEqual([true, true, true, true]);
  });

  it("is looked at once, as long as its frame stands still", () => {
    const shown = viewOf("beale", { guess: [1, 1] });
    const { scene, again, view } = draw(shown);
    view.row = view.history.rowAt(3);
    expect(again().relief).toBe(scene.relief);
    view.row = { ...view.row, params: [9, 1] };
    expect(again().relief).not.toBe(scene.relief);
  });

  it("has level sets of even shares where there is no least value", () => {
    const { root, scene } = draw(viewOf("saddle", { guess: [1.5, 0.01] }));
    const { heights = [], grid, floor = NaN } = scene.relief ?? {};
    expect(root.querySelectorAll(".best-mark")).toHaveLength(0);
    const all = [...(grid?.heights ?? [])];
    heights.forEach((height, i) => {
      const share = all.filter((one) => one < floor + height).length / all.length;
      expect(share).toBeCloseTo(1 - (i + 1) / 10, 1);
    });
  });

  it("from the side shows places as high as their losses", () => {
    const { scene, view } = draw(viewOf("himmelblau"), { turn: [0.5, 0] });
    const lossAt = (/** @type {number[]} */ params) => objectiveOf(view).gradient(params)[0];
    const over = [
      [0, 0],
      [3, 2],
      [2, -1],
    ].map((params) => {
      const [, floorY] = scene.project(params, 0);
      return (floorY - scene.at({ params })[1]) / (lossAt(params) + 1);
    });
    expect(over[1]).toBeCloseTo(0, 0);
    expect(over[2] / over[0]).toBeCloseTo(1, 1);
  });

  it("can be dragged in", () => {
    const { root, scene, setGuess } = draw(viewOf("himmelblau"));
    const handle = /** @type {Element} */ (root.querySelector(".handle"));
    expect(handle.getAttribute("aria-label")).toBe("X and y");
    handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    const [[[x]]] = setGuess.mock.calls;
    const [left, right] = scene.frame.x.domain;
    expect(x).toBeCloseTo(
      scene.ground.placeOf(viewOf("himmelblau").view.row)[0] + (right - left) / 100,
    );
  });
});

describe("a function that the kernel alone has", () => {
  it("is asked for once for a frame, and drawn when it comes", async () => {
    const shown = viewOf("saddle");
    shown.view.labels.objectives = [{ kind: "function", function: null }];
    shown.view.labels.function.minima = [];
    const grid = {
      ...{ x: [-2, 2], y: [-2, 2], columns: 2, rows: 2, heights: Float64Array.of(0, 1, 1, 2) },
    };
    const heightsOf = vi.fn(async () => grid);
    const { root, again } = draw(shown, { heightsOf });
    expect(root.querySelectorAll(".level")).toHaveLength(0);
    await vi.waitFor(() => expect(again().relief?.grid).toBe(grid));
    again();
    expect(heightsOf).toHaveBeenCalledTimes(1);
    const [[x, y]] = /** @type {any} */ (heightsOf.mock.calls);
    expect([x, y]).toEqual([again().frame.x.domain, again().frame.y.domain]);
  });
});

describe("the landscape of other losses", () => {
  it.each(["mae", "huber", "cross_entropy"])("of points is drawn as a bowl's is: %s", (kind) => {
    const x = [-1, -0.5, 0, 0.5, 1, 2];
    const y = kind === "cross_entropy" ? [0, 0, 1, 0, 1, 1] : [1, 2, 2, 4, 4, 9];
    const shown = plainView({ points: { x, y }, runs: [{ loss: { kind }, lr: 0.1 }] });
    const { root, scene, view } = draw(shown);
    const { least } = objectiveOf(view);
    expect(root.querySelectorAll(".level").length).toBe(9);
    expect(root.querySelectorAll(".best-mark").length).toBe(Number(least !== null));
    expect(scene.ground.bowl).toBeNull();
    if (least) expect(scene.ground.best).toEqual(least);
  });

  it("of a shadow of very many parameters has no level sets, which nobody knows there", () => {
    const shown = plainView({ runs: [{ loss: { kind: "huber" }, lr: 0.1 }] });
    shown.view.labels.bowl = { ...shown.view.labels.bowl, of: 100 };
    shown.view.points = { ...shown.view.points, y: Float64Array.from(shown.view.points.y) };
    const { root, scene } = draw(shown);
    expect(scene.relief).toBeNull();
    expect(root.querySelectorAll(".level")).toHaveLength(0);
    expect(root.querySelector(".surface .line")).not.toBeNull();
  });

  it("of three parameters is looked at coarsely while its plane moves, and finely at rest", () => {
    vi.useFakeTimers();
    const { scene, again, view } = draw(ofThree("cross_entropy"));
    const fine = scene.relief?.grid.columns ?? NaN;
    expect(again().relief).toBe(scene.relief);
    view.row = { ...view.row, params: [0, 0, 1] };
    const coarse = again().relief;
    expect(coarse?.grid.columns).toBeLessThan(fine / 2);
    expect(again().relief).toBe(coarse);
    vi.runAllTimers();
    expect(again().relief?.grid.columns).toBe(fine);
    vi.useRealTimers();
  });

  it("is not looked at in each frame while it moves, where a look takes long", () => {
    vi.useFakeTimers({ now: 0, toFake: ["performance", "setTimeout", "clearTimeout"] });
    const { scene, again, view } = draw(ofThree("huber"));
    const now = vi.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValueOnce(50);
    view.row = { ...view.row, params: [0, 0, 1] };
    const looked = again().relief;
    expect(looked).not.toBe(scene.relief);
    view.row = { ...view.row, params: [0, 0, 2] };
    now.mockReturnValueOnce(1900);
    expect(again().relief).toBe(looked);
    view.row = { ...view.row, params: [0, 0, 3] };
    now.mockReturnValueOnce(2100);
    expect(again().relief).not.toBe(looked);
    now.mockRestore();
    vi.useRealTimers();
  });

  it("is looked at as soon as its axes are other ones, however long that takes", () => {
    vi.useFakeTimers({ now: 0, toFake: ["performance", "setTimeout", "clearTimeout"] });
    const { again, view } = draw(ofThree("huber"));
    const now = vi.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValueOnce(50);
    view.row = { ...view.row, params: [0, 0, 1] };
    const looked = again().relief;
    view.labels = { ...view.labels, names: ["rooms", "age", "intercept"] };
    now.mockReturnValueOnce(60);
    expect(again().relief).not.toBe(looked);
    now.mockRestore();
    vi.useRealTimers();
  });
});

/** A view of a loss of two features and an intercept. @param {string} kind */
function ofThree(kind) {
  const x = [-1, -0.5, 0, 0.5, 1, 2];
  const features = [x, [1, 0, 2, 0, -1, 1]];
  return plainView({
    points: { x, y: [0, 0, 1, 0, 1, 1], features },
    runs: [{ loss: { kind }, lr: 0.1 }],
    labels: { names: ["x0", "x1", "intercept"] },
    guess: [0, 0, 0],
  });
}
