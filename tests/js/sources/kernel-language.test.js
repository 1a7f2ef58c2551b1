// The language that a kernel speaks: asked for in the host's, heard, and kept for when it is gone.

import { afterEach, expect, it, vi } from "vitest";
import { newKernelSource } from "../../../js/sources/kernel.js";
import { newSession } from "../../../js/session/session.js";
import { FakeClock, settled } from "../fake-clock.js";
import { FakeKernel } from "../fake-kernel.js";

const GERMAN = { lang: "de", sentences: { Play: "Abspielen" } };

afterEach(() => {
  document.documentElement.lang = "";
  vi.restoreAllMocks();
});

/** @param {FakeKernel} kernel */
async function opened(kernel) {
  const session = newSession(newKernelSource(kernel.model), new FakeClock());
  session.subscribe(() => {});
  await settled();
  return session;
}

it.each([
  ["de", "es", "de"],
  ["en", "es", "es"],
  ["", "fr-CA", "fr-CA"],
])("of a host in %s, where the reader's is %s, it is %s", async (host, reader, asked) => {
  document.documentElement.lang = host;
  vi.spyOn(navigator, "language", "get").mockReturnValue(reader);
  const kernel = new FakeKernel();
  const session = await opened(kernel);
  expect(kernel.model.sent[0]).toMatchObject({ type: "hello", lang: asked });
  session.close();
});

it("is spoken once the kernel has said it, and by the page when that is gone", async () => {
  const kernel = new FakeKernel();
  const plain = kernel.snapshot.bind(kernel);
  vi.spyOn(kernel, "snapshot").mockImplementation(() => ({ ...plain(), words: GERMAN }));
  const session = await opened(kernel);
  expect(session.language).toMatchObject(GERMAN);
  kernel.model.hostModel.die();
  await settled();
  expect(session.view?.isHere).toBe(true);
  expect(session.language).toMatchObject(GERMAN);
  session.close();
});

it("stands in a notebook beside what is kept there", async () => {
  const kernel = new FakeKernel();
  kernel.model.traits._words = JSON.stringify(GERMAN);
  kernel.waiting = []; // nothing is answered
  const session = await opened(kernel);
  expect(session.language).toMatchObject(GERMAN);
  session.close();
});
