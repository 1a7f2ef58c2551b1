// What a person must know beside the numbers.

import { describe, expect, it } from "vitest";
import { notice, sentence } from "../../../../js/views/controls/status.js";
import { plainView } from "../../plain-view.js";
import { show } from "./panel.js";

describe("what is said", () => {
  it("is that a kernel is needed, where Python's code has made the steps", () => {
    const wish = {
      runs: [{ optimizer: "update()", outside: true }],
      changes: { canTrain: false, isHere: true, link: "gone" },
    };
    const { named } = show(wish);
    for (const name of ["Play", "Step"]) expect(named(name).ariaDisabled).toBe("true");
    for (const name of ["Step back", "Reset"]) expect(named(name).ariaDisabled).toBe("false");
    expect(notice(plainView(wish).view)).toEqual({
      kind: "gone",
      text: "Made by code in Python: its kernel is needed for further steps.",
    });
    wish.changes = { ...wish.changes, isHere: false, canTrain: true, link: "stuck" };
    expect(notice(plainView(wish).view).offer).toBe(undefined);
  });

  it("is who has converged, and whose numbers are read", () => {
    const runs = [{ name: "0.1" }, { name: "0.5" }];
    const { view } = plainView({ runs, changes: { status: "converged", chosen: 1 } });
    expect(notice(view).text).toMatch(/^All runs have converged/);
    view.runs[0].divergedAt = 15;
    expect(notice(view).text).toMatch(/^All runs that did not diverge have converged/);
    expect(sentence(view)).toMatch(/ 0\.5, step 14: slope /);
    expect(notice(plainView({ changes: { status: "converged" } }).view).text).toMatch(/step 14:/);
  });
});
