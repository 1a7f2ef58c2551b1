// Rows computed in the page: PyTorch's numbers, and what a kernel would answer.

import { pointsOf } from "../../../js/core/points.js";
import { beforeEach, describe, expect, it } from "vitest";
import { newBrowserSource } from "../../../js/sources/browser.js";
import { makeLine } from "../../../js/core/make-line.js";
import { fields } from "../../../js/core/table.js";
import { begin } from "../../../js/sources/start.js";
import { RULES } from "../../../js/core/rules.js";
import { shuffled } from "../../../js/core/batches.js";
import { bowlOf } from "../../../js/core/quadratic.js";
import cases from "../../golden/gradient_descent.json";
import { FakeClock, settled } from "../fake-clock.js";

/** @typedef {import("../../../js/sources/source.js").State} State */

/** What a session hears. */
class Heard {
  /** @type {State[]} */
  states = [];
  /** @type {{ snapshot: any, points: any, rows: import("../../../js/sources/source.js").Tables }[]} */
  all = [];
  /** @type {string[]} */
  errors = [];
  opened = (/** @type {any} */ snapshot, /** @type {any} */ points, /** @type {any} */ rows) => {
    this.all.push({ snapshot, points, rows });
    this.states.push(snapshot);
  };
  changed = (/** @type {State} */ state) => void this.states.push(state);
  arrived = () => {};
  failed = (/** @type {{ message: string }} */ { message }) => void this.errors.push(message);
  linked = () => {};

  get state() {
    return this.states[this.states.length - 1];
  }

  /** The rows that the first run has. */
  get nRows() {
    return this.state.runs[0].n_rows;
  }

  /** The row of the first run. */
  get row() {
    return Array.from(this.state.runs[0].row, Number);
  }
}

/** @type {Heard} */
let heard;

/** A clock that goes on by some milliseconds whenever it is looked at. */
class SlowClock extends FakeClock {
  /** @param {number} milliseconds */
  constructor(milliseconds) {
    super();
    this.now = () => (this.time += milliseconds);
  }
}

/** @param {Record<string, any>} [options] */
function open(options = {}, clock = new FakeClock()) {
  const source = newBrowserSource(begin(options), clock);
  heard = new Heard();
  source.open(heard);
  return source;
}

/** Rows of so many numbers each. @param {Float64Array} numbers @param {number} width */
const cut = (numbers, width) =>
  Array.from({ length: numbers.length / width }, (_, i) => [
    ...numbers.subarray(i * width, (i + 1) * width),
  ]);

/** The rows of the first run. @param {import("../../../js/sources/source.js").Source} source @param {number} after @param {number} steps */
async function pulled(source, after, steps) {
  const answer = await source.pull(after, steps);
  if (!answer) throw new Error("no answer");
  const all = answer.rows.map((numbers, run) => cut(numbers, answer.widths[run]));
  const [rows] = all;
  return { ...answer, all, rows, steps: rows.map(([step]) => step) };
}

const FIELDS = fields(["slope", "intercept"]);

describe("the golden histories", () => {
  it.each(cases)(
    "are what this page computes, to 1e-12: $name",
    async ({ x, y, guess, lr, rows }) => {
      const source = open({ x, y, guess, lr });
      const made = await pulled(source, 0, rows.length - 1);
      // A run that arrives stops there; what PyTorch made beyond is not asked for.
      const all = [heard.row, ...made.rows];
      expect(all.length).toBe(made.ended ? all.length : rows.length);
      for (let column = 0; column < 5; column++) {
        // Near the optimum a gradient is a difference of nearly equal numbers: what can be asked
        // is 1e-12 of the sizes that were subtracted. See tests/test_golden.py.
        const largest = Math.max(...rows.map((row) => Math.abs(row[column])));
        const size = Math.min(largest, Math.abs(rows[0][column]));
        all.forEach((row, step) => {
          const expected = rows[step][column];
          expect(
            Math.abs(row[column + 1] - expected),
            `${FIELDS[column]} at step ${step}`,
          ).toBeLessThanOrEqual(1e-12 * (size + Math.abs(expected)));
        });
      }
    },
  );
});

