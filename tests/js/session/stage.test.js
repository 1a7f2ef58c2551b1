// Errors and advice, for as long as they matter.

import { describe, expect, it } from "vitest";
import { settled } from "../fake-clock.js";
import { clock, kernel, session, view } from "./conversation.js";

describe("errors", () => {
  it("are shown until something else is done, and change nothing", async () => {
    session.setLr(-1);
    await clock.seconds(0.1);
    expect(view().problem?.message).toBe("lr must be a positive number; got -1");
    expect(view().lr).toBe(0.1);
    session.seek(0);
    expect(view().problem).toBe(null);
  });

  it("stay while what failed is tried again, so that nothing moves, until it has succeeded", async () => {
    const answer = kernel.answer.bind(kernel);
    const fail = (/** @type {any} */ message) => {
      if (message.type !== "advance") return answer(message);
      kernel.model.receive({ type: "error", id: message.id, message: "update() raised", line: 2 });
    };
    kernel.answer = fail;
    session.step();
    await clock.seconds(0.1);
    for (const does of /** @type {const} */ (["step", "play"])) {
      session[does]();
      expect(view().problem?.line, does).toBe(2);
      await clock.seconds(0.1);
      expect([view().problem?.line, view().step], does).toEqual([2, 0]);
    }
    kernel.answer = answer;
    session.step();
    await clock.seconds(0.1);
    expect([view().problem, view().step]).toEqual([null, 1]);
  });

  it("end playing when training itself fails", async () => {
    session.play();
    await clock.seconds(0.5);
    const answer = kernel.answer.bind(kernel);
    kernel.answer = (message) => {
      if (message.type !== "advance") return answer(message);
      kernel.settings.playing = false;
      const content = { type: "error", id: message.id, hint: "hint", traceback: "trace" };
      kernel.model.receive({ ...content, message: "out of memory" });
    };
    await clock.seconds(0.5);
    expect(view().problem).toMatchObject({ message: "out of memory", traceback: "trace" });
    expect(view().playing).toBe(false);
  });
});

describe("advice", () => {
  it("comes with the rows while playing; why training ended is said at its end", async () => {
    const receive = kernel.model.receive.bind(kernel.model);
    kernel.model.receive = (content, buffers) => {
      const advice = content.ended ? "Diverged at step 41" : "Every step overshoots";
      receive(content.type === "rows" ? { ...content, advice } : content, buffers);
    };
    kernel.end = 40;
    session.play();
    await clock.seconds(0.5);
    expect([view().playing, view().advice]).toEqual([true, "Every step overshoots"]);
    while (kernel.step < kernel.end) await clock.frame();
    await settled();
    expect([view().step < 40, view().advice]).toEqual([true, "Every step overshoots"]);
  });
});
