// Where training is, in a few numbers.

import { render } from "lit-html";
import { expect, it } from "vitest";
import { readout } from "../../../../js/views/controls/readout.js";
import { plainView } from "../../plain-view.js";

it("writes out steps, however many", () => {
  const { view } = plainView();
  const row = { ...view.row, step: 12345678 };
  const el = document.createElement("div");
  render(readout(Object.create(view, { row: { value: row } })), el);
  expect(el.querySelector(".value.step")?.textContent).toBe("12,345,678");
});

it("has the epoch, where steps see batches", () => {
  const epochIn = (/** @type {import("../../plain-view.js").Wish} */ wish) => {
    const el = document.createElement("div");
    render(readout(plainView(wish).view), el);
    return el.querySelector(".value.epoch")?.textContent;
  };
  expect(epochIn({ settings: { batch_size: 16 }, steps: 10 })).toBe("1.43");
  expect(epochIn({})).toBe(undefined);
  expect(epochIn({ settings: { batch_size: 16 }, runs: [{ optimizer: "bfgs" }] })).toBe(undefined);
});