describe("rows", () => {
  /** @type {import("../../../js/sources/source.js").Source} */
  let source;
  beforeEach(() => {
    source = open();
  });

  it("follow the step they are asked after, and are made once", async () => {
    expect((await pulled(source, 0, 3)).steps).toEqual([1, 2, 3]);
    expect((await pulled(source, 1, 4)).steps).toEqual([2, 3, 4, 5]);
    expect((await pulled(source, 0, 2)).steps).toEqual([1, 2]);
  });

  it("end where training has converged, once", async () => {
    await source.command("set", { changes: { lr: 0.5 } });
    const { ended, steps } = await pulled(source, 0, 1000);
    expect(ended).toBe("converged");
    await source.command("seek", { step: steps.length });
    expect(heard.state.status).toBe("converged");
    expect((await pulled(source, steps.length, 5)).ended).toBe("");
  });

  it("end before they stop being finite, and say why", async () => {
    await source.command("set", { changes: { lr: 2 } });
    const { ended, rows, steps } = await pulled(source, 0, 10_000);
    expect(ended).toBe("diverged");
    expect(rows.flat().every(Number.isFinite)).toBe(true);
    await source.command("set", { changes: { playing: false }, step: steps.length });
    expect(heard.state.status).toBe("diverged");
    expect(heard.state.advice).toMatch(
      `Diverged at step ${steps.length + 1}: the learning rate 2 is above 0.999, the critical rate`,
    );
    await source.command("seek", { step: 3 });
    expect(heard.state.status, "it has left for good").toBe("diverged");
    expect(heard.state.advice).toMatch(/^The learning rate 2 is above .*Try 0.7\.$/);
  });

  it("asked for before a command are not wanted after it", async () => {
    const early = source.pull(0, 5);
    const done = source.command("reset");
    expect(await early).toBeNull();
    await done;
    expect(heard.nRows).toBe(1);
  });

  it("after an earlier step stand while the rate does, and are replaced when it changes", async () => {
    await source.pull(0, 20);
    await source.command("seek", { step: 5 });
    expect(heard.state).toMatchObject({ runs: [{ n_rows: 21 }], status: "paused" });
    expect((await pulled(source, 5, 2)).rows[1][6]).toBe(0.1);
    await source.command("set", { changes: { lr: 0.3 }, step: 5 });
    expect((await pulled(source, 5, 1)).rows[0][6]).toBe(0.3);
    await source.command("seek", { step: 6 });
    expect(heard.nRows).toBe(7);
  });

  describe("that were left out of a long history", () => {
    /** @type {number[][]} */
    let whole;
    /** @type {import("../../../js/core/stretches.js").Stretch[]} */
    let stretches;
    /** The settings that made row 60. @type {any} */
    let settings;

    /** @param {(step: number) => boolean} isKept @param {number} step @param {object} [changes] */
    const thinned = (isKept, step, changes = {}, clock = new FakeClock()) => {
      const known = begin({});
      const { snapshot } = known;
      const stretch = stretches.findLast((one) => one.step <= step) ?? null;
      const { optimizer, lr, ...common } = { ...settings, ...changes };
      Object.assign(snapshot, common, {
        step,
        runs: [{ ...snapshot.runs[0], optimizer, lr, row: whole[step], stretch }],
      });
      const rows = [Float64Array.from(whole.filter(([at]) => isKept(at)).flat())];
      const tables = { rows, stretches: [stretches], widths: [whole[0].length] };
      const thin = newBrowserSource({ ...known, rows: tables }, clock);
      heard = new Heard();
      thin.open(heard);
      return thin;
    };
    const expectRow = (/** @type {number} */ step) =>
      heard.row.forEach((number, i) => {
        expect(Math.abs(number - whole[step][i]), `${i} of ${step}`).toBeLessThanOrEqual(1e-13);
      });

    beforeEach(async () => {
      // Momentum on batches, then faster, then another rule: all of it is needed to go on.
      const long = open({ optimizer: "momentum", batch_size: 32, lr: 0.01 });
      whole = [heard.row];
      stretches = [];
      settings = { batch_size: 32, momentum: 0.9, alpha: 0.99, betas: [0.9, 0.999] };
      for (const [to, changes] of /** @type {[number, any][]} */ ([
        [40, {}],
        [45, { lr: 0.02 }],
        [60, { optimizer: "adam" }],
      ])) {
        const after = whole.length - 1;
        await long.command("set", { changes, step: after });
        const { rows, stretches: made } = await pulled(long, after, to - after);
        whole.push(...rows);
        stretches.push(...made[0]);
      }
      const widest = Math.max(...whole.map((row) => row.length));
      whole = whole.map((row) => [...row, ...Array(widest - row.length).fill(0)]);
      Object.assign(settings, { optimizer: "adam", lr: 0.02 });
      expect(stretches.map(({ step, batch }) => [step, batch])).toEqual([
        [1, 0],
        [41, 40],
        [46, 45],
      ]);
    });

    it("are made again when they are gone to, with what made them at first", async () => {
      const thin = thinned((step) => step % 20 === 0, 60);
      for (const step of [33, 59, 46, 45, 7]) {
        await thin.command("seek", { step });
        expectRow(step);
        expect(heard.nRows).toBe(61);
      }
    });

    it("are made again at once as far as there is time for, and the rest in frames, or when it is gone to", async () => {
      const clock = new SlowClock(4);
      const thin = thinned((step) => step % 20 === 0, 60, {}, clock);
      const steps = () => {
        const { rows, widths } = heard.all[heard.all.length - 1].rows;
        return cut(rows[0], widths[0]).map(([step]) => step);
      };
      expect(steps()).toEqual([...Array(41).keys(), 60]);
      await thin.command("seek", { step: 59 });
      expectRow(59);
      expect(heard.nRows).toBe(61);
      while (clock.pending) await clock.frame();
      expect(steps()).toEqual([...Array(61).keys()]);
      const other = new SlowClock(4);
      thinned((step) => step % 20 === 0, 60, {}, other).close();
      expect(other.pending, "frames left waiting").toBe(0);
    });

    it("may be the current one: it is at hand, and training goes on from it", async () => {
      const thin = thinned((step) => step % 20 === 0, 33, { optimizer: "momentum", lr: 0.01 });
      expectRow(33);
      expect((await pulled(thin, 33, 2)).rows).toEqual(whole.slice(34, 36));
    });

    it("are walked through again while the plan holds, and else replaced", async () => {
      const thin = thinned((step) => step % 15 === 0, 45);
      expect((await pulled(thin, 45, 3)).rows).toEqual(whole.slice(46, 49));
      expect(heard.nRows).toBe(61);
      const mixed = thinned((step) => step % 20 === 0, 40);
      await pulled(mixed, 40, 3);
      await mixed.command("seek", { step: 43 });
      expect(heard.nRows, "what came after can not be reached from here").toBe(44);
    });

    it("are not made up where code made them that is not ours: the row before is shown", async () => {
      stretches = [{ ...stretches[0], optimizer: "your loop", outside: true }];
      const thin = thinned((step) => step % 20 === 0, 60);
      await thin.command("seek", { step: 50 });
      expectRow(40);
      expect(heard.nRows).toBe(61);
    });
  });
});

