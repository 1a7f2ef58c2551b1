// A kernel that trains by halving the slope, and answers as gd_widget/page/session.py does. What it
// must agree on with the real one is checked by the tests in tests/browser. It may have several
// runs; all but the first begin at another slope, and may diverge.

import { LINE } from "../../js/core/model.js";
import { FakeModel } from "./fake-model.js";

const MAKES = { n: 2, noise: "uniform", seed: 1, true_params: [3, 2] };
export const BOWL = {
  ...{ n: 2, intercept: 1, mean_x: [0], mean_y: 0 },
  ...{ cov_x: [[1]], best_slopes: [0], floor: 0.5 },
};

export class FakeKernel {
  run = 0;
  step = 0;
  /** Of each run, its rows. @type {number[][][]} */
  tables = [];
  /** Of each run, what made them. @type {any[][]} */
  stretches = [];
  settings = { guess: [1024, 1], steps_per_second: 10, playing: false };
  rules = { batch_size: null, momentum: 0.9, alpha: 0.99, betas: [0.9, 0.999], history_size: 10 };
  /** Of each run. @type {number[]} */
  lrs;
  /** Of each run. @type {string[]} */
  optimizers;
  /** The step that each run cannot make. @type {number[]} */
  divergesAt;
  /** What the runs' code is called, where it is not ours. */
  outside = "";
  printed = "";
  /** Of very many points: what the picture is of, and its cells. @type {[any, Uint8Array] | null} */
  picture = null;
  /** @type {number | null} */
  nEpochs = 100;
  /** @type {number | null} */
  stopAt = null;
  advice = "";
  bowl = BOWL;
  /** The step that converges. */
  end = Number.POSITIVE_INFINITY;
  status = () => "paused";
  /** Whether steps wait for PyTorch: "needed", "loading", or not. */
  torch = "";
  /** Messages that wait while a cell runs, or PyTorch is imported. @type {any[] | null} */
  waiting = null;

  /** @param {number[]} [lrs]  one for each run @param {string} [outside] */
  constructor(lrs = [0.1], outside = "") {
    this.lrs = lrs;
    this.outside = outside;
    this.optimizers = lrs.map(() => "gd");
    this.divergesAt = lrs.map(() => Number.POSITIVE_INFINITY);
    this.tables = lrs.map((lr, i) => [[0, 1024 * (i + 1), 1, 8, 1, 1, lr]]);
    this.stretches = lrs.map(() => []);
    const points = new Float64Array([1, -1, 1, -1]);
    const saved = lrs.map(() => ({ rows: 1, width: 4, stretches: [] }));
    const rows = lrs.flatMap((lr, i) => [0, 1024 * (i + 1), 1, lr]);
    this.model = new FakeModel({
      _id: "m",
      _snapshot: { ...this.snapshot(), saved },
      _points: new DataView(points.buffer),
      _rows: new DataView(new Float64Array(rows).buffer),
    });
    this.points = points;
    this.model.onSend = (message) => {
      if (this.waiting) this.waiting.push(message);
      else queueMicrotask(() => this.answer(message));
    };
  }

  /** The rows of the first run. */
  get table() {
    return this.tables[0];
  }

  get length() {
    return Math.max(...this.tables.map((table) => table.length));
  }

  state() {
    const runs = this.tables.map((table, i) => ({
      name: this.lrs.length > 1 ? String(this.lrs[i]) : "",
      optimizer: this.outside || this.optimizers[i],
      outside: this.outside !== "",
      lr: this.outside ? null : this.lrs[i],
      n_rows: table.length,
      diverged_at: this.step >= this.divergesAt[i] - 1 ? this.divergesAt[i] : null,
      row: table[Math.min(this.step, table.length - 1)],
      stretch: this.stretches[i].findLast(({ step }) => step <= this.step) ?? null,
    }));
    return {
      run: this.run,
      step: this.step,
      n_rows: this.length,
      runs,
      printed: this.printed,
      status: this.status(),
      advice: this.advice,
      stop_at: this.stopAt,
      torch: this.torch,
      ...this.settings,
      ...this.rules,
    };
  }

