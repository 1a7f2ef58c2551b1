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
    expect(notice(plainView({ changes: wish.changes }).view).text).toBe(
      "Not all that it takes is in this page: its kernel is needed for further steps.",
    );
    wish.changes = { ...wish.changes, isHere: false, canTrain: true, link: "stuck" };
    expect(notice(plainView(wish).view).offer).toBe(undefined);
  });

  it("is what the kernel said last, and that it is gone", () => {
    const problem = { message: "Interrupted.", hint: "", traceback: "Traceback", line: null };
    const runs = [{ optimizer: "update()", outside: true }];
    const changes = { canTrain: false, isHere: true, link: "gone", problem };
    const { kind, text, detail } = notice(plainView({ runs, changes }).view);
    expect([kind, detail]).toEqual(["error", "Traceback"]);
    expect(text).toBe(
      "Interrupted. Made by code in Python: its kernel is needed for further steps.",
    );
  });

  it("is an error and its hint, each with its stop", () => {
    const problem = { message: "lr must be positive; got 0", hint: "Try 0.1.", traceback: "" };
    const { text } = notice(plainView({ changes: { problem } }).view);
    expect(text).toBe("lr must be positive; got 0. Try 0.1.");
    const chinese = { message: "内核没有收到。", hint: "请再试一次。", traceback: "" };
    const { view } = plainView({ changes: { problem: chinese } });
    expect(notice(view).text, "one stop, not two").toBe("内核没有收到。 请再试一次。");
  });

  it("is that PyTorch is being loaded, first to who plays", () => {
    const text = "PyTorch is being loaded.";
    const changes = { link: "loading", advice: "Too large.", playing: true };
    expect(notice(plainView({ changes }).view)).toEqual({ kind: "busy", text });
    changes.playing = false;
    expect(notice(plainView({ changes }).view).text).toBe("Too large.");
    changes.advice = "";
    expect(notice(plainView({ changes }).view)).toEqual({ kind: "busy", text });
  });

  it("is who has converged, and whose numbers are read", () => {
    const runs = [{ name: "0.1" }, { name: "0.5" }];
    const { view } = plainView({ runs, changes: { status: "converged", chosen: 1 } });
    expect(notice(view).text).toMatch(/^All runs have converged/);
    view.runs[0].divergedAt = 15;
    expect(notice(view).text).toMatch(/^All runs that did not diverge have converged/);
    expect(sentence(view)).toMatch(/ 0\.5, step 14: slope /);
    expect(notice(plainView({ changes: { status: "converged" } }).view).text).toMatch(
      /^Converged: at step 14 the loss /,
    );
  });
});