describe("a page for which computing takes long", () => {
  /** @type {SlowClock} */
  let clock;
  /** @type {import("../../../js/sources/source.js").Source} */
  let source;
  beforeEach(() => {
    clock = new SlowClock(4);
    source = open({}, clock);
  });

  it("answers with the rows that there was time for, and goes on after a frame", async () => {
    const early = await pulled(source, 0, 100);
    expect([early.steps, early.ended]).toEqual([[1, 2, 3], ""]);
    const late = pulled(source, 3, 100);
    await settled();
    expect(clock.pending).toBe(1);
    await clock.frame();
    expect((await late).steps).toEqual([4, 5, 6]);
  });

  it("computes once a frame, however many have asked", async () => {
    /** @type {number[]} */
    const ends = [];
    for (const after of [0, 100, 200]) {
      pulled(source, after, 100).then(({ steps }) => ends.push(steps[steps.length - 1]));
    }
    for (const expected of [[3], [3, 6], [3, 6, 9]]) {
      await settled();
      expect(ends).toEqual(expected);
      await clock.frame();
    }
  });

  it("hears a command before it goes on", async () => {
    await source.pull(0, 100);
    const late = source.pull(3, 100);
    await source.command("set", { changes: { playing: false }, step: 2 });
    expect(heard.state).toMatchObject({ status: "paused", step: 2 });
    await clock.frame();
    expect(await late).toBeNull();
    expect(heard.nRows, "no row was made for it").toBe(4);
  });

  it("says why training ended when it has come there", async () => {
    await source.command("set", { changes: { lr: 500 } });
    let [after, ended] = [0, ""];
    for (; !ended; after += 3) {
      const answer = pulled(source, after, 1000);
      await clock.frame();
      ({ ended } = await answer);
    }
    expect(ended).toBe("diverged");
    expect(after).toBeGreaterThan(30);
  });
});

