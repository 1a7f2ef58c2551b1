// A kernel that trains by halving the slope, and answers as gd_widget/session.py does. What it
// must agree on with the real one is checked by the tests in tests/browser.

import { FakeModel } from "./fake-model.js";

const MAKES = { n: 2, noise: "uniform", seed: 1, true_params: [3, 2] };
export const BOWL = { n: 2, mean_x: 0, mean_y: 0, var_x: 1, best_slope: 0, floor: 0.5 };

export class FakeKernel {
  run = 0;
  step = 0;
  /** @type {number[][]} */
  table = [];
  settings = { lr: 0.1, guess: [1024, 1], steps_per_second: 10, playing: false };
  /** @type {number | null} */
  nEpochs = 100;
  /** @type {number | null} */
  stopAt = null;
  advice = "";
  /** The step that converges. */
  end = Number.POSITIVE_INFINITY;
  status = () => "paused";
  /** Messages that wait while a cell runs. @type {any[] | null} */
  waiting = null;

  constructor() {
    this.table.push([0, 1024, 1, 8, 1, 1, 0.1]);
    const points = new Float64Array([1, -1, 1, -1]);
    this.model = new FakeModel({
      _id: "m",
      _snapshot: this.snapshot(),
      _points: new DataView(points.buffer),
      _rows: new DataView(new Float64Array([0, 1024, 1, 0.1]).buffer),
    });
    this.points = points;
    this.model.onSend = (message) => {
      if (this.waiting) this.waiting.push(message);
      else queueMicrotask(() => this.answer(message));
    };
  }

  state() {
    return {
      run: this.run,
      n_rows: this.table.length,
      row: this.table[this.step],
      status: this.status(),
      advice: this.advice,
      stop_at: this.stopAt,
      ...this.settings,
    };
  }

  snapshot() {
    const labels = { title: "T", x_label: "x", y_label: "y", engine: "Fake 1", makes: MAKES };
    const facts = {
      panels: ["fit", "surface", "loss", "code"],
      note: "",
      spread: [1, 2],
    };
    return { ...this.state(), ...labels, ...facts, n_epochs: this.nEpochs, bowl: BOWL };
  }

  /** @param {number} to */
  train(to) {
    this.table.length = Math.min(this.table.length, this.step + 1);
    while (this.step < Math.min(to, this.end)) {
      const [step, slope, intercept, loss] = this.table[this.step];
      this.table.push([step + 1, slope / 2, intercept, loss * 0.9, 1, 1, this.settings.lr]);
      this.step += 1;
    }
  }

  /** @param {number} start @param {number} stop */
  rows(start, stop) {
    return new Float64Array(this.table.slice(start, stop).flat());
  }

  /** Python trains in a cell. @param {number} n */
  pushes(n) {
    const start = this.step + 1;
    this.train(this.step + n);
    const content = { type: "rows", id: null, run: this.run, after: start - 1, every: 1 };
    this.model.receive(content, [this.rows(start, this.step + 1)]);
    this.says();
  }

  /** Python changes something. */
  says() {
    this.model.receive({ type: "state", id: null, ...this.state() });
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
    if (m.type === "hello") {
      const content = { type: "hello", id: m.id, every: 1, ...this.snapshot() };
      return this.model.receive(content, [this.points, this.rows(0, this.table.length)]);
    }
    if (m.type === "advance") {
      if (!here) return state();
      const start = Math.min(m.after, this.table.length - 1);
      if (m.after + m.steps > this.step) this.train(m.after + m.steps);
      const ended = this.step === this.end ? "converged" : "";
      const content = { type: "rows", id: m.id, run: this.run, after: start, ended };
      return this.model.receive(content, [this.rows(start + 1, m.after + m.steps + 1)]);
    }
    if (m.changes?.lr < 0) {
      const content = { type: "error", id: m.id, hint: "", traceback: "" };
      return this.model.receive({ ...content, message: "lr must be a positive number; got -1" });
    }
    if (here && m.step !== undefined && m.step !== this.step) {
      this.step = Math.min(m.step, this.table.length - 1);
      this.run += 1;
    }
    if (m.type === "new_data") {
      this.points = new Float64Array([0.5, -0.5, 0.25, 1]);
      this.table.length = 1;
      this.step = 0;
      this.run += 1;
      return this.answer({ type: "hello", id: m.id });
    }
    if (m.type === "reset") {
      this.step = 0;
      this.table.length = 1;
      this.run += 1;
      this.settings.playing = false;
    }
    if (m.changes?.guess || m.type === "edit") {
      const [slope, intercept] = m.changes?.guess ?? this.table[this.step].slice(1, 3);
      this.table = [[0, slope, intercept, 8, 1, 1, this.settings.lr]];
      this.step = 0;
      this.run += 1;
      this.settings.playing = false;
    }
    if (m.type === "edit") return this.edited(m);
    if (m.changes?.lr) this.run += 1;
    Object.assign(this.settings, m.changes);
    if (m.changes?.playing !== undefined) {
      this.stopAt = m.changes.playing && this.nEpochs ? this.step + this.nEpochs : null;
    }
    state();
  }
}
