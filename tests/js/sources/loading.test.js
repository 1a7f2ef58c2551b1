// PyTorch's import: asked for once there is something to see, and waited for without alarm.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
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

const view = () => /** @type {import("../../../js/types.js").View} */ (session.view);
const asked = () => kernel.model.sent.filter(({ type }) => type === "load").length;

/** @param {number} milliseconds */
async function wait(milliseconds) {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await settled();
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  clock = new FakeClock();
  kernel = new FakeKernel();
  kernel.torch = "needed";
  session = newSession(newKernelSource(kernel.model), clock);
  session.subscribe(() => {});
  await settled();
});

afterEach(() => {
  session.close();
  vi.useRealTimers();
});

it("is asked for once the picture is there, and once", async () => {
  expect(asked()).toBe(0);
  session.painted();
  session.painted();
  await settled();
  expect([asked(), view().link]).toEqual([1, "loading"]);
  kernel.isLoaded();
  await settled();
  expect([asked(), view().link]).toEqual([1, "live"]);
});

it("is asked for when the kernel says so after the picture was there", async () => {
  const late = new FakeKernel();
  late.torch = "needed";
  late.waiting = [];
  session = newSession(newKernelSource(late.model), clock);
  session.painted();
  await settled();
  expect(late.model.sent.map(({ type }) => type)).toEqual(["hello"]);
  late.free();
  await settled();
  expect(late.model.sent.map(({ type }) => type)).toEqual(["hello", "load"]);
});

it("is not asked for where the kernel has no need of it", async () => {
  kernel = new FakeKernel();
  session = newSession(newKernelSource(kernel.model), clock);
  session.painted();
  await settled();
  expect(asked()).toBe(0);
});

it("lets who presses Play at once wait, and plays on by itself", async () => {
  session.painted();
  await settled();
  session.play();
  await settled();
  await wait(5000);
  await clock.seconds(1);
  expect([view().link, view().playing, view().step]).toEqual(["loading", true, 0]);
  kernel.isLoaded();
  await settled();
  await clock.seconds(1);
  expect([view().link, view().playing]).toEqual(["live", true]);
  expect(view().step).toBeGreaterThan(5);
});

it("takes a kernel for stuck that has not done it in a minute", async () => {
  session.painted();
  await settled();
  await wait(59_000);
  expect(view().link).toBe("loading");
  await wait(2000);
  expect(view().link).toBe("stuck");
});

it("is told of where it fails, and tried again by Play alone", async () => {
  session.painted();
  await settled();
  kernel.fails("No libtorch.");
  await settled();
  expect(view().problem?.message).toBe("No libtorch.");
  await wait(5000);
  expect([asked(), view().link]).toEqual([1, "live"]);
  session.play();
  await settled();
  expect(view().link).toBe("loading");
  kernel.fails("Still none.");
  await settled();
  expect([view().problem?.message, view().playing]).toEqual(["Still none.", false]);
});