describe("every rule", () => {
  it.each(Object.keys(RULES))(
    "%s walks on, alone and on batches, and arrives",
    async (optimizer) => {
      const lr = { adagrad: 1, adam: 0.1, rmsprop: 0.01 }[optimizer] ?? 0.05;
      const source = open({ optimizer, lr, n: 20, noise: "gaussian" });
      const { rows } = await pulled(source, 0, 3000);
      const bowl = heard.all[0].snapshot.bowl;
      expect(rows[rows.length - 1][3]).toBeLessThan(1.01 * bowl.floor + 1e-6);
      const parts = open({ optimizer, lr, n: 20, noise: "gaussian", batch_size: 8 });
      const whole = (await pulled(parts, 0, 40)).rows;
      // From any row on, it goes on as it did: there is no memory beside the table.
      const at = whole.length > 17 ? 17 : 1;
      await parts.command("set", { changes: { lr: 2 * lr }, step: at });
      await parts.pull(at, 3);
      await parts.command("set", { changes: { lr }, step: at });
      expect((await pulled(parts, at, whole.length - at)).rows).toEqual(whole.slice(at));
    },
  );
});

describe("batches", () => {
  it("are the next points of a shuffled pass, and epochs count passes", async () => {
    const source = open({ n: 10, batch_size: 4, n_epochs: 2 });
    const { points } = heard.all[0];
    const { rows, stretches } = await pulled(source, 0, 1);
    const seen = shuffled(10, 0).subarray(0, 4);
    const [slope, intercept] = [-1, 1];
    let by = 0;
    for (const i of seen) by += (2 / 4) * (slope * points.x[i] + intercept - points.y[i]);
    expect(rows[0][2]).toBeCloseTo(intercept - 0.1 * by, 12);
    expect(stretches[0]).toMatchObject([{ step: 1, epoch: 0, batch: 0, batch_size: 4 }]);
    await source.command("set", { changes: { playing: true }, step: 1 });
    expect(heard.state.stop_at, "two passes of three steps").toBe(7);
    await source.command("set", { changes: { batch_size: 1 } });
    expect(heard.state.stop_at, "two passes from here on").toBe(heard.state.step + 2 * 10);
    await source.command("reset");
    expect(heard.state).toMatchObject({ playing: false, stop_at: null });
  });

  it("of all points are none", async () => {
    const source = open({ n: 10, batch_size: 10 });
    const { stretches } = await pulled(source, 0, 1);
    expect(stretches[0][0].batch_size).toBe(null);
  });

  it("cannot be made where some points are missing", async () => {
    const known = begin({ n: 100, batch_size: 10 });
    const some = (/** @type {Float64Array} */ values) => values.subarray(0, 50);
    known.points = pointsOf([some(known.points.x)], some(known.points.y));
    const source = newBrowserSource(known, new FakeClock());
    heard = new Heard();
    source.open(heard);
    const sentence =
      "Not all that it takes is in this page: its kernel is needed for further steps.";
    await expect(source.pull(0, 1)).rejects.toThrow(sentence);
    expect(heard.errors).toEqual([sentence]);
    await source.command("set", { changes: { batch_size: null } });
    expect((await pulled(source, 0, 1)).steps).toEqual([1]);
  });

  it.each(
    /** @type {[object, string][]} */ ([
      [{ batch_size: 0 }, "batch_size must be a whole number, at least 1; got 0"],
      [{ momentum: 1 }, "momentum must be a number from 0 to below 1; got 1"],
      [{ alpha: -1 }, "alpha must be a number from 0 to below 1; got -1"],
      [{ betas: [1, 0] }, "betas must be two numbers from 0 to below 1; got [1,0]"],
      [{ optimizer: "sgd" }, /^optimizer must be one of 'gd', 'momentum', .*; got "sgd"$/],
    ]),
  )("and other settings are checked: %o", async (changes, message) => {
    const source = open();
    await expect(source.command("set", { changes })).rejects.toThrow(message);
  });
});

