// Points that are held back, as they are seen: hollow, with a curve, a number and words of their own.

import { render } from "lit-html";
import { describe, expect, it, vi } from "vitest";
import { pointsOf } from "../../../js/core/points.js";
import { csv } from "../../../js/page/history-csv.js";
import { readout } from "../../../js/views/controls/readout.js";
import { runsTable } from "../../../js/views/controls/runs-table.js";
import { heldRun, withHeldColumn } from "../../../js/views/loss/held-curve.js";
import { loss } from "../../../js/views/loss/loss.js";
import { plainView } from "../plain-view.js";
import { STILL, fitOf } from "./panels.js";
import { drawn } from "./race.js";

const HELD = { x: [-0.5, 0, 0.5], y: [9, 2, -3] };
const SIZE = { width: 400, height: 200 };
const LOOK = /** @type {any} */ ({ lossScale: "auto", motion: STILL, change() {} });

/** @param {import("../plain-view.js").Wish} [wish] */
function held(wish) {
  const { view } = plainView(wish);
  const back = pointsOf([Float64Array.from(HELD.x)], Float64Array.from(HELD.y));
  view.points = { ...view.points, held: back };
  return view;
}

/** What the held points are worth. @param {number[]} params */
const lossOf = ([slope, intercept]) =>
  HELD.x.reduce((sum, x, i) => sum + (slope * x + intercept - HELD.y[i]) ** 2, 0) / 3;

/** @param {any} view */
const lossChart = (view) =>
  drawn(loss(view, SIZE, { inFull: true, look: LOOK, actions: { seek() {} } }));

/** @param {Element | null} path */
const places = (path) => path?.getAttribute("d")?.match(/[ML]/g)?.length ?? 0;

/** Where a curve of losses goes. @param {Element | null} line */
const alongCurve = (line) =>
  (line?.getAttribute("points") ?? "")
    .split(" ")
    .filter(Boolean)
    .map((place) => place.split(",").map(Number));

