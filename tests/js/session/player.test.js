import { beforeEach, describe, expect, it } from "vitest";
import { LINE } from "../../../js/core/model.js";
import { Runs } from "../../../js/session/runs.js";
import { newPlayer } from "../../../js/session/player.js";
import { BOWL } from "../fake-kernel.js";
import { FakeClock } from "../fake-clock.js";

/** @param {number} step */
const row = (step) => [step, 0, 0, 0, 0, 0, 0.1];

/** @param {number} after @param {number[]} steps @param {string} ended */
const answer = (after, steps, ended) => ({
  ...{ after, ended, rows: [Float64Array.from(steps.flatMap(row))], stretches: [[]], widths: [7] },
});

/** Answers after a while, on the test's own clock; `most` rows at a time. */
class SlowSource {
  /** @type {{ due: number, after: number, steps: number, resolve: Function, reject: Function }[]} */
  waiting = [];
  asked = 0;
  made = 0;
  most = Number.POSITIVE_INFINITY;
  end = Number.POSITIVE_INFINITY;

  /** @param {FakeClock} clock @param {number} latency  milliseconds */
  constructor(clock, latency) {
    this.clock = clock;
    this.latency = latency;
  }

  /** @param {number} after @param {number} steps */
  pull(after, steps) {
    this.asked += 1;
    return new Promise((resolve, reject) => {
      const due = this.clock.time + this.latency;
      this.waiting.push({ due, after, steps, resolve, reject });
    });
  }

  deliver() {
    for (const request of this.waiting.splice(0)) {
      if (request.due > this.clock.time) {
        this.waiting.push(request);
        continue;
      }
      const start = Math.min(request.after, this.made);
      const goal = Math.min(request.after + request.steps, start + this.most, this.end);
      this.made = Math.max(this.made, goal);
      const steps = Array.from({ length: Math.max(0, goal - start) }, (_, i) => start + 1 + i);
      const ended = goal === this.end ? "converged" : "";
      request.resolve(answer(start, steps, ended));
    }
  }
}

/** @type {FakeClock} */
let clock;
/** @type {Runs} */
let runs;
/** @type {import("../../../js/core/table.js").Table} */
let history;
/** @type {{ shown: number[], stopped: string[], failed: unknown[] }} */
let log;

/** @param {number} latency */
function make(latency) {
  const source = new SlowSource(clock, latency);
  const events = {
    show: (/** @type {number} */ step) => log.shown.push(step),
    stopped: (/** @type {string} */ ended) => log.stopped.push(ended),
    failed: (/** @type {unknown} */ error) => log.failed.push(error),
  };
  return { source, player: newPlayer(source, runs, events, clock) };
}

/** Play for a while; for each frame, the step shown. @param {SlowSource} source @param {number} seconds */
async function play(source, seconds) {
  const frames = [];
  for (let i = 0; i < seconds * 60; i++) {
    source.deliver();
    await clock.frame();
    frames.push(log.shown.at(-1) ?? 0);
  }
  return frames;
}

/** Frames in which nothing new was shown. @param {number[]} frames */
const stalls = (frames) => frames.filter((step, i) => i > 0 && step === frames[i - 1]).length;

beforeEach(() => {
  clock = new FakeClock();
  runs = new Runs();
  const run = { row: row(0), stretch: null, n_rows: 1, diverged_at: null, name: "" };
  const bowl = { ...BOWL, n: 1 };
  const snapshot = /** @type {any} */ ({
    bowl,
    model: LINE,
    runs: [{ ...run, optimizer: "gd", lr: 0.1 }],
  });
  const points = { x: new Float64Array(1), y: new Float64Array(1), features: [] };
  runs.open(snapshot, { rows: [Float64Array.from(row(0))], stretches: [[]], widths: [7] }, points);
  [{ history }] = runs.all;
  log = { shown: [], stopped: [], failed: [] };
});