describe("a race", () => {
  it("has all runs make the same steps, one that diverged stays", async () => {
    const source = open({ lr: [0.1, 500] });
    const names = heard.state.runs.map(({ name }) => name);
    expect(names).toEqual(["0.1", "500"]);
    const { all, ended } = await pulled(source, 0, 100);
    expect([ended, all[0].length]).toEqual(["", 100]);
    const last = all[1].length;
    expect(last).toBeLessThan(90);
    await source.command("seek", { step: 100 });
    const [one, other] = heard.state.runs;
    expect([heard.state.step, heard.state.status]).toEqual([100, "paused"]);
    expect([one.row[0], one.diverged_at]).toEqual([100, null]);
    expect([other.row[0], other.diverged_at, other.n_rows]).toEqual([last, last + 1, last + 1]);
    expect(heard.state.advice).toMatch(`500: Diverged at step ${last + 1}: the learning rate 500`);
  });

  it("is as each run alone", async () => {
    const optimizer = ["momentum", "adam", "bfgs"];
    const source = open({ optimizer, batch_size: 16, lr: 0.02 });
    const { all } = await pulled(source, 0, 30);
    for (const [i, name] of optimizer.entries()) {
      const alone = open({ optimizer: name, batch_size: 16, lr: 0.02 });
      const { rows } = await pulled(alone, 0, 30); // which ends where it has converged
      expect(rows, name).toEqual(all[i].slice(0, rows.length));
    }
  });

  it("goes on without a run that has ended, and takes it up again when its rate is changed", async () => {
    const source = open({ lr: [0.1, 500] });
    await source.pull(0, 100);
    await source.command("set", { changes: { lr: [0.1, 0.2] }, step: 100 });
    expect(heard.state.runs.map(({ row }) => row[0])).toEqual([100, 100]);
    expect(heard.all.length, "its rows are told").toBe(2);
    expect(heard.all[1].rows.stretches[1].map(({ lr }) => lr)).toEqual([500, 0.2]);
    expect((await pulled(source, 100, 5)).all.map((rows) => rows.length)).toEqual([5, 5]);
  });

  it("ends when all have converged, or all have diverged", async () => {
    const source = open({ lr: [0.5, 500, 0.3] });
    expect((await pulled(source, 0, 10_000)).ended).toBe("converged");
    await source.command("reset");
    await source.command("set", { changes: { lr: 600 } });
    const { ended, steps } = await pulled(source, 0, 10_000);
    expect(ended).toBe("diverged");
    await source.command("seek", { step: steps.length });
    expect(heard.state.status).toBe("diverged");
  });

  it("begins again at the guess when points are edited: there are several lines", async () => {
    const source = open({ lr: [0.1, 0.2], guess: [1, 2] });
    await source.pull(0, 5);
    await source.command("edit", { step: 5, at: 0, remove: 1, insert: [] });
    expect(heard.row.slice(0, 3)).toEqual([0, 1, 2]);
    expect(heard.state.runs.length).toBe(2);
  });

  it.each(
    /** @type {[any, string[]][]} */ ([
      [{ optimizer: ["gd", "adam"] }, ["Gradient descent", "Adam"]],
      [{ optimizer: ["gd", "gd"] }, ["Gradient descent 1", "Gradient descent 2"]],
      [{ lr: [0.1, 1e-5, 2e6, 0.1234567] }, ["0.1", "1e-05", "2e+06", "0.123457"]],
      [{ optimizer: ["gd", "bfgs"], lr: [0.1, 0.5] }, ["Gradient descent", "BFGS"]],
      [
        { optimizer: ["gd", "bfgs", "gd"], lr: [0.1, 0.5, 0.2] },
        ["Gradient descent, 0.1", "BFGS", "Gradient descent, 0.2"],
      ],
      [{ lr: 0.3 }, [""]],
    ]),
  )("names its runs after what differs: %o", (options, names) => {
    open(options);
    expect(heard.state.runs.map(({ name }) => name)).toEqual(names);
  });
});