describe("points that are held back", () => {
  it("are hollow in the fit, have no residuals, and the axes hold them", () => {
    const view = held();
    const el = drawn(fitOf()(view));
    expect(el.querySelectorAll(".held .points")).toHaveLength(2);
    expect(places(el.querySelector(".held .points"))).toBe(3);
    expect(el.querySelector(".residuals")?.getAttribute("d")?.split("M")).toHaveLength(101);
    const plain = drawn(fitOf()(plainView().view));
    expect(plain.querySelector(".held")).toBeNull();
    const highest = (/** @type {Element} */ one) =>
      Math.max(
        ...[...one.querySelectorAll(".ticks .end")].map(
          (tick) => parseFloat(tick.textContent ?? "") || 0,
        ),
      );
    expect(highest(el)).toBeGreaterThan(highest(plain));
    expect(el.querySelector(".caption")?.textContent).toBe(
      "Hollow points are held back. Training does not see them.",
    );
  });

  it("have a curve of their own, which grows with the other and begins anew with it", () => {
    const view = held({ steps: 5 });
    const el = lossChart(view);
    expect(alongCurve(el.querySelector(".held-curve .line"))).toHaveLength(6);
    expect(el.querySelector(".held-curve text")?.textContent).toBe("held back");
    const run = /** @type {any} */ (heldRun(view, 0));
    for (let k = 0; k <= 5; k++)
      expect(run.history.lossAt(k)).toBeCloseTo(lossOf(view.history.paramsAt(k)), 12);
    expect(run.row.loss).toBeCloseTo(lossOf(view.row.params), 12);
    const [low, high] = run.history.extremes(0, 5).map(run.history.lossAt);
    const all = [0, 1, 2, 3, 4, 5].map((k) => lossOf(view.history.paramsAt(k)));
    expect(low).toBeCloseTo(Math.min(...all), 12);
    expect(high).toBeCloseTo(Math.max(...all), 12);
    // Other rows in the place of the old ones.
    const other = view.history.rows(-1, 0);
    other.set([0, 7, -7, 123], 0);
    view.history.write(other, -1);
    expect(heldRun(view, 0)?.history.lossAt(0)).toBeCloseTo(lossOf([7, -7]), 12);
    expect(heldRun(view, 0)?.history.length).toBe(1);
  });

  it("have a name beside the end of their curve, and off all curves", () => {
    for (const wish of [
      { steps: 5 },
      { steps: 100 },
      { steps: 100, runs: [{ lr: 0.01 }, { lr: 0.1 }] },
    ]) {
      const view = held(wish);
      for (const height of [64, 200]) {
        const size = { width: 400, height };
        const look = { inFull: true, look: LOOK, actions: { seek() {} } };
        const el = drawn(loss(view, size, look));
        const name = el.querySelector(".held-curve text");
        const [x, y] = ["x", "y"].map((at) => Number(name?.getAttribute(at)));
        const curves = [...el.querySelectorAll("polyline.line")].flatMap(alongCurve);
        expect(curves.length).toBeGreaterThan(10);
        const onIt = curves.filter(([px, py]) => px > x && px < x + 54 && py > y - 9 && py < y);
        expect(onIt).toEqual([]);
        const last = Math.max(...curves.map(([px]) => px));
        if (wish.steps === 5) expect(Math.abs(x - last - 14)).toBeLessThan(10);
      }
    }
  });

  it("are worth something else once one of them is moved", () => {
    const view = held();
    const before = heldRun(view, 0)?.row.loss;
    const moved = pointsOf([Float64Array.of(0)], Float64Array.of(view.row.params[1]));
    view.points = { ...view.points, held: moved };
    expect(before).toBeGreaterThan(1);
    expect(heldRun(view, 0)?.row.loss).toBeCloseTo(0, 12);
  });

  it("have their number in the read-out, the table of a race and the history", () => {
    const view = held({ runs: [{ lr: 0.01 }, { lr: 0.1 }] });
    const said = drawn(readout(view)).textContent?.replace(/\s+/g, " ");
    expect(said).toContain(`held back ${lossOf(view.row.params).toFixed(2)}`);
    const el = drawn(runsTable()(view, () => {}));
    const shown = [...el.querySelectorAll("tbody tr")].map((row) => row.children[2].textContent);
    // Its four digits, however many decimals the loss has that is trained.
    /** @type {number[]} */
    const losses = view.runs.map((/** @type {any} */ run) => lossOf(run.row.params));
    expect(losses.every((one) => one > 10 && one < 100)).toBe(true);
    expect(shown).toEqual(losses.map((one) => one.toFixed(2)));
    const text = withHeldColumn(csv(view.runs, ["slope", "intercept"]), view);
    const [header, first] = text.split("\n");
    expect(header).toMatch(/,epoch,validation_loss$/);
    expect(Number(first.split(",").at(-1))).toBeCloseTo(lossOf([-1, 1]), 12);
  });

  it("have no more decimals than the loss that is trained, and four digits at most", () => {
    for (const [intercept, shown] of /** @type {[number, string][]} */ ([
      [0.3, "0.0900"],
      [2.5, "6.250"],
      [22, "484.0"],
      [1e5, "1.00e+10"],
    ])) {
      const view = held();
      view.row = { ...view.row, params: [1, intercept] };
      view.runs[view.chosen].row = view.row;
      view.points.held = pointsOf([Float64Array.of(0)], Float64Array.of(0));
      const said = drawn(readout(view)).textContent?.replace(/\s+/g, " ");
      expect(said).toContain(`held back ${shown} `);
    }
  });

  it("can be chosen, told of, moved and removed, but for the last of them", () => {
    const view = held();
    const edit = vi.fn();
    const fit = fitOf();
    const root = document.createElement("div");
    const draw = () => render(fit(view, { editPoints: edit }), root);
    draw();
    const points = /** @type {Element} */ (root.querySelector(".points-handle"));
    const key = (/** @type {string} */ name, shiftKey = false) => {
      points.dispatchEvent(new KeyboardEvent("keydown", { key: name, shiftKey }));
      draw();
    };
    const said = () => root.querySelector(".caption")?.textContent;
    for (let i = 0; i < 103 && !said()?.includes("held back:"); i++) key("ArrowRight");
    const [slope, intercept] = view.row.params;
    const residual = (slope * -0.5 + intercept - 9).toFixed(2).replace("-", "−");
    expect(said()).toContain(`held back: residual ${residual}`);
    expect(said()).toContain("training does not see it");
    key("ArrowUp", true);
    const [at, remove, insert, , isHeld] = edit.mock.lastCall ?? [];
    expect([at, remove, isHeld]).toEqual([0, 1, true]);
    expect(insert[0][1]).toBeGreaterThan(9);
    key("Delete");
    expect(edit).toHaveBeenLastCalledWith(0, 1, [], false, true);
    key("+");
    expect(edit.mock.lastCall?.slice(0, 2)).toEqual([100, 0]);
    view.points.held = pointsOf([Float64Array.of(0)], Float64Array.of(2));
    const times = edit.mock.calls.length;
    draw();
    for (let i = 0; i < 101 && !said()?.includes("held back:"); i++) key("ArrowLeft");
    expect(said()).toContain("held back:");
    key("Delete");
    expect(edit).toHaveBeenCalledTimes(times);
  });
});
