// Contracts with a host that cannot be run here: Colab. Its models are FAKES, made after what its
// sources and anywidget's do; whether it still does so, no test here can say.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newKernelSource } from "../../../js/sources/kernel.js";
import { newSession } from "../../../js/session/session.js";
import { FakeClock, settled } from "../fake-clock.js";
import { FakeKernel } from "../fake-kernel.js";
import { FakeModel } from "../fake-model.js";

/** @type {FakeClock} */
let clock;
/** @type {FakeKernel} */
let kernel;
/** @type {import("../../../js/session/session.js").Session[]} */
let sessions = [];

/** @param {FakeModel} model */
async function open(model) {
  const session = newSession(newKernelSource(model), clock);
  session.subscribe(() => {});
  sessions.push(session);
  await settled();
  return session;
}

/** @param {import("../../../js/session/session.js").Session} session */
const shown = ({ view }) => {
  if (!view) throw new Error("nothing shown");
  return view;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  clock = new FakeClock();
  kernel = new FakeKernel();
  sessions = [];
});

afterEach(() => {
  for (const session of sessions) session.close();
  expect(vi.getTimerCount(), "timers left running").toBe(0);
  vi.useRealTimers();
});

/** A model as Colab's manager and anywidget 0.9 have it in one output, which is a page of its own. */
class ColabModel extends FakeModel {
  /** @param {any} message @param {ArrayBufferView[]} [buffers] */
  receive(message, buffers) {
    const bytes = buffers?.map((view) => new Uint8Array(view.buffer.slice(0)));
    for (const listener of this.listeners.get("msg:custom") ?? []) {
      // Where a message has no buffers, there is no list of them either.
      listener({ json: JSON.stringify(message) }, bytes);
    }
  }
}

/** Outputs that show one widget: each hears whatever the kernel says. @param {number} n */
function colab(n) {
  const bytes = (/** @type {DataView} */ view) =>
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const { traits } = kernel.model;
  const state = { ...traits, _points: bytes(traits._points), _rows: bytes(traits._rows) };
  const models = Array.from({ length: n }, () => new ColabModel(state));
  for (const model of models) model.onSend = kernel.model.onSend;
  kernel.model.receive = (...said) => {
    for (const model of models) model.receive(...said);
  };
  return models;
}

describe("Colab (a fake)", () => {
  it("hands buffers over as Uint8Array", async () => {
    const session = await open(colab(1)[0]);
    expect([...shown(session).points.x]).toEqual([1, -1]);
    session.play();
    await clock.seconds(2);
    session.pause();
    await settled();
    const { row, link, history } = shown(session);
    expect(link).toBe("live");
    expect(row.step).toBeGreaterThan(15);
    expect(row.params[0]).toBe(1024 / 2 ** row.step);
    expect(history.last).toBeGreaterThanOrEqual(row.step);
    expect(kernel.step).toBe(row.step);
  });

  it("shows what the page opens with before the kernel has answered", async () => {
    kernel.waiting = [];
    expect(shown(await open(colab(1)[0])).row.params[0]).toBe(1024);
  });

  it("has a page for each output, and they follow one another", async () => {
    const [one, other] = await Promise.all(colab(2).map(open));
    one.step();
    await clock.frame();
    expect([one, other].map((session) => shown(session).row.step)).toEqual([1, 1]);
    other.step();
    await clock.frame();
    expect([one, other].map((session) => shown(session).row.step)).toEqual([2, 2]);
    one.back();
    await clock.frame();
    expect([one, other].map((session) => shown(session).row.step)).toEqual([1, 1]);
    expect(kernel.step).toBe(1);
  });

  it("may give no access to its own model: the answer tells that a kernel is there", async () => {
    const [model] = colab(1);
    Object.defineProperty(model, "widget_manager", {
      value: { get_model: () => Promise.reject(new Error("not found")) },
    });
    const session = await open(model);
    vi.advanceTimersByTime(5000);
    await settled();
    expect([shown(session).link, shown(session).isHere]).toEqual(["live", false]);
  });

  it("may not say that its runtime is gone: then the page offers to go on", async () => {
    const [model] = colab(1);
    model.hostModel = /** @type {any} */ ({ comm_live: true, on() {}, off() {} });
    const session = await open(model);
    session.step();
    await clock.frame();
    expect(shown(session).row.step).toBe(1);
    kernel.waiting = []; // the runtime is gone, and nothing says so
    session.step();
    for (let past = 0; past < 12_000; past += 500) {
      vi.advanceTimersByTime(500);
      await settled();
    }
    expect(shown(session).link).toBe("stuck");
    session.goOnHere();
    session.step();
    await clock.seconds(1);
    // The press that was not answered counts too.
    expect([shown(session).isHere, shown(session).row.step]).toEqual([true, 3]);
  });
});