  snapshot() {
    const labels = { title: "T", x_label: "x", y_label: "y", engine: "Fake 1", makes: MAKES };
    const facts = {
      names: ["slope", "intercept"],
      panels: ["fit", "surface", "loss", "code"],
      note: "",
      model: LINE,
      middle: [0, 0],
      spread: [1, 2],
      code: this.outside ? ["a -= lr * a.grad"] : null,
      picture: this.picture?.[0] ?? null,
    };
    const frame = { controls: null, lock: [], hide: [] };
    return {
      ...frame,
      ...this.state(),
      ...labels,
      ...facts,
      n_epochs: this.nEpochs,
      bowl: this.bowl,
    };
  }

  /** @param {number} to */
  train(to) {
    this.truncate(this.step);
    while (this.step < Math.min(to, this.end)) {
      this.tables.forEach((table, i) => {
        const [step, slope, intercept, loss] = table[table.length - 1];
        if (step + 1 >= this.divergesAt[i]) return;
        const plan = this.outside
          ? { optimizer: this.outside, outside: true }
          : { optimizer: this.optimizers[i], lr: this.lrs[i], batch_size: null };
        const last = this.stretches[i].at(-1);
        if (!last || last.lr !== this.lrs[i] || last.optimizer !== plan.optimizer)
          this.stretches[i].push({ step: step + 1, epoch: step, batch: 0, ...plan });
        table.push([step + 1, slope / 2, intercept, loss * 0.9, 1, 1, this.lrs[i]]);
      });
      this.step += 1;
    }
  }

  /** @param {number} step */
  truncate(step) {
    this.tables.forEach((table, i) => {
      table.length = Math.min(table.length, step + 1);
      this.stretches[i] = this.stretches[i].filter((stretch) => stretch.step <= step);
    });
  }

  /** @param {number} start @param {number} stop  @returns {[object, Float64Array[]]} */
  rows(start, stop) {
    const stretches = this.stretches.map((all) =>
      all.filter(({ step }, i) => step < stop && !(all[i + 1]?.step <= start)),
    );
    const buffers = this.tables.map((table) => new Float64Array(table.slice(start, stop).flat()));
    return [{ stretches, widths: this.tables.map(() => 7), printed: this.printed }, buffers];
  }

  /** Python trains in a cell. @param {number} n */
  pushes(n) {
    const start = this.step + 1;
    this.train(this.step + n);
    const content = { type: "rows", id: null, run: this.run, after: start - 1, every: 1 };
    const [rows, buffers] = this.rows(start, this.step + 1);
    this.model.receive({ ...content, ...rows }, buffers);
    this.says();
  }

  /** Python changes something. */
  says() {
    this.model.receive({ type: "state", id: null, ...this.state() });
  }

  /** PyTorch's import has ended. */
  isLoaded() {
    this.torch = "";
    this.says();
    this.free();
  }

  /** It has failed, and so has what waits for it. @param {string} message */
  fails(message) {
    this.torch = "needed";
    this.says();
    const isTold = (/** @type {any} */ { type }) => type === "load" || type === "advance";
    const [failed, others] = [true, false].map((is) =>
      (this.waiting ?? []).filter((one) => isTold(one) === is),
    );
    this.waiting = others;
    for (const { id } of failed) {
      this.model.receive({ type: "error", id, hint: "", traceback: "T", line: null, message });
    }
    this.settings.playing = false;
    this.free();
  }

  free() {
    const waiting = this.waiting ?? [];
    this.waiting = null;
    for (const message of waiting) this.answer(message);
  }

