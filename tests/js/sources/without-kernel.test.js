// What becomes of a session whose kernel is gone, busy for long, or was never there.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newBrowserSource } from "../../../js/sources/browser.js";
import { newKernelSource } from "../../../js/sources/kernel.js";
import { begin } from "../../../js/sources/start.js";
import { newSession } from "../../../js/session/session.js";
import { notice } from "../../../js/views/controls/status.js";
import { FakeClock, settled } from "../fake-clock.js";
import { FakeKernel } from "../fake-kernel.js";

/** @type {FakeClock} */
let clock;
/** @type {FakeKernel} */
let kernel;
/** @type {import("../../../js/session/session.js").Session} */
let session;

const view = () => {
  if (!session.view) throw new Error("nothing shown");
  return session.view;
};
const steps = () =>
  Array.from({ length: view().history.length }, (_, i) => view().history.stepAt(i));
const isWhole = () => expect(steps()).toEqual(steps().map((_, i) => i));
const die = () => kernel.model.hostModel.die();
const revive = async () => {
  kernel.model.hostModel.comm_live = true;
  for (const changed of kernel.model.hostModel.listeners) changed();
  await settled();
};

/** @param {number} milliseconds */
async function pass(milliseconds) {
  for (let past = 0; past < milliseconds; past += 500) {
    vi.advanceTimersByTime(500);
    await settled();
  }
}

async function open() {
  session = newSession(newKernelSource(kernel.model), clock);
  session.subscribe(() => {});
  await settled();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  clock = new FakeClock();
  kernel = new FakeKernel();
});

afterEach(() => {
  session.close();
  expect(kernel.model.listening, "listeners left on the model").toBe(0);
  expect(kernel.model.hostModel.listeners.size, "listeners left on the host's model").toBe(0);
  expect(clock.pending, "frames left waiting").toBe(0);
  expect(vi.getTimerCount(), "timers left running").toBe(0);
  vi.useRealTimers();
});

