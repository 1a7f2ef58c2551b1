// Numbers in sentences are those that Python writes: see tests/golden/make_numbers.py.

import { expect, it } from "vitest";
import { general } from "../../../js/core/format-g.js";
import golden from "../../golden/numbers.json";

it("writes numbers as Python does", () => {
  const texts = golden.map(([number, digits]) => general(Number(number), Number(digits)));
  expect(texts).toEqual(golden.map(([, , text]) => text));
});

it("has six digits where nothing is said", () => {
  expect([1234567.8, 0.00001234567].map((number) => general(number))).toEqual([
    "1.23457e+06",
    "1.23457e-05",
  ]);
});