  /** @param {any} m */
  edited(m) {
    const n = this.points.length / 2;
    const all = [...this.points].map((value, i) => (i < n ? value : 2 * value));
    const spliced = (/** @type {number[]} */ values, /** @type {0 | 1} */ i) => {
      values.splice(m.at, m.remove, ...m.insert.map((/** @type {number[]} */ pair) => pair[i]));
      return values;
    };
    const [x, y] = [spliced(all.slice(0, n), 0), spliced(all.slice(n), 1)];
    this.points = new Float64Array([...x, ...y.map((value) => value / 2)]);
    this.answer({ type: "hello", id: m.id });
  }

  /** @param {any} m @returns {void} */
  answer(m) {
    const state = () => this.model.receive({ type: "state", id: m.id, ...this.state() });
    const here = m.run === this.run;
    if (this.torch && (m.type === "load" || m.type === "advance")) {
      this.torch = "loading";
      this.says();
      (this.waiting ??= []).push(m);
      return;
    }
    if (m.type === "load") return state();
    if (m.type === "hello") {
      const [rows, buffers] = this.rows(0, this.length);
      const content = { type: "hello", id: m.id, every: 1, ...rows, ...this.snapshot() };
      const cells = this.picture ? [this.picture[1]] : [];
      return this.model.receive(content, [this.points, ...buffers, ...cells]);
    }
    if (m.type === "picture") {
      const picture = { x: m.x, y: m.y, columns: 2, rows: 1, most: 3 };
      const content = { type: "picture", id: m.id, picture };
      return this.model.receive(content, [new Uint8Array([0, 255])]);
    }
    if (m.type === "advance") {
      if (!here) return state();
      const start = Math.min(m.after, this.length - 1);
      if (m.after + m.steps > this.step) this.train(m.after + m.steps);
      const ended = this.step === this.end ? "converged" : "";
      const content = { type: "rows", id: m.id, run: this.run, after: start, ended };
      const [rows, buffers] = this.rows(start + 1, m.after + m.steps + 1);
      return this.model.receive({ ...content, ...rows }, buffers);
    }
    if (m.changes?.lr < 0) {
      const content = { type: "error", id: m.id, hint: "", traceback: "", line: null };
      return this.model.receive({ ...content, message: "lr must be a positive number; got -1" });
    }
    if (here && m.step !== undefined && m.step !== this.step) {
      this.step = Math.min(m.step, this.length - 1);
      this.run += 1;
    }
    if (m.type === "new_data") {
      this.points = new Float64Array([0.5, -0.5, 0.25, 1]);
      this.truncate(0);
      this.step = 0;
      this.run += 1;
      return this.answer({ type: "hello", id: m.id });
    }
    if (m.type === "reset") {
      this.step = 0;
      this.truncate(0);
      this.run += 1;
      this.settings.playing = false;
    }
    if (m.changes?.guess || m.type === "edit") {
      const shown =
        this.tables.length > 1 ? this.settings.guess : this.table[this.step].slice(1, 3);
      const [slope, intercept] = m.changes?.guess ?? shown;
      this.truncate(0);
      this.tables = this.lrs.map((lr) => [[0, slope, intercept, 8, 1, 1, lr]]);
      this.step = 0;
      this.run += 1;
      this.settings.playing = false;
    }
    if (m.type === "edit") return this.edited(m);
    const { lr, optimizer, batch_size, momentum, alpha, betas, ...others } = m.changes ?? {};
    if (lr) this.lrs = this.lrs.map((_, i) => [lr].flat()[i] ?? lr);
    if (optimizer) this.optimizers = this.lrs.map((_, i) => [optimizer].flat()[i] ?? optimizer);
    if (lr ?? optimizer) this.run += 1;
    for (const [name, value] of Object.entries({ batch_size, momentum, alpha, betas }))
      if (value !== undefined) Object.assign(this.rules, { [name]: value });
    Object.assign(this.settings, others);
    if (m.changes?.playing !== undefined) {
      this.stopAt = m.changes.playing && this.nEpochs ? this.step + this.nEpochs : null;
    }
    state();
  }
}
