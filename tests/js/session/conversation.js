// A session and its source, in conversation with a kernel that is not there: anew for each test of
// the file that imports this.

import { afterEach, beforeEach, expect, vi } from "vitest";
import { newSession } from "../../../js/session/session.js";
import { newKernelSource } from "../../../js/sources/kernel.js";
import { FakeClock, settled } from "../fake-clock.js";
import { FakeKernel } from "../fake-kernel.js";

/** @type {FakeClock} */
export let clock;
/** @type {FakeKernel} */
export let kernel;
/** @type {import("../../../js/session/session.js").Session} */
export let session;
export let draws = 0;
export let leave = () => {};

export const view = () => {
  if (!session.view) throw new Error("nothing shown");
  return session.view;
};
/** @param {string} type */
export const sent = (type) => kernel.model.sent.filter((message) => message.type === type);
export const steps = () =>
  Array.from({ length: view().history.length }, (_, i) => view().history.stepAt(i));

/** Another session, with this kernel or another one. */
export async function open(other = kernel) {
  kernel = other;
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