describe("newPlayer", () => {
  it("plays at the rate that is set", async () => {
    const { source, player } = make(50);
    player.rate = 20;
    player.start(0);
    await play(source, 3);
    expect(log.shown.at(-1)).toBeGreaterThanOrEqual(56);
    expect(log.shown.at(-1)).toBeLessThanOrEqual(61);
    expect(log.shown).toEqual(Array.from(log.shown, (_, i) => i + 1));
  });

  it.each([60, 600, 6000])("shows something new in every frame at %i steps/s", async (rate) => {
    const { source, player } = make(50);
    player.rate = rate;
    player.start(0);
    await play(source, 1);
    const frames = await play(source, 5);
    expect(stalls(frames)).toBe(0);
    expect(frames[frames.length - 1] - frames[0]).toBeCloseTo((rate * 299) / 60, -2);
  });

  it("adapts to a slow path: no stall once it has been measured", async () => {
    const { source, player } = make(350);
    player.rate = 60;
    player.start(0);
    await play(source, 2);
    expect(stalls(await play(source, 5))).toBe(0);
  });

  it("keeps at most two requests under way, and asks for little ahead", async () => {
    const { source, player } = make(50);
    player.rate = 60;
    player.start(0);
    for (let i = 0; i < 200; i++) {
      source.deliver();
      await clock.frame();
      expect(source.waiting.length).toBeLessThanOrEqual(2);
      expect(history.last - (log.shown.at(-1) ?? 0)).toBeLessThan(40);
    }
  });

  it("shows the first step as soon as it is there, however slow the speed", async () => {
    const { source, player } = make(50);
    player.rate = 0.5;
    player.start(0);
    await play(source, 0.2);
    expect(log.shown).toEqual([1]);
    await play(source, 1.5);
    expect(log.shown).toEqual([1]);
    await play(source, 0.5);
    expect(log.shown).toEqual([1, 2]);
  });

  it("stops at once and asks for nothing more", async () => {
    const { source, player } = make(50);
    player.rate = 60;
    player.start(0);
    await play(source, 1);
    player.stop();
    const { length } = log.shown;
    const { asked } = source;
    await play(source, 1);
    expect(log.shown.length).toBe(length);
    expect(source.asked).toBe(asked);
    expect(clock.pending).toBe(0);
  });

  it("stops where it was told to, exactly", async () => {
    const { source, player } = make(50);
    player.rate = 600;
    player.until = 100;
    player.start(0);
    await play(source, 2);
    expect(log.shown.at(-1)).toBe(100);
    expect(source.made).toBe(100);
    expect(log.stopped).toEqual([""]);
  });

  it("shows the last step there is before it says that training has ended", async () => {
    const { source, player } = make(50);
    source.end = 33;
    player.rate = 60;
    player.start(0);
    await play(source, 2);
    expect(log.shown.at(-1)).toBe(33);
    expect(log.stopped).toEqual(["converged"]);
  });

  it("does not play beyond the last step, even where more rows have come", async () => {
    const { source, player } = make(50);
    player.rate = 6000;
    const { pull } = source;
    source.pull = async (after, steps) => {
      const answer = await pull.call(source, after, steps);
      const ended = after < 333 && after + steps >= 333 ? "converged" : "";
      return {
        ...answer,
        rows: ended ? [answer.rows[0].subarray(0, 7 * (333 - after))] : answer.rows,
        ended,
      };
    };
    player.start(0);
    await play(source, 1);
    expect([log.shown.at(-1), log.stopped]).toEqual([333, ["converged"]]);
  });

  it("is not made to run far ahead by one long silence", async () => {
    const { source, player } = make(60_000);
    player.rate = 60;
    player.start(0);
    await play(source, 61);
    source.latency = 50;
    for (let i = 0; i < 300; i++) {
      source.deliver();
      await clock.frame();
    }
    expect(source.made - (log.shown.at(-1) ?? 0)).toBeLessThan(600);
  });

  it("asks a slow kernel for the rest, and skips no row", async () => {
    const { source, player } = make(50);
    source.most = 2;
    player.rate = 600;
    player.start(0);
    await play(source, 4);
    expect(history.last).toBeGreaterThan(50);
    for (let i = 0; i < history.length; i++) expect(history.stepAt(i)).toBe(i);
  });

  it("does not catch up after the page was hidden", async () => {
    const { source, player } = make(50);
    player.rate = 60;
    player.start(0);
    await play(source, 1);
    const before = log.shown.at(-1) ?? 0;
    clock.time += 60_000;
    await play(source, 0.5);
    expect((log.shown.at(-1) ?? 0) - before).toBeLessThan(45);
  });

  it("goes on when nothing came of a request, because training went elsewhere", async () => {
    const { source, player } = make(50);
    player.rate = 60;
    player.start(0);
    for (const request of source.waiting.splice(0)) request.resolve(null);
    await play(source, 1);
    expect(log.shown.at(-1)).toBeGreaterThan(40);
  });

  it("leaves no gap when the first of two answers is lost", async () => {
    const { source, player } = make(50);
    player.rate = 60;
    player.start(0);
    await clock.frame();
    source.waiting.shift()?.resolve(null);
    await play(source, 1);
    for (let i = 0; i < history.length; i++) expect(history.stepAt(i)).toBe(i);
    expect(log.shown.at(-1)).toBeGreaterThan(30);
  });

  it("stops and says so when the source cannot answer", async () => {
    const { source, player } = make(50);
    player.start(0);
    source.waiting[0].reject(new Error("out of memory"));
    await clock.frame();
    expect(log.failed).toHaveLength(1);
    expect(player.running).toBe(false);
    expect(clock.pending).toBe(0);
  });

  it("does not count answers to an earlier start", async () => {
    const { source, player } = make(50);
    player.rate = 60;
    player.start(0);
    const [early] = source.waiting.splice(0);
    player.start(0);
    early.resolve(answer(0, [1, 2], "diverged"));
    await clock.frame();
    expect(history.last).toBe(0);
    await play(source, 1);
    expect(log.stopped).toEqual([]);
  });
});