describe("a page without a kernel", () => {
  /** @type {[string, (kernel: FakeKernel) => void][]} */
  const hosts = [
    [
      "whose host says so",
      (dead) => {
        dead.model.hostModel.comm_live = false;
        dead.waiting = [];
      },
    ],
    [
      "whose host knows nothing, where nobody answers",
      (dead) => {
        dead.model.hostModel.comm_live = /** @type {any} */ (undefined);
        dead.waiting = [];
      },
    ],
    [
      "that cannot send",
      ({ model }) => {
        model.send = () => {
          throw new Error("not here");
        };
      },
    ],
    [
      "whose sending is refused later",
      ({ model }) => {
        model.send = /** @type {any} */ (() => Promise.reject(new Error("not here")));
      },
    ],
    [
      "that has no manager",
      ({ model }) =>
        Object.defineProperty(model, "widget_manager", {
          get: () => {
            throw new Error("not here");
          },
        }),
    ],
    ["that marimo has exported", () => vi.stubGlobal("__MARIMO_STATIC__", true)],
  ];

  it.each(hosts)("computes: %s", async (_, prepare) => {
    prepare(kernel);
    await open();
    vi.unstubAllGlobals();
    await pass(2500);
    expect([view().link, view().isHere]).toEqual(["static", true]);
    expect(notice(view()).text).toBe("");
    session.play();
    await clock.seconds(2);
    session.pause();
    await settled();
    expect(view().row.step).toBeGreaterThan(15);
    isWhole();
  });

  it("begins with the rows that were saved", async () => {
    kernel.train(3);
    const numbers = kernel.table.flatMap(([step, slope, intercept, , , , lr]) => [
      ...[step, slope, intercept, lr],
    ]);
    const saved = [{ rows: 4, width: 4, stretches: kernel.stretches[0] }];
    kernel.model.traits._rows = new DataView(new Float64Array(numbers).buffer);
    kernel.model.traits._snapshot = { ...kernel.snapshot(), saved };
    kernel.model.hostModel.comm_live = false;
    await open();
    expect(view().row.step).toBe(3);
    expect(steps()).toEqual([0, 1, 2, 3]);
    session.seek(1);
    expect(view().row.params[0]).toBe(512);
  });

  it("is live when a kernel answers, however late", async () => {
    kernel.model.hostModel.comm_live = /** @type {any} */ (undefined);
    kernel.train(4);
    kernel.waiting = [];
    await open();
    await pass(2500);
    expect(view().isHere).toBe(true);
    kernel.free();
    await settled();
    expect([view().link, view().isHere, view().row.step]).toEqual(["live", false, 4]);
    session.step();
    await clock.seconds(0.2);
    expect(kernel.step).toBe(5);
  });

  it("leaves what another page plays alone, when a kernel answers late", async () => {
    kernel.model.hostModel.comm_live = /** @type {any} */ (undefined);
    kernel.settings.playing = true;
    kernel.waiting = [];
    await open();
    view().playing = false;
    await pass(2500);
    kernel.free();
    await settled();
    expect([view().isHere, kernel.settings.playing]).toEqual([false, true]);
    session.pause();
    await settled();
  });

  it("has nothing to show, and says so, where nothing was saved either", async () => {
    kernel.model.traits._snapshot = {};
    kernel.model.hostModel.comm_live = false;
    kernel.waiting = [];
    await open();
    expect([session.view, session.isEmpty]).toEqual([null, true]);
  });

  it("says what is wrong with what was saved", async () => {
    kernel.model.traits._snapshot = { ...kernel.snapshot(), bowl: null };
    kernel.model.hostModel.comm_live = false;
    kernel.waiting = [];
    await open();
    expect([session.view, session.isEmpty]).toEqual([null, true]);
    expect(session.reason).toMatch(/^What was saved here is damaged: /);
  });

  it("leaves it to the person to go back to a kernel, once they have begun here", async () => {
    kernel.model.hostModel.comm_live = /** @type {any} */ (undefined);
    kernel.waiting = [];
    await open();
    await pass(2500);
    session.step();
    await clock.seconds(0.2);
    kernel.free();
    await settled();
    expect([view().isHere, view().row.step]).toEqual([true, 1]);
    expect(notice(view())).toMatchObject({ offer: "goBack" });
    session.goBack();
    await settled();
    expect([view().isHere, view().row.step, notice(view()).text]).toEqual([false, 0, ""]);
  });
});

