// The step to come.

import { describe, expect, it } from "vitest";
import { nextOf } from "../../../js/session/view.js";
import { FakeKernel } from "../fake-kernel.js";
import { open, session, view } from "./conversation.js";

describe("nextOf", () => {
  it("is what the next step will do, after a change of the rule too", async () => {
    expect(nextOf(view())?.params).toEqual([1024 - 0.1, 1 - 0.1]);
    session.setLr(0.5);
    expect(nextOf(view())?.params).toEqual([1024 - 0.5, 1 - 0.5]);
    session.setOptimizer("newton");
    expect(nextOf(view())?.params).toEqual([1024 - 1 / 2, 1 - 1 / 2]);
    session.setOptimizer("momentum");
    session.setRule({ batch_size: 1 });
    const next = nextOf(view());
    expect(next?.batch).toHaveLength(1);
    expect(next?.memory).toEqual(next?.grad);
  });

  it("is nothing where it is not known", async () => {
    session.close();
    await open(new FakeKernel([0.1], "Your update"));
    expect(nextOf(view())).toBe(null);
  });
});