describe("a run that code in Python made", () => {
  const sentence = "Made by code in Python: its kernel is needed for further steps.";
  const row = (/** @type {number} */ step) => [step, step, 1, 8, 1, 1, NaN];
  /** @type {import("../../../js/sources/source.js").Source} */
  let source;

  beforeEach(() => {
    const known = begin({});
    const stretch = { step: 1, epoch: 0, batch: 0, optimizer: "Your update", outside: true };
    const run = { optimizer: "Your update", outside: true, lr: null, row: row(2), stretch };
    Object.assign(known.snapshot.runs[0], run, { n_rows: 4 });
    const rows = [Float64Array.from([0, 1, 2, 3].flatMap(row))];
    const tables = { rows, stretches: [[stretch]], widths: [7] };
    source = newBrowserSource({ ...known, rows: tables }, new FakeClock());
    heard = new Heard();
    source.open(heard);
  });

  it("can be looked at", async () => {
    await source.command("seek", { step: 1 });
    expect(heard.row.slice(0, 2)).toEqual([1, 1]);
    await source.command("set", { changes: { playing: false }, step: 3 });
    expect(heard.row[0]).toBe(3);
    expect(heard.state.runs[0]).toMatchObject({
      outside: true,
      name: "",
      optimizer: "Your update",
    });
    expect(heard.errors).toEqual([]);
  });

  it("cannot be trained: it says so, and is left as it was", async () => {
    await expect(source.pull(2, 1)).rejects.toThrow(sentence);
    const commands = /** @type {[import("../../../js/sources/source.js").CommandType, any][]} */ ([
      ["reset", {}],
      ["new_data", {}],
      ["edit", { step: 2, at: 0, remove: 1, insert: [] }],
      ["set", { changes: { playing: true }, step: 2 }],
      ["set", { changes: { lr: 0.1 } }],
      ["set", { changes: { optimizer: "adam" } }],
      ["set", { changes: { guess: [1, 2] } }],
    ]);
    for (const [type, fields] of commands) {
      await expect(source.command(type, fields), type).rejects.toThrow(sentence);
    }
    expect(heard.errors).toEqual(Array(8).fill(sentence));
    source.refresh();
    expect(heard.row[0]).toBe(2);
    expect(cut(heard.all[1].rows.rows[0], heard.all[1].rows.widths[0])).toHaveLength(4);
  });

  it("is not played on", async () => {
    const known = begin({});
    Object.assign(known.snapshot, { playing: true });
    Object.assign(known.snapshot.runs[0], { optimizer: "Your update", outside: true, lr: null });
    source = newBrowserSource(known, new FakeClock());
    source.open(heard);
    await expect(source.pull(0, 1)).rejects.toThrow(sentence);
    source.refresh();
    expect(heard.state.playing).toBe(false);
  });

  it("holds up the whole race that it is in", async () => {
    const known = begin({ lr: [0.1, 0.2] });
    Object.assign(known.snapshot.runs[1], { optimizer: "SGD", outside: true, lr: null });
    source = newBrowserSource(known, new FakeClock());
    await expect(source.command("reset")).rejects.toThrow(sentence);
    await expect(source.command("set", { changes: { playing: true } })).rejects.toThrow(sentence);
  });
});