describe("a kernel that is gone", () => {
  beforeEach(open);

  it("mid-play: this page plays on, and no step is lost or made twice", async () => {
    session.play();
    await clock.seconds(1);
    const { step } = view().row;
    die();
    const { length } = kernel.model.sent;
    expect([view().link, view().playing, view().isHere]).toEqual(["gone", true, true]);
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(step + 8);
    expect(view().row.step).toBeLessThan(step + 12);
    isWhole();
    expect(kernel.model.sent.length, "nothing is asked of it").toBe(length);
    expect(notice(view()).text).toContain("The kernel is gone. This page goes on");
  });

  it.each([
    ["shut down", null],
    ["cut off with its server", { connectionStatus: "connecting" }],
    ["given up", { connectionStatus: "disconnected" }],
  ])("%s: the host's manager knows, and the page goes on within two seconds", async (_, gone) => {
    const manager = { kernel: /** @type {any} */ ({ connectionStatus: "connected" }) };
    Object.assign(kernel.model.hostModel, { widget_manager: manager });
    session.play();
    await clock.seconds(1);
    kernel.waiting = [];
    manager.kernel = gone;
    await clock.seconds(0.5);
    await pass(1500);
    expect([view().link, view().isHere]).toEqual(["gone", true]);
    const { step } = view().row;
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(step + 5);
    isWhole();
  });

  it("after it was interrupted: that is found, though nothing is asked of it any more", async () => {
    const manager = { kernel: /** @type {any} */ ({ connectionStatus: "connected" }) };
    Object.assign(kernel.model.hostModel, { widget_manager: manager });
    const content = { hint: "", traceback: "", line: null };
    kernel.model.receive({ type: "error", id: null, message: "Interrupted.", ...content });
    await pass(2000);
    expect(view().link).toBe("live");
    manager.kernel = null;
    await pass(500);
    expect([view().link, view().isHere]).toEqual(["gone", true]);
  });

  describe("cut off", () => {
    const connection = { id: "one", connectionStatus: "connected" };
    const manager = { kernel: /** @type {any} */ (connection) };

    beforeEach(async () => {
      connection.connectionStatus = "connected";
      manager.kernel = connection;
      Object.assign(kernel.model.hostModel, { widget_manager: manager });
      session.play();
      await clock.seconds(1);
      kernel.waiting = [];
      connection.connectionStatus = "connecting";
      await clock.seconds(0.5);
      await pass(10_000);
      expect([view().link, view().isHere]).toEqual(["gone", true]);
      await clock.seconds(1);
    });

    it("and connected again: that it answers is said, and one can go back to it", async () => {
      kernel.waiting = null;
      connection.connectionStatus = "connected";
      await pass(500);
      await clock.seconds(0.5);
      expect([view().link, view().isHere]).toEqual(["live", true]);
      expect(notice(view()).text).toBe("The kernel answers again.");
      isWhole();
      session.goBack();
      await clock.seconds(1);
      expect([view().isHere, view().playing, notice(view()).text]).toEqual([false, true, ""]);
      isWhole();
    });

    it("and connected again to one that has forgotten it: gone it is", async () => {
      connection.connectionStatus = "connected";
      await pass(500);
      expect([view().link, notice(view()).kind]).toEqual(["connecting", "gone"]);
      await pass(2000);
      expect([view().link, view().isHere]).toEqual(["gone", true]);
      expect(notice(view()).text).toContain("The kernel is gone.");
    });

    it("for good, where another takes its place", async () => {
      manager.kernel = { id: "two", connectionStatus: "connected" };
      const { length } = kernel.model.sent;
      await pass(2000);
      expect([view().link, kernel.model.sent.length]).toEqual(["gone", length]);
    });
  });

  it("pauses after n_epochs, all the same", async () => {
    kernel.nEpochs = 30;
    session.play();
    await clock.seconds(1);
    die();
    session.setSpeed(600);
    await clock.seconds(1);
    expect([view().playing, view().row.step]).toEqual([false, 30]);
  });

  it("before it answered: what it was asked for is done here", async () => {
    kernel.waiting = [];
    session.step();
    session.setSpeed(60);
    session.newData();
    die();
    await clock.seconds(0.2);
    expect(view().labels.makes?.seed).toBe(2);
    expect(view().row.step).toBe(0);
    expect(view().stepsPerSecond).toBe(60);
  });

  it("before it made new data, and a step after these: both are done here", async () => {
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    session.seek(0);
    await settled();
    kernel.waiting = [];
    session.newData();
    die();
    session.step();
    await clock.seconds(0.5);
    session.step();
    await clock.seconds(0.5);
    expect(view().row.step).toBeGreaterThan(0);
    expect(view().labels.makes?.seed).toBe(2);
    isWhole();
  });

  it("before it heard of a rate: going back to it is for the person to say", async () => {
    kernel.waiting = [];
    session.setLr(0.5);
    die();
    await settled();
    kernel.waiting = null;
    await revive();
    expect([view().isHere, view().lr, notice(view()).offer]).toEqual([true, 0.5, "goBack"]);
  });

  it("while it had diverged: that is still said", async () => {
    kernel.divergesAt = [1];
    kernel.says();
    await settled();
    die();
    await settled();
    expect(view().advice).toMatch(/^Diverged at step 1/);
  });

  it("in the middle of a step: the step is made", async () => {
    kernel.waiting = [];
    session.step();
    await clock.frame();
    die();
    await clock.seconds(0.2);
    expect(view().row.step).toBe(1);
  });

  it("before it heard of an edit: the edit is made once", async () => {
    kernel.waiting = [];
    session.editPoints(2, 0, [[3, 4]]);
    expect(view().points.x.length).toBe(3);
    die();
    await clock.seconds(0.2);
    expect([...view().points.x]).toEqual([1, -1, 3]);
    expect(view().labels.bowl.n).toBe(3);
    session.undo();
    await settled();
    expect([...view().points.x]).toEqual([1, -1]);
  });

  it("back again: the person goes back to it, where it was", async () => {
    session.step();
    await clock.seconds(0.2);
    die();
    session.step();
    await clock.seconds(0.2);
    expect(view().row.step).toBe(2);
    await revive();
    expect(notice(view())).toMatchObject({ text: "The kernel answers again.", offer: "goBack" });
    session.goBack();
    await settled();
    expect([view().row.step, view().link, view().isHere]).toEqual([1, "live", false]);
    session.step();
    await clock.seconds(0.2);
    expect(kernel.step).toBe(2);
  });
});

