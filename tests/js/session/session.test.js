// A session and its source, in conversation with a kernel that is not there.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newKernelSource } from "../../../js/sources/kernel.js";
import { MOST_ROWS } from "../../../js/core/table.js";
import { nextOf } from "../../../js/session/view.js";
import { newSession } from "../../../js/session/session.js";
import { FakeClock, settled } from "../fake-clock.js";
import { FakeKernel } from "../fake-kernel.js";

/** @type {FakeClock} */
let clock;
/** @type {FakeKernel} */
let kernel;
/** @type {import("../../../js/session/session.js").Session} */
let session;
let draws = 0;
let leave = () => {};

const view = () => {
  if (!session.view) throw new Error("nothing shown");
  return session.view;
};
/** @param {string} type */
const sent = (type) => kernel.model.sent.filter((message) => message.type === type);
const steps = () =>
  Array.from({ length: view().history.length }, (_, i) => view().history.stepAt(i));

async function open() {
  session = newSession(newKernelSource(kernel.model), clock);
  leave = session.subscribe(() => {
    draws += 1;
  });
  await settled();
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  clock = new FakeClock();
  kernel = new FakeKernel();
  draws = 0;
  await open();
});

afterEach(() => {
  session.close();
  expect(kernel.model.listening, "listeners left on the model").toBe(0);
  expect(kernel.model.hostModel.listeners.size, "listeners left on the host's model").toBe(0);
  expect(clock.pending, "frames left waiting").toBe(0);
  expect(vi.getTimerCount(), "timers left running").toBe(0);
  vi.useRealTimers();
});

