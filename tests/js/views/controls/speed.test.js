// How fast it plays.

import { describe, expect, it } from "vitest";
import { show } from "./panel.js";

describe("the speed", () => {
  it("follows the slider while it is dragged", () => {
    const { asked, change } = show();
    change("Speed", "2", "input");
    expect(asked).toEqual([["setSpeed", 100]]);
  });
});
