// Sentences are those that Python makes of the same findings: tests/golden/sentences.json holds both.

import { expect, it } from "vitest";
import { EN } from "../../../js/words/en.js";
import { EN_LOSSES } from "../../../js/words/en-losses.js";
import { EN_MANY } from "../../../js/words/en-many.js";
import { sentence } from "../../../js/words/sentence.js";
import golden from "../../golden/sentences.json";

it("says what Python says", () => {
  const found = golden.map(({ found }) => /** @type {any} */ (found));
  expect(found.map(sentence)).toEqual(golden.map(({ said }) => said));
  expect(new Set(found.map(({ code }) => code))).toEqual(
    new Set(Object.keys({ ...EN, ...EN_MANY, ...EN_LOSSES })),
  );
});

it("says nothing of nothing", () => {
  expect(sentence(undefined)).toBe("");
});