describe("a kernel that is busy", () => {
  beforeEach(open);

  it("is waited for; after ten seconds the page offers to go on", async () => {
    kernel.waiting = [];
    session.play();
    await clock.seconds(0.2);
    await pass(2000);
    expect(view().link).toBe("busy");
    expect(notice(view()).offer).toBeUndefined();
    await pass(9000);
    expect(view().link).toBe("stuck");
    expect(notice(view())).toMatchObject({ kind: "busy", offer: "goOnHere" });
  });

  it("offers the same beside an error", async () => {
    kernel.waiting = [];
    session.step();
    const content = { type: "error", id: null, hint: "", traceback: "", line: null };
    await pass(11_000);
    kernel.model.receive({ ...content, message: "oh" });
    await pass(12_000);
    expect(notice(view())).toMatchObject({ kind: "error", text: "oh", offer: "goOnHere" });
  });

  it("is gone back to, even if all that it was asked before was lost", async () => {
    const { answer } = kernel;
    kernel.answer = () => {};
    session.play();
    await clock.seconds(0.2);
    await pass(11_000);
    session.goOnHere();
    session.pause();
    await settled();
    kernel.answer = answer;
    await pass(15_000);
    expect(notice(view()).offer).toBe("goBack");
  });

  it("is left at once when asked to, and its late answers disturb nothing", async () => {
    kernel.waiting = [];
    session.play();
    await clock.seconds(0.2);
    await pass(11_000);
    session.goOnHere();
    await clock.seconds(1);
    const { step } = view().row;
    expect(step).toBeGreaterThan(8);
    expect(notice(view()).text).toContain("The kernel is busy. This page goes on");
    kernel.free();
    await clock.seconds(1);
    expect(view().row.step).toBeGreaterThan(step + 8);
    isWhole();
    session.pause();
    await settled();
    expect(notice(view())).toMatchObject({ offer: "goBack" });
    session.goBack();
    await clock.seconds(1);
    expect([view().isHere, view().playing, kernel.settings.playing]).toEqual([false, false, false]);
    expect(view().row.step, "where the kernel is").toBe(kernel.step);
    isWhole();
  });
});

describe("a race whose kernel is gone", () => {
  beforeEach(async () => {
    kernel = new FakeKernel([0.1, 0.2]);
    kernel.divergesAt = [Infinity, 5];
    await open();
  });
  const shown = () => view().runs.map(({ row }) => row.step);

  it("goes on in this page, without the run that has ended", async () => {
    session.play();
    await clock.seconds(1);
    const { step } = view();
    die();
    await clock.seconds(1);
    session.pause();
    await settled();
    expect(view().step).toBeGreaterThan(step + 8);
    expect(shown()).toEqual([view().step, 4]);
    expect(view().runs.map(({ divergedAt }) => divergedAt)).toEqual([null, 5]);
    expect(view().runs.map(({ name }) => name)).toEqual(["0.1", "0.2"]);
    isWhole();
  });

  it("takes it up again with another rule, and brings it up to the others", async () => {
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    const { step } = view();
    die();
    session.choose(1);
    session.setOptimizer("bfgs");
    await settled();
    expect(shown()).toEqual([step, step]);
    isWhole();
    expect(view().runs.map(({ name }) => name)).toEqual(["Gradient descent", "BFGS"]);
    session.step();
    await clock.seconds(0.2);
    expect(shown()).toEqual([step + 1, step + 1]);
  });
});

