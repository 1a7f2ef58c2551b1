// A host's model as others on a page set it, and as hosts that run cells again are told of changes.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newKernelSource } from "../../../js/sources/kernel.js";
import { newSession } from "../../../js/session/session.js";
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

/** As ipywidgets' jslink does. @param {string} name @param {any} value */
async function link(name, value) {
  const { model } = kernel;
  model.traits[name] = value;
  for (const listener of model.listeners.get(`change:${name}`) ?? []) listener();
  await settled();
}

/** @param {number[]} [lrs] */
async function open(lrs) {
  kernel = new FakeKernel(lrs);
  Object.assign(kernel.model.traits, { lr: 0.1, playing: false, steps_per_second: 10 });
  session = newSession(newKernelSource(kernel.model), clock);
  session.subscribe(() => {});
  await settled();
}

beforeEach(() => {
  vi.useFakeTimers();
  clock = new FakeClock();
});

afterEach(() => {
  session.close();
  expect(kernel.model.listening, "listeners left on the model").toBe(0);
  expect(vi.getTimerCount(), "timers left running").toBe(0);
  vi.useRealTimers();
});

describe("a trait that others set", () => {
  it("is followed where no kernel does", async () => {
    await open();
    kernel.model.hostModel.die();
    await settled();
    await link("lr", 0.25);
    expect(view().runs[0].lr).toBe(0.25);
    session.step();
    await clock.seconds(0.2);
    expect(view().runs[0].row.lr).toBe(0.25);
    await link("steps_per_second", 30);
    expect(view().stepsPerSecond).toBe(30);
    await link("playing", true);
    expect(view().playing).toBe(true);
    await link("playing", false);
    expect(view().playing).toBe(false);
  });

  it("of several runs is a list, or one for all", async () => {
    await open([0.1, 0.2]);
    kernel.model.hostModel.die();
    await settled();
    await link("lr", [0.3, 0.4]);
    expect(view().runs.map(({ lr }) => lr)).toEqual([0.3, 0.4]);
  });

  it("that is wrong is said to be, and changes nothing", async () => {
    await open();
    kernel.model.hostModel.die();
    await settled();
    await link("lr", -1);
    expect(view().problem?.message).toBe("lr must be a positive number; got -1");
    expect(view().runs[0].lr).toBe(0.1);
  });

  it("begins nothing anew where it says what is so", async () => {
    await open();
    kernel.model.hostModel.die();
    await settled();
    session.play();
    await settled();
    await link("lr", 0.1);
    await link("playing", true);
    expect(view().playing).toBe(true);
  });

  it("is for the kernel, where there is one", async () => {
    await open();
    const { length } = kernel.model.sent;
    await link("lr", 0.25);
    expect(kernel.model.sent.length).toBe(length);
  });
});

describe("a host that runs cells again", () => {
  /** @type {number[]} */
  let news;

  async function openReactive() {
    await open();
    const { model } = kernel;
    news = [];
    model.traits._news = 0;
    /** @type {any} */ (model).set = (/** @type {string} */ name, /** @type {any} */ value) => {
      model.traits[name] = value;
    };
    model.save_changes = () => void news.push(model.traits._news);
  }

  it("is told of what a person did, after it is done", async () => {
    await openReactive();
    session.setLr(0.5);
    expect(news).toEqual([]);
    await settled();
    vi.advanceTimersByTime(250);
    expect(news).toEqual([1]);
    vi.advanceTimersByTime(5000);
    expect(news).toEqual([1]);
  });

  it("is told at most a few times a second, and of the last", async () => {
    await openReactive();
    for (let i = 0; i < 20; i++) {
      session.setLr(0.1 + i / 100);
      await settled();
      vi.advanceTimersByTime(50);
    }
    vi.advanceTimersByTime(250);
    expect(news.length).toBeGreaterThan(1);
    expect(news.length).toBeLessThan(7);
  });

  it("is not told of what Python does: a cell that trains would run for ever", async () => {
    await openReactive();
    kernel.pushes(3);
    await settled();
    vi.advanceTimersByTime(1000);
    expect(news).toEqual([]);
  });

  it("is one whose Python asks for it; others are never told", async () => {
    await open();
    session.setLr(0.5);
    await settled();
    vi.advanceTimersByTime(1000);
    expect(kernel.model.traits._news).toBe(undefined);
  });
});
