// A widget that has just been shown: its model has all that the kernel then tells.

import { afterEach, beforeEach, expect, it } from "vitest";
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
let drawings = 0;

/** What happens between the model's arrival and the kernel's answer is given. */
async function show(meanwhile = () => {}) {
  session = newSession(newKernelSource(kernel.model), clock);
  session.subscribe(() => (drawings += 1));
  meanwhile();
  await settled();
  await clock.seconds(0.1);
}

beforeEach(() => {
  clock = new FakeClock();
  kernel = new FakeKernel();
  drawings = 0;
});

afterEach(() => session.close());

it("is not drawn a second time", async () => {
  await show();
  expect([session.view?.link, drawings]).toEqual(["live", 0]);
});

it("is drawn anew where the kernel has gone on", async () => {
  await show(() => kernel.train(3));
  expect([session.view?.step, drawings]).toEqual([3, 1]);
});

it("is drawn anew where a setting has changed", async () => {
  await show(() => (kernel.settings.guess = [7, 8]));
  expect([session.view?.guess, drawings]).toEqual([[7, 8], 1]);
});

it("is opened with all rows where there are more than the guess", async () => {
  kernel.train(3);
  kernel.model.traits._snapshot = {
    ...kernel.snapshot(),
    saved: kernel.model.traits._snapshot.saved,
  };
  await show();
  expect([session.view?.run.history.last, drawings]).toEqual([3, 1]);
});

it("is drawn when the kernel is found again", async () => {
  await show();
  kernel.settings.guess = [7, 8];
  session.goBack(); // asks for everything
  await settled();
  await clock.seconds(0.1);
  expect(session.view?.guess).toEqual([7, 8]);
});
