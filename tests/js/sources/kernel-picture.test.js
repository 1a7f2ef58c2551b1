// The picture of very many points that a kernel makes: how it travels.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newSession } from "../../../js/session/session.js";
import { newKernelSource } from "../../../js/sources/kernel.js";
import { FakeClock, settled } from "../fake-clock.js";
import { FakeKernel } from "../fake-kernel.js";

/** @typedef {[number, number]} Pair */

/** @type {[Pair, Pair]} */
const EXTENT = [
  [-1, 1],
  [-2, 6],
];

/** Two columns and one row: none on the left, three on the right. */
const PICTURE = {
  ...{ x: EXTENT[0], y: EXTENT[1], columns: 2, rows: 1, most: 3, extent: EXTENT },
  shades: new Uint8Array([0, 255]),
};

describe("a kernel's picture", () => {
  /** @type {FakeKernel} */
  let kernel;
  /** @type {import("../../../js/session/session.js").Session} */
  let session;
  const { shades, ...about } = PICTURE;

  beforeEach(async () => {
    kernel = new FakeKernel();
    kernel.picture = [about, shades];
    session = newSession(newKernelSource(kernel.model), new FakeClock());
    await settled();
  });

  afterEach(() => session.close());

  it("comes with everything else, and is no run's rows", () => {
    expect(session.view?.picture).toEqual(PICTURE);
    expect(session.view?.history.length).toBe(1);
  });

  it("is there before the kernel has said a word", () => {
    const silent = new FakeKernel();
    silent.waiting = [];
    Object.assign(silent.model.traits, { _picture: shades });
    silent.model.traits._snapshot.picture = about;
    const early = newSession(newKernelSource(silent.model), new FakeClock());
    expect(early.view?.picture).toEqual(PICTURE);
    early.close();
  });

  it("is finer where it is asked for", async () => {
    const answer = await session.pictureOf([0, 1], [2, 3]);
    expect(kernel.model.sent.at(-1)).toMatchObject({ type: "picture", x: [0, 1], y: [2, 3] });
    const finer = { x: [0, 1], y: [2, 3], columns: 2, rows: 1, most: 3 };
    expect(answer).toEqual({ ...finer, shades: new Uint8Array([0, 255]) });
  });

  it("is not waited for where the question was lost, was refused, or the kernel is gone", async () => {
    kernel.waiting = [];
    const lost = session.pictureOf([0, 1], [0, 1]);
    const refused = session.pictureOf([0, 2], [0, 2]);
    const [, { id }] = kernel.model.sent.slice(-2);
    kernel.model.receive({ type: "error", id, message: "no", hint: "", traceback: "", line: null });
    expect(await refused).toBe(null);
    expect(session.view?.problem?.message).toBe("no");
    kernel.waiting = null;
    await session.pictureOf([0, 1], [0, 1]);
    kernel.answer({ type: "hello", id: null });
    kernel.model.hostModel.die();
    expect(await lost).toBe(null);
    expect(session.view?.isHere).toBe(true);
    expect(session.view?.picture).toEqual(PICTURE);
  });
});
