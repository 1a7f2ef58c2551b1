// Sentences in the language that is spoken: gd_widget/words/say.py has the same.

import { expect, it } from "vitest";
import { languageOf, numeral, say, speaking, spoken } from "../../../js/words/say.js";

const SPANISH = languageOf({
  lang: "es",
  sentences: {
    "Try {rate:g}.": "Prueba con {rate:g}.",
    "Best within {steps:,} steps.": "En {steps:,} pasos, lo mejor.",
  },
});

it("puts values into a sentence as Python writes them", () => {
  expect(say("Step {step} of {all:,}.", { step: 3, all: 1234567 })).toBe("Step 3 of 1,234,567.");
  expect(say("{a:g}, {a:.3g}, {tiny:g}", { a: 0.123456789, tiny: 0.00001 })).toBe(
    "0.123457, 0.123, 1e-05",
  );
});

it("speaks another language, with its own numbers, while that is spoken and no longer", () => {
  const said = () => say("Try {rate:g}.", { rate: 0.125 });
  expect(speaking(SPANISH, said)).toBe("Prueba con 0,125.");
  expect(said()).toBe("Try 0.125.");
  const failing = () => speaking(SPANISH, () => expect.fail("drawing failed"));
  expect(failing).toThrow("drawing failed");
  expect(said()).toBe("Try 0.125.");
});

it("groups digits as the language does", () => {
  const many = () => say("Best within {steps:,} steps.", { steps: 1234567 });
  expect(speaking(SPANISH, many)).toBe("En 1.234.567 pasos, lo mejor.");
});

it("is English where a sentence has no translation, but for its numbers", () => {
  const said = () => say("Loss {loss}", { loss: 0.5 });
  expect(speaking(SPANISH, said)).toBe("Loss 0,5");
});

it("leaves text alone, even where it looks like a place for a value", () => {
  expect(say("{name} is first.", { name: "a {b} of 1.5" })).toBe("a {b} of 1.5 is first.");
});

it("writes a number that has a point with the language's mark", () => {
  expect(speaking(SPANISH, () => [numeral("−1.5"), spoken().lang])).toEqual(["−1,5", "es"]);
  expect(numeral("−1.5")).toBe("−1.5");
});
