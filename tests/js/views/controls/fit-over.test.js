// What is on the horizontal axis of the fit, where there are several features.

import { expect, it } from "vitest";
import { severalFeatures } from "../../several-features.js";
import { show } from "./panel.js";

const WISH = {
  points: severalFeatures(2, 20, ([a, b]) => a + b),
  ...{ guess: [0, 0, 0], model: { features: ["rooms", "age"], intercept: 2 } },
  labels: { y_label: "price" },
};

it("is chosen among y, which is the first, and the features", () => {
  const { named, change, asked } = show(WISH);
  const select = /** @type {any} */ (named("Fit over"));
  const options = [...select.options].map(({ value, text }) => [value, text.trim()]);
  expect(options).toEqual([
    ["-1", "price"],
    ["0", "rooms"],
    ["1", "age"],
  ]);
  expect(select.value).toBe("-1");
  change("Fit over", "1");
  expect(asked).toEqual([["look", { feature: 1 }]]);
});

it("is no choice for one feature", () => {
  expect(show().named("Fit over")).toBe(null);
});

it("is no choice where there is no fit, and neither are residuals", () => {
  const { named } = show({ ...WISH, labels: { ...WISH.labels, panels: ["surface", "loss"] } });
  for (const name of ["Fit over", "Residuals"]) expect(named(name)).toBe(null);
  expect(show(WISH).named("Residuals")).not.toBe(null);
});
