// What a run is called in a language: its loss and its rule are words, its rate has the language's mark.

import { expect, it } from "vitest";
import { shownRun } from "../../../js/words/run-name.js";
import { languageOf, speaking } from "../../../js/words/say.js";

const GERMAN = languageOf({
  lang: "de",
  sentences: { absolute: "absolut", "Gradient descent": "Gradientenabstieg", ", ": "; " },
});

it.each([
  ["", ""],
  ["0.1", "0,1"],
  ["Gradient descent", "Gradientenabstieg"],
  ["Gradient descent 2", "Gradientenabstieg 2"],
  ["absolute, Adam, 0.001", "absolut; Adam; 0,001"],
  ["MyOptimizer", "MyOptimizer"],
  ["my\nname", "my\nname"],
])("%j is %j in German", (name, german) => {
  expect(shownRun(name)).toBe(name);
  expect(speaking(GERMAN, () => shownRun(name))).toBe(german);
});