describe("opening", () => {
  it("draws from the state the page opens with, before the kernel has said a word", () => {
    const silent = new FakeKernel();
    silent.waiting = [];
    const early = newSession(newKernelSource(silent.model), clock);
    expect(early.view?.row).toMatchObject({ step: 0, params: [1024, 1], loss: 8 });
    expect([...(early.view?.points.x ?? [])]).toEqual([1, -1]);
    expect(early.view?.link).toBe("connecting");
    early.close();
  });

  it("asks for everything, and shows where the kernel is", async () => {
    session.close();
    kernel.train(7);
    await open();
    expect(sent("hello").length).toBeGreaterThan(0);
    expect(view().link).toBe("live");
    expect(view().row.step).toBe(7);
    expect(steps()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("goes on playing after the page was reloaded", async () => {
    session.close();
    kernel.train(7);
    kernel.settings.playing = true;
    kernel.stopAt = 60;
    await open();
    await clock.seconds(1);
    expect(view().playing).toBe(true);
    expect(view().row.step).toBeGreaterThan(12);
  });
});

describe("playing", () => {
  it("pauses where it is: what is seen is where the kernel is", async () => {
    session.play();
    await clock.seconds(2);
    session.pause();
    const shown = view().row.step;
    expect(shown).toBeGreaterThan(15);
    await clock.seconds(1);
    expect(view().row.step).toBe(shown);
    expect(kernel.step).toBe(shown);
    expect(view().history.last).toBe(shown);
    expect(sent("set").at(-1)).toMatchObject({ changes: { playing: false }, step: shown });
  });

  it("asks for the first rows along with playing: one round trip, not two", async () => {
    kernel.waiting = [];
    session.play();
    await settled();
    expect(kernel.waiting.map((message) => message.type)).toEqual(["set", "advance", "advance"]);
    kernel.free();
    await clock.frame();
    await clock.frame();
    expect(view().row.step).toBe(1);
  });

  it("pauses after n_epochs, and goes on for as many more", async () => {
    kernel.nEpochs = 8;
    session.play();
    await clock.seconds(3);
    expect([view().playing, view().row.step, kernel.step]).toEqual([false, 8, 8]);
    session.play();
    await clock.seconds(3);
    expect([view().playing, view().row.step, kernel.step]).toEqual([false, 16, 16]);
  });

  it("pauses when the training has converged", async () => {
    kernel.end = 12;
    kernel.status = () => (kernel.step === 12 ? "converged" : "paused");
    session.play();
    await clock.seconds(3);
    expect([view().playing, view().row.step, view().status]).toEqual([false, 12, "converged"]);
    session.seek(5);
    expect(view().status, "step 5 has not converged").not.toBe("converged");
    expect(kernel.settings.playing).toBe(false);
  });

  it("asks for no row twice and skips none", async () => {
    session.setSpeed(600);
    session.play();
    await clock.seconds(0.15);
    const advances = sent("advance");
    advances.reduce((after, message) => {
      expect(message.after).toBe(after);
      return message.after + message.steps;
    }, 0);
    expect(steps()).toEqual(steps().map((_, i) => i));
  });

  it("goes on with another rate from the step that is shown", async () => {
    session.play();
    await clock.seconds(1);
    const shown = view().row.step;
    session.setLr(0.5);
    expect(view().lr).toBe(0.5);
    await clock.seconds(1);
    const { history } = view();
    expect(history.rowAt(shown).lr).toBe(0.1);
    expect(history.rowAt(shown + 1).lr).toBe(0.5);
    expect(steps()).toEqual(steps().map((_, i) => i));
    expect(view().playing).toBe(true);
  });

  it("follows a rate set in Python without jumping back or forth", async () => {
    session.play();
    await clock.seconds(1);
    const before = view().row.step;
    kernel.lrs = [0.5];
    kernel.run += 1;
    kernel.says();
    expect(view().row.step).toBe(before);
    await clock.seconds(1);
    expect(steps()).toEqual(steps().map((_, i) => i));
    expect(view().history.rowAt(view().row.step).lr).toBe(0.5);
  });

  it("starts and stops when Python says so", async () => {
    kernel.settings.playing = true;
    kernel.says();
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(5);
    kernel.settings.playing = false;
    kernel.says();
    expect(view().row.step, "Python sees where it paused").toBe(kernel.step);
    await clock.seconds(1);
    expect(view().row.step).toBe(kernel.step);
  });

  it("asks for nothing while no view is there, and goes on when one is", async () => {
    session.play();
    await clock.seconds(1);
    leave();
    const asked = sent("advance").length;
    const { step } = view().row;
    await clock.seconds(1);
    expect(sent("advance").length).toBe(asked);
    expect(clock.pending).toBe(0);
    session.subscribe(() => {});
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(step);
  });

  it("goes on, and draws the other views, where one cannot be drawn", async () => {
    const failed = vi.fn();
    vi.stubGlobal("reportError", failed);
    const broken = session.subscribe(() => {
      broken();
      throw new Error("its elements are gone");
    });
    leave();
    const drawn = vi.fn();
    session.subscribe(drawn);
    session.play();
    await clock.seconds(1);
    expect(drawn.mock.calls.length).toBeGreaterThan(5);
    expect(view().step).toBeGreaterThan(5);
    expect(failed).toHaveBeenCalledOnce();
    session.pause();
    await settled();
    vi.unstubAllGlobals();
  });

  it("keeps one clock for two views, and one view running when the other is closed", async () => {
    let others = 0;
    const close = session.subscribe(() => {
      others += 1;
    });
    session.play();
    await clock.seconds(1);
    const { step } = view().row;
    expect(step).toBeLessThan(13);
    expect(others).toBeGreaterThan(5);
    close();
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(step + 7);
  });
});

describe("stepping", () => {
  it("makes one step for one press, three for three", async () => {
    session.step();
    await clock.seconds(0.2);
    expect([view().row.step, kernel.step]).toEqual([1, 1]);
    for (let i = 0; i < 3; i++) session.step();
    await clock.seconds(0.5);
    expect([view().row.step, kernel.step]).toEqual([4, 4]);
  });

  it("loses no press that comes while the last one is being answered", async () => {
    for (let presses = 1; presses <= 6; presses++) {
      session.step();
      await clock.frame();
    }
    await clock.seconds(1);
    expect([view().row.step, kernel.step]).toEqual([6, 6]);
  });

  it("pauses when pressed while playing", async () => {
    session.play();
    await clock.seconds(1);
    const { step } = view().row;
    session.step();
    await clock.seconds(1);
    expect([view().playing, view().row.step, kernel.step]).toEqual([false, step + 1, step + 1]);
  });

  it("goes back and on again over the same rows", async () => {
    session.play();
    await clock.seconds(1);
    session.pause();
    const { seen } = view();
    session.back();
    session.back();
    await clock.seconds(0.2);
    expect([view().row.step, kernel.step, view().seen]).toEqual([seen - 2, seen - 2, seen]);
    session.step();
    await clock.seconds(0.2);
    expect([view().row.step, kernel.step]).toEqual([seen - 1, seen - 1]);
  });

  it("does not go back beyond the guess", async () => {
    session.back();
    await clock.seconds(0.1);
    expect(view().row.step).toBe(0);
  });

  it("scrubs with the hand, and tells the kernel the last place, not every one", async () => {
    session.play();
    await clock.seconds(3);
    session.pause();
    await settled();
    kernel.model.sent.length = 0;
    for (let step = 20; step > 4; step--) {
      session.seek(step);
      expect(view().row.step).toBe(step);
    }
    await clock.seconds(0.2);
    expect(sent("seek").length).toBeLessThanOrEqual(3);
    expect([view().row.step, kernel.step]).toEqual([5, 5]);
  });

  it("pauses when scrubbed while playing", async () => {
    session.play();
    await clock.seconds(2);
    session.seek(3);
    await clock.seconds(1);
    expect([view().playing, view().row.step, kernel.step]).toEqual([false, 3, 3]);
    expect(kernel.settings.playing).toBe(false);
  });

  it("fetches a step that a long run was sent without", async () => {
    kernel.train(50);
    const thinned = new Float64Array([...kernel.table[25], ...kernel.table[50]]);
    const content = { type: "rows", id: null, run: kernel.run, after: 0, every: 25, ended: "" };
    const [rows] = kernel.rows(1, 51);
    kernel.model.receive({ ...content, ...rows }, [thinned]);
    expect(view().row.step).toBe(50);
    session.back();
    await settled();
    expect(view().row.step).toBe(49);
  });
});

describe("a very long run", () => {
  it("is not kept whole here: of what was left out, the kernel is asked for the very row", async () => {
    for (let i = 0; i < 50; i++) kernel.pushes(1000);
    expect(view().step).toBe(50_000);
    expect(view().history.length).toBeLessThanOrEqual(MOST_ROWS);
    const gone = kernel.table.findIndex(([step]) => step > 20_000 && !view().history.has(step));
    session.seek(gone);
    await settled();
    expect(view().row.step).toBe(gone);
    expect([
      ...view()
        .history.rows(gone - 1, gone)
        .subarray(0, 7),
    ]).toEqual(kernel.table[gone]);
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    expect(view().step).toBeGreaterThan(gone + 5);
    const [first] = steps().slice(view().history.indexOf(gone) + 1);
    expect(first).toBe(gone + 1);
  });
});

describe("one thing on top of another", () => {
  /** What is shown is where the kernel is, and every row is the one the kernel has. */
  const agree = async () => {
    kernel.free();
    await clock.seconds(1);
    if (view().playing) session.pause();
    await clock.seconds(0.5);
    expect(view().row.step, "shown and the kernel's").toBe(kernel.step);
    for (let i = 0; i < view().history.length; i++) {
      const { step, lr } = view().history.rowAt(i);
      expect([step, lr]).toEqual([kernel.table[step][0], kernel.table[step][6]]);
    }
  };

  it.each(["pause", "reset", "step", "back"])(
    "a rate and %s at once, while playing",
    async (then) => {
      session.play();
      await clock.seconds(1);
      session.setLr(0.5);
      session[/** @type {"pause" | "reset" | "step" | "back"} */ (then)]();
      const { step } = view().row;
      await agree();
      if (then === "pause") expect(view().row.step).toBe(step);
    },
  );

  it("dragging the rate while playing piles up no requests", async () => {
    session.play();
    await clock.seconds(1);
    kernel.waiting = [];
    for (let i = 1; i < 100; i++) {
      session.setLr(i / 100);
      await clock.frame();
    }
    kernel.model.sent.length = 0;
    kernel.free();
    await clock.frame();
    expect(sent("advance").length).toBeLessThan(12);
    await agree();
    expect(kernel.lrs).toEqual([0.99]);
  });

  it("a pause is not refused along with a bad rate", async () => {
    session.play();
    await clock.seconds(1);
    kernel.waiting = [];
    session.seek(3);
    session.setLr(-1);
    session.play();
    session.pause();
    await agree();
    expect(kernel.settings.playing).toBe(false);
    expect(view().lr).toBe(0.1);
  });

  it("scrubbing while a cell trains loses none of its rows", async () => {
    kernel.pushes(9);
    kernel.waiting = [];
    session.seek(4);
    for (let i = 0; i < 5; i++) kernel.pushes(10);
    expect(view().row.step).toBe(4);
    await agree();
    expect(steps()).toEqual(steps().map((_, i) => i));
    expect(view().history.last).toBe(59);
  });

  it("new points from Python while a command waits are shown in the end", async () => {
    kernel.waiting = [];
    session.setLr(0.3);
    kernel.answer({ type: "new_data", id: null });
    await agree();
    expect([...view().points.x]).toEqual([0.5, -0.5]);
  });

  it("what Python began anew while a command waits is shown in the end, from its first row", async () => {
    kernel.pushes(8);
    kernel.waiting = [];
    session.setLr(0.3);
    kernel.step = 0;
    kernel.run += 1;
    kernel.table[0][1] = 512;
    kernel.truncate(0);
    kernel.says();
    kernel.pushes(8);
    await agree();
    expect([0, 1, 8].map((i) => view().history.rowAt(i).params[0])).toEqual([512, 256, 2]);
  });

  it("new data, and a rate before they have come", async () => {
    session.newData();
    session.setLr(0.3);
    await agree();
    expect([...view().points.x]).toEqual([0.5, -0.5]);
    expect(view().lr).toBe(0.3);
  });

  it("a step after new data, and a bad rate: no rows are made from where the page was", async () => {
    kernel.pushes(20);
    const waiting = /** @type {any[]} */ (kernel.waiting = []);
    session.newData();
    session.step();
    session.setLr(-1);
    for (let answers = 0; answers < 2; answers++) {
      await clock.frame();
      kernel.answer(waiting.shift());
    }
    await clock.frame();
    expect(waiting.map(({ type }) => type)).toEqual(["hello"]);
    await agree();
  });

  it("rows of a run that was never announced are taken for what they are", async () => {
    kernel.pushes(8);
    kernel.step = 0;
    kernel.truncate(0);
    kernel.run += 2;
    kernel.lrs = [0.5];
    kernel.pushes(8);
    await agree();
    expect(view().history.rowAt(1).lr).toBe(0.5);
  });

  it("rows that follow others never heard of make it ask for all", async () => {
    kernel.train(20);
    kernel.pushes(5);
    await agree();
    expect(steps()).toEqual(steps().map((_, i) => i));
    expect(view().history.last).toBe(25);
  });
});

describe("resetting", () => {
  it("is back at the guess at once, paused", async () => {
    session.play();
    await clock.seconds(1);
    session.reset();
    expect([view().row.step, view().playing, view().seen]).toEqual([0, false, 0]);
    await clock.seconds(1);
    expect([view().row.step, kernel.step, view().history.length]).toEqual([0, 0, 1]);
  });
});

describe("dragging", () => {
  it("begins again from another line, at once, and tells the kernel the last one", async () => {
    session.play();
    await clock.seconds(1);
    kernel.model.sent.length = 0;
    for (let i = 1; i <= 20; i++) {
      session.setGuess([i, -i]);
      expect(view().row).toMatchObject({ step: 0, params: [i, -i] });
    }
    // The bowl of the fake: floor 0.5, cov_x 1, everything else 0.
    expect(view().row.loss).toBe(0.5 + 400 + 400);
    expect(view().row.grad).toEqual([40, -40]);
    expect([view().playing, view().seen, view().history.length]).toEqual([false, 0, 1]);
    await clock.seconds(0.2);
    expect(sent("set").length).toBeLessThanOrEqual(3);
    expect(kernel.table[0].slice(1, 3)).toEqual([20, -20]);
    session.step();
    await clock.seconds(0.2);
    expect(kernel.step).toBe(1);
  });

  it("moves, adds and removes points, and takes it back", async () => {
    const x = () => [...view().points.x];
    session.editPoints(1, 1, [[5, 6]]);
    expect(x()).toEqual([1, 5]);
    expect(view().labels.bowl).toMatchObject({ n: 2, mean_x: [3], mean_y: 4, cov_x: [[4]] });
    session.editPoints(1, 1, [[7, 6]], true);
    session.editPoints(2, 0, [[9, 9]]);
    await clock.seconds(0.2);
    session.editPoints(0, 1, []);
    await clock.seconds(0.2);
    expect(x()).toEqual([7, 9]);
    expect([...kernel.points]).toEqual([7, 9, 3, 4.5]); // y in units of 2
    for (const expected of [
      [1, 7, 9],
      [1, 7],
      [1, -1],
      [1, -1],
    ]) {
      session.undo();
      await clock.seconds(0.2);
      expect(x()).toEqual(expected);
      expect(kernel.points.length).toBe(2 * expected.length);
    }
  });

  it("takes back no edit of points that others have replaced, and each of those that are there", async () => {
    session.editPoints(0, 1, [[2, 2]]);
    await clock.seconds(0.2);
    kernel.answer({ type: "hello", id: null }); // all anew, and the same
    kernel.bowl = { ...kernel.bowl, floor: 0.25 };
    const replaced = { type: "new_data", id: null };
    kernel.answer(replaced);
    session.undo();
    await clock.seconds(0.2);
    expect(sent("edit")).toHaveLength(1);
    expect([...view().points.x]).toEqual([0.5, -0.5]);
    session.editPoints(0, 1, [[2, 2]]);
    await clock.seconds(0.2);
    kernel.answer({ type: "hello", id: null });
    session.undo();
    await clock.seconds(0.2);
    expect(sent("edit")).toHaveLength(3);
    expect([...view().points.x]).toEqual([0.5, -0.5]);
  });

  it("keeps the line where it is while points are edited", async () => {
    session.play();
    await clock.seconds(1);
    session.pause();
    await clock.seconds(0.2);
    const { params } = view().row;
    session.editPoints(0, 1, [[2, 2]]);
    expect(view().row).toMatchObject({ step: 0, params });
    await clock.seconds(0.2);
    expect(kernel.table[0].slice(1, 3)).toEqual(params);
  });
});

describe("a cell that trains", () => {
  it("is followed step by step", () => {
    kernel.pushes(30);
    expect(view().row.step).toBe(30);
    kernel.pushes(5);
    expect([view().row.step, view().seen]).toEqual([35, 35]);
  });

  it("is followed while playing, and playing goes on from there", async () => {
    session.play();
    await clock.seconds(1);
    kernel.pushes(40);
    const { step } = kernel;
    expect(view().row.step).toBe(step);
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(step + 5);
    expect(steps()).toEqual(steps().map((_, i) => i));
  });
});

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

describe("the kernel", () => {
  /** @param {number} milliseconds */
  const pass = async (milliseconds) => {
    vi.advanceTimersByTime(milliseconds);
    await settled();
  };

  it("is called busy, and not in error, while what failed is tried again", async () => {
    session.setLr(-1);
    await clock.seconds(0.1);
    kernel.waiting = [];
    session.step();
    await settled();
    await pass(2000);
    expect([view().link, view().problem]).toEqual(["busy", null]);
    kernel.free();
    await clock.seconds(0.1);
  });

  it("is called busy when it does not answer, and playing goes on when it does", async () => {
    kernel.waiting = [];
    session.play();
    await clock.seconds(1);
    await pass(2000);
    expect(view().link).toBe("busy");
    expect(view().playing).toBe(true);
    kernel.free();
    await clock.seconds(1);
    expect(view().link).toBe("live");
    expect(view().row.step).toBeGreaterThan(5);
    session.pause();
    await settled();
  });

  it("pauses at once even when busy, and is told when it listens again", async () => {
    session.play();
    await clock.seconds(1);
    kernel.waiting = [];
    session.pause();
    const { step } = view().row;
    await clock.seconds(1);
    expect(view().row.step).toBe(step);
    kernel.free();
    await settled();
    expect(kernel.step).toBe(step);
  });

  it("is asked nothing by a view that outlives the session", async () => {
    await vi.advanceTimersByTimeAsync(2000);
    session.close();
    const { length } = kernel.model.sent;
    expect(await session.pictureOf([0, 1], [0, 1])).toBe(null);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(kernel.model.sent).toHaveLength(length);
  });

  it("loses messages when the connection is cut, and is asked again", async () => {
    session.play();
    await clock.seconds(1);
    const { answer } = kernel;
    kernel.answer = () => {};
    await clock.seconds(1);
    const { step } = view().row;
    kernel.answer = answer;
    await pass(12_000);
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(step + 5);
    expect(steps()).toEqual(steps().map((_, i) => i));
    session.pause();
    await settled();
  });
});

describe("late answers", () => {
  it("to a step do not wipe out what Python has trained since", async () => {
    kernel.waiting = [];
    session.step();
    await clock.frame();
    kernel.pushes(30);
    kernel.free();
    await clock.seconds(0.2);
    expect(steps().length).toBeGreaterThanOrEqual(31);
    expect(steps()).toEqual(steps().map((_, i) => i));
  });

  it("to new data leave Step working, on the new points", async () => {
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    session.seek(0);
    await settled();
    session.newData();
    session.step();
    await clock.seconds(0.5);
    const { step } = view().row;
    session.step();
    await clock.seconds(0.5);
    expect(view().row.step).toBe(step + 1);
    expect(kernel.step).toBe(step + 1);
  });

  it("to a speed that is being dragged do not put it back, and Python's is followed again", async () => {
    kernel.waiting = [];
    for (const speed of [20, 30, 40]) session.setSpeed(speed);
    const questions = /** @type {any[]} */ (kernel.waiting);
    expect(questions).toHaveLength(3);
    kernel.waiting = null;
    for (const question of questions) {
      kernel.answer(question);
      await settled();
      expect(view().stepsPerSecond).toBe(40);
    }
    kernel.settings.steps_per_second = 5;
    kernel.says();
    expect(view().stepsPerSecond).toBe(5);
  });

  it("to speed and Play in one go leave playing on", async () => {
    kernel.waiting = [];
    session.setSpeed(20);
    session.play();
    kernel.free();
    await clock.seconds(0.5);
    expect(view().playing).toBe(true);
    expect(view().row.step).toBeGreaterThan(5);
    session.pause();
    await settled();
  });
});

describe("a race", () => {
  const rowsOf = (/** @type {number} */ i) => {
    const { history } = view().runs[i];
    return Array.from({ length: history.length }, (_, k) => history.stepAt(k));
  };
  const shown = () => view().runs.map(({ row }) => row.step);

  /** @param {number[]} lrs */
  const race = async (...lrs) => {
    session.close();
    kernel = new FakeKernel(lrs);
    await open();
  };

  beforeEach(() => race(0.1, 0.2));

  it("has all runs under one clock", async () => {
    expect(view().runs.map(({ name, row }) => [name, row.params[0]])).toEqual([
      ["0.1", 1024],
      ["0.2", 2048],
    ]);
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    expect(view().step).toBeGreaterThan(5);
    expect(shown()).toEqual([kernel.step, kernel.step]);
    session.seek(3);
    expect(shown()).toEqual([3, 3]);
    session.step();
    await clock.seconds(0.2);
    expect(shown()).toEqual([4, 4]);
    session.reset();
    expect(shown()).toEqual([0, 0]);
    session.setGuess([5, 6]);
    expect(view().runs.map(({ row }) => row.params)).toEqual([
      [5, 6],
      [5, 6],
    ]);
  });

  it("speaks of the run that is chosen", async () => {
    session.step();
    await clock.seconds(0.2);
    session.choose(1);
    expect(view()).toMatchObject({
      chosen: 1,
      lr: 0.2,
      optimizer: "gd",
      row: { params: [1024, 1] },
    });
    expect(view().run).toBe(view().runs[1]);
    expect(view().history).toBe(view().runs[1].history);
  });

  it("changes the rate and the rule of the chosen run alone, and what all share", async () => {
    session.choose(1);
    session.setLr(0.5);
    expect(view().runs.map(({ lr }) => lr)).toEqual([0.1, 0.5]);
    await settled();
    session.setOptimizer("adam");
    await settled();
    session.setRule({ momentum: 0.5, batch_size: 1 });
    expect(view().settings).toMatchObject({ momentum: 0.5, batch_size: 1 });
    await settled();
    expect(sent("set").map(({ changes }) => changes)).toEqual([
      { lr: [0.1, 0.5] },
      { optimizer: ["gd", "adam"] },
      { momentum: 0.5, batch_size: 1 },
    ]);
    expect(kernel.rules).toMatchObject({ momentum: 0.5, batch_size: 1 });
    expect(view()).toMatchObject({ optimizer: "adam", settings: { alpha: 0.99, momentum: 0.5 } });
  });

  it("changes a rate while playing, and every run goes on from the step shown", async () => {
    session.play();
    await clock.seconds(1);
    const { step } = view();
    session.setLr(0.4);
    await clock.seconds(1);
    const { history } = view();
    expect([history.rowAt(step).lr, history.rowAt(step + 1).lr]).toEqual([0.1, 0.4]);
    for (const i of [0, 1]) expect(rowsOf(i)).toEqual(rowsOf(i).map((_, k) => k));
    expect(rowsOf(0).length).toBe(rowsOf(1).length);
  });

  it("goes on without a run that has diverged, which stays at its last row", async () => {
    kernel.divergesAt = [Infinity, 5];
    session.play();
    await clock.seconds(0.3);
    expect(view().runs[1].divergedAt, "that is yet to be seen").toBe(null);
    await clock.seconds(1);
    session.pause();
    await settled();
    const { step, seen } = view();
    expect(step).toBeGreaterThan(8);
    expect(shown()).toEqual([step, 4]);
    expect(view().runs.map(({ divergedAt }) => divergedAt)).toEqual([null, 5]);
    session.seek(2);
    expect(shown()).toEqual([2, 2]);
    expect(view().runs[1].divergedAt).toBe(null);
    await settled();
    session.play();
    await clock.frame();
    expect(rowsOf(0), "all can be walked through again").toHaveLength(seen + 1);
    await clock.seconds(2);
    expect(view().step).toBeGreaterThan(seen);
    expect(view().runs[1].divergedAt).toBe(5);
  });

  it("asks for all when a run that had ended has come up to the others", async () => {
    kernel.divergesAt = [Infinity, 5];
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    const { step } = view();
    kernel.divergesAt = [Infinity, Infinity];
    const table = kernel.tables[1];
    for (let k = 5; k <= step; k++) table.push([k, 1, 1, 8, 1, 1, 0.3]);
    kernel.lrs = [0.1, 0.3];
    kernel.stretches[1].push({ ...kernel.stretches[1][0], step: 5, lr: 0.3 });
    kernel.run += 1;
    kernel.says();
    await settled();
    expect(shown()).toEqual([step, step]);
    expect(rowsOf(1)).toEqual(rowsOf(1).map((_, k) => k));
    expect(
      view()
        .runs[1].history.stretches()
        .map(({ lr }) => lr),
    ).toEqual([0.2, 0.3]);
  });

  it("begins again at the guess when points are edited", async () => {
    session.step();
    await clock.seconds(0.2);
    session.editPoints(0, 1, [[2, 2]]);
    expect(view().runs.map(({ row }) => [row.step, row.params[0]])).toEqual([
      [0, 1024],
      [0, 1024],
    ]);
    await settled();
    expect(view().runs.map(({ row }) => [row.step, row.params[0]])).toEqual([
      [0, 1024],
      [0, 1024],
    ]);
  });

  it("that Python trains is followed, with what is thinned", () => {
    kernel.pushes(30);
    kernel.divergesAt = [33, Infinity];
    kernel.pushes(5);
    expect([view().step, ...shown()]).toEqual([35, 32, 35]);
  });
});

describe("what the user's code does", () => {
  beforeEach(async () => {
    session.close();
    kernel = new FakeKernel([0.1], "Your update");
    await open();
  });

  it("is shown like any other run, and is never made up", async () => {
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    const { step } = view();
    expect(view()).toMatchObject({ canTrain: true, optimizer: "Your update", lr: null });
    expect(view().row.lr).toBeTypeOf("number");
    session.seek(2);
    await settled();
    session.step();
    await clock.frame();
    expect(view().history.last, "rows after it are made anew").toBe(3);
    expect(step).toBeGreaterThan(3);
  });

  it("prints, and what it printed comes with the rows", async () => {
    kernel.printed = "loss 8.0";
    session.step();
    await clock.seconds(0.1);
    expect(view().printed).toBe("loss 8.0");
    expect(view().labels.code).toEqual(["a -= lr * a.grad"]);
  });

  it("may fail, in a line of its own", async () => {
    const content = { type: "error", id: null, hint: "", traceback: "", line: 0 };
    kernel.model.receive({ ...content, message: "name 'lr' is not defined" });
    expect(view().problem).toMatchObject({ line: 0, message: "name 'lr' is not defined" });
  });
});

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
    kernel = new FakeKernel([0.1], "Your update");
    await open();
    expect(nextOf(view())).toBe(null);
  });
});

it("keeps the settings that are good, and leaves judging others to the kernel", async () => {
  session.setRule({ momentum: 2, betas: [0.5, 0.6] });
  expect(view().settings).toMatchObject({ momentum: 0.9, betas: [0.5, 0.6] });
  session.setOptimizer("fastest");
  expect(view().optimizer).toBe("gd");
  await settled();
  expect(sent("set").map(({ changes }) => changes)).toEqual([
    { momentum: 2, betas: [0.5, 0.6] },
    { optimizer: "fastest" },
  ]);
});

it("draws at most once a frame", async () => {
  session.play();
  await clock.seconds(1);
  const before = draws;
  session.setSpeed(600);
  session.setLr(0.2);
  kernel.says();
  expect(draws).toBe(before);
  await clock.frame();
  expect(draws - before).toBeLessThanOrEqual(2);
});
