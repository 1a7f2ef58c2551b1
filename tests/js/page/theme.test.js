import { describe, expect, it } from "vitest";
import { lightness } from "../../../js/page/theme.js";

describe("lightness", () => {
  it.each([
    ["rgb(255, 255, 255)", 1],
    ["rgb(0, 0, 0)", 0],
    ["rgba(17, 17, 17, 0.9)", 0.067],
    ["rgba(0, 0, 0, 0)", null],
    ["rgba(0, 0, 0, 0.1)", null],
    ["color(srgb 1 1 1)", 1],
    ["color(display-p3 0.1 0.1 0.1)", 0.1],
    ["color(srgb 0 0 0 / 0)", null],
    ["lab(98 -0.5 1.2e-5)", 0.98],
    ["oklch(0.985 0.002 247)", 0.985],
    ["oklab(0.2 -0.01 0.01 / 0.3)", null],
    ["transparent", null],
  ])("of %s is %s", (color, expected) => {
    const found = lightness(color);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(expected, 2);
  });
});