describe("a kernel that is gone, and what it was training with", () => {
  it("goes on with batches and memory: nothing is lost between the rows", async () => {
    await open();
    die();
    session.setOptimizer("adam");
    session.setRule({ batch_size: 1 });
    session.setSpeed(60);
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    const { step, row } = view();
    expect(step).toBeGreaterThan(20);
    expect([row.memory[4], row.epoch]).toEqual([step, step / 2]);
    isWhole();
  });

  it("was code in Python, mid-play: the page pauses, and says why", async () => {
    kernel = new FakeKernel([0.1], "Your update");
    await open();
    session.play();
    await clock.seconds(1);
    die(); // if the page went on asking itself for rows, this test would never end
    await clock.seconds(0.5);
    const { step, playing, problem } = view();
    expect([playing, problem?.message]).toEqual([false, expect.stringContaining("its kernel is")]);
    session.seek(step - 1);
    await settled();
    expect(view().step).toBe(step - 1);
    isWhole();
  });

  it("was code in Python: the page shows what it has, and says why there is no more", async () => {
    kernel = new FakeKernel([0.1], "Your update");
    await open();
    session.play();
    await clock.seconds(1);
    session.pause();
    await settled();
    const { step } = view();
    die();
    await settled();
    expect([view().canTrain, view().step]).toEqual([false, step]);
    session.seek(2);
    await settled();
    expect([view().step, view().problem]).toEqual([2, null]);
    for (const does of /** @type {const} */ (["play", "step", "reset", "newData"])) {
      session[does]();
      await clock.seconds(0.2);
      expect(view().problem?.message, does).toBe(
        "Made by code in Python: its kernel is needed for further steps.",
      );
      expect([view().playing, view().step, view().seen], does).toEqual([false, 2, step]);
      isWhole();
      expect(steps()).toHaveLength(step + 1);
    }
    session.editPoints(0, 1, []);
    await settled();
    session.undo();
    await settled();
    expect([...view().points.x], "there is nothing to take back").toEqual([1, -1]);
    session.setGuess([1, 2]);
    await settled();
    expect([view().step, view().seen, view().guess]).toEqual([2, step, [1024, 1]]);
  });
});

it("an element's session has no kernel, and misses none", async () => {
  session = newSession(newBrowserSource(begin({ lr: 0.5 })), clock);
  session.subscribe(() => {});
  expect([view().link, view().isHere, view().lr]).toEqual(["static", true, 0.5]);
  session.setLr(-1);
  await settled();
  expect(view().problem?.message).toBe("lr must be a positive number; got -1");
  session.goBack();
  expect(view().isHere).toBe(true);
});

describe("what was answered without a kernel", () => {
  const BET = { kind: "loss_after", steps: 20, hides: ["future"], stops: true, at: 0 };
  const none = { answer: null, truth: null, score: null };
  const answersSent = () => kernel.model.sent.filter(({ type }) => type === "answer");

  beforeEach(async () => {
    const plain = kernel.state.bind(kernel);
    const bets = [BET, { ...BET, steps: 5 }].map((bet) => ({ ...bet, ...none }));
    kernel.state = () => ({ ...plain(), bets, asked: 0 });
    await open();
    die();
    await settled();
    session.answer(2);
    await settled();
    expect(view().bets[0].score).not.toBeNull();
  });

  it("is said to the kernel when one goes back to it, with the step where it was asked", async () => {
    session.ask(1);
    await settled();
    session.answer(null);
    await settled();
    expect(answersSent()).toEqual([]);
    await revive();
    session.goBack();
    await settled();
    expect(answersSent()).toMatchObject([
      { bet: 0, answer: 2, at: 0 },
      { bet: 1, answer: null, at: 0 },
    ]);
    session.goBack();
    await settled();
    expect(answersSent()).toHaveLength(2);
  });

  it("is not said where it was undone", async () => {
    session.reset();
    await settled();
    await revive();
    session.goBack();
    await settled();
    expect(answersSent()).toEqual([]);
  });
});
