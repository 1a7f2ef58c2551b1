// A page goes on from what was saved of other losses and functions, as PyTorch went on: see
// tests/golden/make_saved_losses.py.

import { expect, it } from "vitest";
import { newBrowserSource } from "../../../js/sources/browser.js";
import { readSaved } from "../../../js/sources/read-saved.js";
import golden from "../../golden/saved_losses.json";

const [AT, , TO] = golden.steps;
const CASES = /** @type {[string, any][]} */ (Object.entries(golden.cases));

/** The page, once it has made all steps that it can. @param {any} saved */
async function wentOn(saved) {
  const source = newBrowserSource(readSaved(() => structuredClone(saved)));
  /** @type {any} */
  const heard = { rows: new Map(), problem: "" };
  const keep = (/** @type {any} */ { rows, widths }) =>
    rows.forEach((/** @type {Float64Array} */ numbers, /** @type {number} */ run) => {
      for (let at = 0; at < numbers.length; at += widths[run])
        heard.rows.set(`${run} ${numbers[at]}`, [...numbers.slice(at + 1, at + 6)]);
    });
  source.open({
    opened: (_state, _points, tables) => keep(tables),
    changed() {},
    arrived() {},
    failed: ({ message }) => (heard.problem = message),
    linked() {},
  });
  for (let after = AT; after < TO && !heard.problem;) {
    const answer = await source.pull(after, TO - after).catch(() => null);
    if (!answer) continue;
    keep(answer);
    after = Math.max(...answer.rows.map((rows, i) => rows[rows.length - answer.widths[i]]));
  }
  source.close();
  return heard;
}

it.each(CASES)("%s", async (name, { saved, rows }) => {
  const { problem, rows: made } = await wentOn(saved);
  const isOurs = !/own|more points/.test(name);
  expect(problem).toMatch(isOurs ? /^$/ : /its kernel is needed/);
  rows.forEach((/** @type {number[][]} */ ofRun, /** @type {number} */ run) =>
    ofRun.forEach((row, i) => {
      const step = golden.steps[i];
      if (step > AT && !isOurs) return;
      made
        .get(`${run} ${step}`)
        .forEach((/** @type {number} */ number, /** @type {number} */ j) => {
          expect(Math.abs(number - row[j])).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(row[j])));
        });
    }),
  );
});

it("is looked through first", () => {
  const { saved } = golden.cases["Himmelblau's function"];
  const [about] = saved.snapshot.objectives;
  const damaged = [
    { objectives: [{ ...about, kind: "mse" }] },
    { objectives: [] },
    { objectives: [{ ...about, ridge: -1 }] },
    { function: { ...saved.snapshot.function, name: "nobody's" } },
    { function: { ...saved.snapshot.function, frame: [[1, 0], [0, 1]] } }, // prettier-ignore
  ];
  for (const change of damaged) {
    const snapshot = { ...saved.snapshot, ...change };
    expect(() => readSaved(() => ({ ...saved, snapshot }))).toThrow(
      "What was saved here is damaged",
    );
  }
});
