// Rows computed in the page: PyTorch's numbers, and what a kernel would answer.

import { beforeEach, describe, expect, it } from "vitest";
import { BrowserSource } from "../../js/browser-source.js";
import { makeLine } from "../../js/data.js";
import { COLUMNS } from "../../js/history.js";
import { begin } from "../../js/options.js";
import { bowlOf } from "../../js/quadratic.js";
import cases from "../golden/gradient_descent.json";

/** @typedef {import("../../js/source.js").State} State */

const WIDTH = COLUMNS.length;

/** What a session hears. */
class Heard {
  /** @type {State[]} */
  states = [];
  /** @type {{ snapshot: any, points: any, rows: Float64Array }[]} */
  all = [];
  /** @type {string[]} */
  errors = [];
  opened = (/** @type {any} */ snapshot, /** @type {any} */ points, /** @type {any} */ rows) => {
    this.all.push({ snapshot, points, rows });
    this.states.push(snapshot);
  };
  changed = (/** @type {State} */ state) => void this.states.push(state);
  arrived = () => {};
  failed = (/** @type {string} */ message) => void this.errors.push(message);
  linked = () => {};

  get state() {
    return this.states[this.states.length - 1];
  }
}

/** @type {Heard} */
let heard;

/** @param {Record<string, any>} [options] */
function open(options = {}) {
  const source = new BrowserSource(begin(options));
  heard = new Heard();
  source.open(heard);
  return source;
}

/** @param {BrowserSource} source @param {number} after @param {number} steps */
async function pulled(source, after, steps) {
  const answer = await source.pull(after, steps);
  if (!answer) throw new Error("no answer");
  const rows = [];
  for (let i = 0; i < answer.rows.length; i += WIDTH) {
    rows.push([...answer.rows.subarray(i, i + WIDTH)]);
  }
  return { ...answer, rows, steps: rows.map(([step]) => step) };
}

describe("the golden histories", () => {
  it.each(cases)(
    "are what this page computes, to 1e-12: $name",
    async ({ x, y, guess, lr, rows }) => {
      const source = open({ x, y, guess, lr });
      const made = await pulled(source, 0, rows.length - 1);
      // A run that arrives stops there; what PyTorch made beyond is not asked for.
      const all = [heard.states[0].row, ...made.rows];
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
            `${COLUMNS[column + 1]} at step ${step}`,
          ).toBeLessThanOrEqual(1e-12 * (size + Math.abs(expected)));
        });
      }
    },
  );
});

