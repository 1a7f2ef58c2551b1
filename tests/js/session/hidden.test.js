// What a teacher hides leaves the session no more: nobody who looks can tell.

import { describe, expect, it } from "vitest";
import { seen } from "../../../js/session/hidden.js";
import { plainView } from "../plain-view.js";
import { kernel, open, session, view } from "./conversation.js";

const MAKES = { n: 30, noise: "uniform", seed: 1, true_params: [3, 2] };

/** A view of which this is hidden. @param {string[]} hide @param {Record<string, any>} [changes] */
const viewed = (hide, changes) =>
  plainView({
    labels: { hide, makes: MAKES, note: "2.5 fits best" },
    changes: { advice: "too fast", status: "converged", ...changes },
  }).view;

describe("a view of which something is hidden", () => {
  it("is the same where nothing is", () => {
    const whole = viewed([]);
    expect(seen(whole)).toBe(whole);
  });

  it.each([
    [["true"], { advice: "too fast", status: "converged", note: "", truth: [] }],
    [["best"], { advice: "too fast", status: "paused", note: "", truth: [3, 2] }],
    [["advice"], { advice: "", status: "paused", note: "2.5 fits best", truth: [3, 2] }],
    [["zones"], { advice: "too fast", status: "converged", note: "2.5 fits best", truth: [3, 2] }],
  ])("without %s says no more than it may", (hide, expected) => {
    const { advice, status, labels, hidden } = seen(viewed(hide));
    expect({ advice, status, note: labels.note, truth: labels.makes?.true_params }).toEqual(
      expected,
    );
    expect([...hidden]).toEqual(hide);
  });

  it("is drawn of the same labels while nothing changes, and says who diverged", () => {
    const whole = viewed(["true", "advice"], { status: "diverged" });
    expect(seen(whole).labels).toBe(seen(whole).labels);
    expect(seen(whole).status).toBe("diverged");
    expect(whole.labels.makes.true_params).toEqual([3, 2]);
  });

  it("goes on being that of now", async () => {
    session.close();
    Object.assign(kernel.settings, { hide: ["advice"] });
    await open();
    const poorer = view();
    expect(poorer.hidden.has("advice")).toBe(true);
    expect(poorer.row).toBe(view().row);
    expect(poorer.lr).toBe(0.1);
  });
});