describe("commands", () => {
  it("pause by themselves after n_epochs", async () => {
    const source = open({ n_epochs: 8 });
    await source.pull(0, 3);
    await source.command("set", { changes: { playing: true }, step: 3 });
    expect(heard.state).toMatchObject({ playing: true, stop_at: 11, status: "playing" });
  });

  it("begin again from a guess, and reset goes back to it", async () => {
    const source = open();
    await source.command("set", { changes: { guess: [1, 2] } });
    await source.pull(0, 3);
    await source.command("reset");
    expect(heard.row.slice(0, 3)).toEqual([0, 1, 2]);
    expect(heard.nRows).toBe(1);
  });

  it("make the next seed's points", async () => {
    const source = open({ seed: 4 });
    await source.command("new_data");
    const { snapshot, points } = heard.all[1];
    expect(points).toEqual(makeLine({ ...snapshot.makes, seed: 5 }));
    expect(snapshot.makes.seed).toBe(5);
    expect(snapshot.runs[0].row[3]).toBeCloseTo(bowlLoss(points, [-1, 1]), 12);
  });

  it("make those of a seed that is too large for a number", async () => {
    const source = open({ seed: 2 ** 53 - 1 });
    for (const seed of ["9007199254740992", "9007199254740993"]) {
      await source.command("new_data");
      const { snapshot, points } = heard.all[heard.all.length - 1];
      expect(snapshot.makes.seed).toBe(seed);
      expect(points).toEqual(makeLine(snapshot.makes));
    }
  });

  it("replace points, and go on from the line shown", async () => {
    const source = open({ x: [0, 1, 2], y: [1, 2, 4] });
    const { rows } = await pulled(source, 0, 2);
    await source.command("edit", { step: 2, at: 1, remove: 1, insert: [[5, 6]] });
    const { snapshot, points } = heard.all[1];
    expect([...points.x]).toEqual([0, 5, 2]);
    expect(snapshot.bowl).toEqual(bowlOf([points.x], points.y));
    expect([...snapshot.runs[0].row].slice(0, 3)).toEqual([0, rows[1][1], rows[1][2]]);
  });

  it("are no longer what the note is on once they are edited", async () => {
    const source = open({});
    await source.command("edit", { step: 0, at: 1, remove: 1, insert: [] });
    expect(heard.all.at(-1)?.snapshot.note).toBe("");
    await source.command("new_data");
    expect(heard.all.at(-1)?.snapshot.note).toContain("The noise has mean ½");
  });

  it.each(
    /** @type {[import("../../../js/sources/source.js").CommandType, any, string][]} */ ([
      ["set", { changes: { lr: -1 } }, "lr must be a positive number; got -1"],
      ["set", { changes: { lr: "x" } }, 'lr must be a positive number; got "x"'],
      [
        "set",
        { changes: { guess: [1e200, 0] } },
        "guess must be where the loss is finite; got (1e+200, 0)",
      ],
      [
        "edit",
        { step: 2, at: 0, remove: 1, insert: [[-1e200, 5]] },
        "x and y must be small enough for their squares to be finite; " +
          "got values up to 1e+200 in x and 5 in y",
      ],
      ["new_data", {}, "new_data makes points, and this widget shows your own x and y"],
    ]),
  )("that cannot be done say why and change nothing: %s %o", async (type, fields, message) => {
    const source = open({ x: [0, 1, 2], y: [1, 2, 4] });
    await source.pull(0, 2);
    await source.command("seek", { step: 2 });
    const before = heard.state;
    await expect(source.command(type, fields)).rejects.toThrow();
    expect(heard.errors).toEqual([message]);
    source.refresh();
    const { runs, status, step } = heard.state;
    expect({ runs, status, step }).toEqual({
      ...{ runs: before.runs, status: before.status, step: before.step },
    });
  });
});

describe("advice", () => {
  it("knows the critical rate of the rules that have one", () => {
    const said = (/** @type {object} */ options) => {
      open({ x: [0, 1, 2], y: [1, 2, 4], ...options });
      return /is above ([^,]*), .* (Try .*)$/.exec(heard.state.advice)?.slice(1);
    };
    // The larger curvature is (8 + √40)/3.
    const critical = 6 / (8 + Math.sqrt(40));
    const three = (/** @type {number} */ rate) => String(Number(rate.toPrecision(3)));
    expect(said({ lr: 0.5 })).toEqual([three(critical), "Try 0.3."]);
    expect(said({ optimizer: "momentum", lr: 0.5 })).toBeUndefined();
    expect(said({ optimizer: "momentum", lr: 1 })).toEqual([three(1.9 * critical), "Try 0.2."]);
    expect(said({ optimizer: "nesterov", lr: 0.4, momentum: 0.5 })).toEqual([
      three(0.75 * critical),
      "Try 0.2.",
    ]);
    expect(said({ optimizer: "adam", lr: 10 })).toBeUndefined();
    expect(said({ optimizer: "newton", lr: 10 })).toBeUndefined();
  });

  it("is of the first run that needs it, under its name", () => {
    open({ lr: [0.1, 2, 3] });
    expect(heard.state.advice).toMatch(/^2: The learning rate 2 is above 0.999, /);
  });

  it("writes numbers as Python does, however small", () => {
    open({ x: [1000, 2000], y: [1, 2], lr: 1.5e-5 });
    expect(heard.state.advice).toBe(
      "The learning rate 1.5e-05 is above 4e-07, the critical rate of these data: " +
        "along the steepest direction the steps overshoot by more and more. Try 3e-07.",
    );
    open({ x: [-1.733e-6], y: [3] });
    expect(heard.state.advice).toContain("every line through (-1.733e-06, 3) fits");
  });

  it("says what cannot be told apart", () => {
    open({ x: [2], y: [3] });
    expect(heard.state.advice).toBe(
      "There is one point: every line through (2, 3) fits it exactly.",
    );
    open({ x: [2, 2], y: [1, 3] });
    expect(heard.state.advice).toMatch(/^All x are 2: every line through \(2, 2\) fits equally/);
  });
});

/** @param {any} points @param {[number, number]} params */
function bowlLoss({ x, y }, [slope, intercept]) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (slope * x[i] + intercept - y[i]) ** 2;
  return sum / x.length;
}