describe("rows", () => {
  /** @type {BrowserSource} */
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
    expect(heard.state.status).toBe("paused");
    expect(heard.state.advice).toMatch(/^The learning rate 2 is above .*Try 0.7\.$/);
  });

  it("asked for before a command are not wanted after it", async () => {
    const early = source.pull(0, 5);
    const done = source.command("reset");
    expect(await early).toBeNull();
    await done;
    expect(heard.state.n_rows).toBe(1);
  });

  it("after an earlier step stand while the rate does, and are replaced when it changes", async () => {
    await source.pull(0, 20);
    await source.command("seek", { step: 5 });
    expect(heard.state).toMatchObject({ n_rows: 21, status: "paused" });
    expect((await pulled(source, 5, 2)).rows[1].at(-1)).toBe(0.1);
    await source.command("set", { changes: { lr: 0.3 }, step: 5 });
    expect((await pulled(source, 5, 1)).rows[0].at(-1)).toBe(0.3);
    await source.command("seek", { step: 6 });
    expect(heard.state.n_rows).toBe(7);
  });

  describe("that were left out of a long history", () => {
    /** @type {number[][]} */
    let whole;
    /** @param {(step: number) => boolean} isKept @param {number} step @param {number} lr */
    const thinned = (isKept, step, lr) => {
      const known = begin({});
      Object.assign(known.snapshot, { row: whole[step], lr });
      const rows = Float64Array.from(whole.filter(([at]) => isKept(at)).flat());
      const thin = new BrowserSource({ ...known, rows });
      heard = new Heard();
      thin.open(heard);
      return thin;
    };
    const expectRow = (/** @type {number} */ step) =>
      heard.state.row.forEach((number, i) => {
        expect(Math.abs(number - whole[step][i])).toBeLessThanOrEqual(1e-13);
      });

    beforeEach(async () => {
      const long = open();
      const { rows } = await pulled(long, 0, 45);
      await long.command("set", { changes: { lr: 0.4 }, step: 45 });
      const { rows: faster } = await pulled(long, 45, 15);
      whole = [begin({}).snapshot.row, ...rows, ...faster];
    });

    it("are made again when they are gone to", async () => {
      const thin = thinned((step) => step % 15 === 0, 60, 0.4);
      for (const step of [33, 59, 46, 45, 7]) {
        await thin.command("seek", { step });
        expectRow(step);
        expect(heard.state.n_rows).toBe(61);
      }
    });

    it("may be the current one: it is at hand, and training goes on from it", async () => {
      const thin = thinned((step) => step % 20 === 0, 33, 0.1);
      expectRow(33);
      expect((await pulled(thin, 33, 2)).rows).toEqual(whole.slice(34, 36));
    });

    it("are not made up where the rate has changed among them: the row before is shown", async () => {
      const thin = thinned((step) => step % 20 === 0, 60, 0.4);
      await thin.command("seek", { step: 50 });
      expectRow(40);
      await thin.command("seek", { step: 30 });
      expectRow(30);
      expect(heard.state.n_rows).toBe(61);
    });

    it("are walked through again where they lead to the next one, and else replaced", async () => {
      const thin = thinned((step) => step % 15 === 0, 30, 0.1);
      expect((await pulled(thin, 30, 3)).rows).toEqual(whole.slice(31, 34));
      expect(heard.state.n_rows).toBe(61);
      const mixed = thinned((step) => step % 20 === 0, 40, 0.4);
      await pulled(mixed, 40, 3);
      await mixed.command("seek", { step: 43 });
      expect(heard.state.n_rows, "what came after can not be reached from here").toBe(44);
    });
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
    expect(heard.state.row.slice(0, 3)).toEqual([0, 1, 2]);
    expect(heard.state.n_rows).toBe(1);
  });

  it("make the next seed's points", async () => {
    const source = open({ seed: 4 });
    await source.command("new_data");
    const { snapshot, points } = heard.all[1];
    expect(points).toEqual(makeLine({ ...snapshot.makes, seed: 5 }));
    expect(snapshot.makes.seed).toBe(5);
    expect(snapshot.row[3]).toBeCloseTo(bowlLoss(points, [-1, 1]), 12);
  });

  it("replace points, and go on from the line shown", async () => {
    const source = open({ x: [0, 1, 2], y: [1, 2, 4] });
    const { rows } = await pulled(source, 0, 2);
    await source.command("edit", { step: 2, at: 1, remove: 1, insert: [[5, 6]] });
    const { snapshot, points } = heard.all[1];
    expect([...points.x]).toEqual([0, 5, 2]);
    expect(snapshot.bowl).toEqual(bowlOf(points.x, points.y));
    expect(snapshot.row.slice(0, 3)).toEqual([0, rows[1][1], rows[1][2]]);
  });

  it.each(
    /** @type {[import("../../js/source.js").CommandType, any, string][]} */ ([
      ["set", { changes: { lr: -1 } }, "lr must be a positive number; got -1"],
      ["set", { changes: { lr: "x" } }, 'lr must be a positive number; got "x"'],
      [
        "set",
        { changes: { guess: [1e200, 0] } },
        "guess must be near enough to the data for a finite loss; got (1e+200, 0)",
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
    expect(heard.state).toEqual(before);
  });
});

describe("advice", () => {
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
