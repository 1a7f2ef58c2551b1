// The labels of axes.

import { html, render } from "lit-html";
import { describe, expect, it } from "vitest";
import de from "../../../../gd_widget/words/de.json";
import es from "../../../../gd_widget/words/es.json";
import fr from "../../../../gd_widget/words/fr.json";
import ptBR from "../../../../gd_widget/words/pt-BR.json";
import zhCN from "../../../../gd_widget/words/zh-CN.json";
import { axes, boxOf, roomFor } from "../../../../js/views/charts/axes.js";
import { linear, log } from "../../../../js/views/charts/scales.js";
import { layOut } from "../../../../js/views/layout.js";

describe("the labels of axes", () => {
  const box = { width: 400, height: 300, top: 8, right: 386, bottom: 264, left: 48 };

  /** @param {[number, number]} xs @param {[number, number]} ys */
  function labels(xs, ys) {
    const root = document.createElement("div");
    const [x, y] = [linear(xs, [48, 386]), linear(ys, [264, 8])];
    render(html`<svg>${axes({ box, x, y, xName: "", yName: "" })}</svg>`, root);
    const texts = (/** @type {string} */ name) =>
      [...root.querySelectorAll(`.ticks .${name}:not(.name)`)].map((text) => text.textContent);
    return [texts("middle"), texts("end")];
  }

  it("have as many digits as tell them apart", () => {
    const [x, y] = labels([0.123456, 0.123459], [1e6, 1e6 + 2]);
    expect(x).toEqual(["0.123456", "0.123457", "0.123458"]); // the next would leave the picture
    expect(y).toEqual(["1000000", "1000000.5", "1000001", "1000001.5", "1000002"]);
    expect(labels([-1, 1], [0, 3])[0]).toEqual(["−1", "−0.5", "0", "0.5", "1"]);
  });

  it("are fewer where they are long", () => {
    const [x] = labels([1e9 + 0.001, 1e9 + 0.004], [0, 1]);
    expect(x.length).toBeLessThan(4);
    expect(new Set(x).size).toBe(x.length);
  });

  it("are two at least: one number alone says nothing of an axis", () => {
    const root = document.createElement("div");
    const [x, y] = [linear([-9.6, 9.6], [48, 270]), linear([0, 1], [264, 8])];
    render(html`<svg>${axes({ box, x, y, xName: "", yName: "" })}</svg>`, root);
    const texts = [...root.querySelectorAll(".middle:not(.name)")].map((text) => text.textContent);
    expect(texts).toEqual(["−5", "0", "5"]);
  });

  it("stand apart, however low the chart is", () => {
    const root = document.createElement("div");
    const [x, y] = [linear([0, 1], [48, 386]), log([1.5, 30], [40, 8])];
    render(html`<svg>${axes({ box, x, y, xName: "", yName: "" })}</svg>`, root);
    const at = [...root.querySelectorAll(".end")].map((text) => Number(text.getAttribute("y")));
    expect(at.length).toBeGreaterThan(1);
    at.slice(1).forEach((py, i) => expect(at[i] - py).toBeGreaterThan(15));
  });

  it("are given the room they need", () => {
    const y = (/** @type {[number, number]} */ ys) => linear(ys, [264, 8]);
    expect(roomFor(y([-1, 7]))).toBe(67);
    expect(roomFor(y([2.589404, 2.58941]))).toBeGreaterThan(75);
    expect(roomFor(y([5, 5]))).toBe(67);
  });

  it("share their row with the name of the axis: in the last gap, or some make room", () => {
    /** @param {string} xName */
    const row = (xName) => {
      const root = document.createElement("div");
      const [x, y] = [linear([-1.04, 1.04], [48, 386]), linear([0, 1], [264, 8])];
      render(html`<svg>${axes({ box, x, y, xName, yName: "" })}</svg>`, root);
      return [...root.querySelectorAll(".ticks text[x]:not(.end)")].map((text) => ({
        text: text.textContent?.trim(),
        at: Number(text.getAttribute("x")),
      }));
    };
    const [, half, one, name] = row("x").slice(-4);
    expect([half.text, one.text, name.text]).toEqual(["0.5", "1", "x"]);
    expect(name.at).toBeCloseTo((half.at + one.at) / 2, -1);
    const long = row("rain of the week before, in millimetres");
    expect(long.map(({ text }) => text)).toEqual(["−1", "−0.5", "rain of the week before, …"]);
    expect(long.at(-1)?.at).toBeGreaterThan(250);
  });

  it("have the short form of a name beside them where the whole one has no room", () => {
    const root = document.createElement("div");
    const low = { ...box, height: 140, bottom: 110 };
    const [x, y] = [linear([-1, 1], [48, 386]), linear([0, 1], [110, 8])];
    const [xName, yName] = ["flattest direction", "steepest direction"];
    const chart = { box: low, x, y, xName, yName, shorts: ["flattest", "steepest"] };
    render(html`<svg>${axes(chart)}</svg>`, root);
    const names = [...root.querySelectorAll(".name")].map((text) => text.textContent?.trim());
    expect(names).toEqual(["flattest direction", "steepest"]);
  });

  it("are not left alone by a long name that has a short form", () => {
    const root = document.createElement("div");
    const [x, y] = [linear([-1.9, 0.4], [48, 250]), linear([0, 1], [264, 8])];
    const narrow = { ...box, width: 260, right: 250 };
    const chart = {
      box: narrow,
      x,
      y,
      xName: "flattest direction",
      yName: "",
      shorts: ["flattest"],
    };
    render(html`<svg>${axes(chart)}</svg>`, root);
    const row = [...root.querySelectorAll(".ticks text[x]:not(.end)")];
    expect(row.map((text) => text.textContent?.trim())).toEqual(["−1", "0", "flattest"]);
  });

  it.each([{ loss: "loss" }, de, es, fr, ptBR, zhCN])(
    "have the loss written out where it is lowest: $loss",
    ({ loss }) => {
      const { height } = layOut(["fit", "surface", "loss"], 366, 380).size("loss");
      const box = boxOf({ width: 366, height }, 12);
      const [x, y] = [linear([0, 100], [box.left, box.right]), linear([0, 8], [box.bottom, 8])];
      const root = document.createElement("div");
      render(html`<svg>${axes({ box, x, y, xName: "", yName: loss })}</svg>`, root);
      expect(root.querySelector(".name[transform]")?.textContent?.trim()).toBe(loss);
    },
  );
});
