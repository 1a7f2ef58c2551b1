// Rows computed in this page, where no kernel does: the twin of gd_widget/session.py, with the
// interface of KernelSource. It answers as a kernel would that is always there and quick.

import { advise } from "./advice.js";
import { makeLine } from "./data.js";
import { bowlOf } from "./quadratic.js";
import { spliced } from "./points.js";
import { Trainer } from "./trainer.js";

/**
 * @typedef {import("./source.js").Listener} Listener
 * @typedef {import("./source.js").Snapshot} Snapshot
 * @typedef {import("./source.js").CommandType} CommandType
 * @typedef {import("./points.js").Points} Points
 *
 * Everything there is to know of a session: where to go on from.
 * @typedef {{ snapshot: Snapshot, points: Points, rows: Float64Array }} Known
 */

export class BrowserSource {
  #trainer;
  #snapshot;
  #points;
  /** @type {Listener | null} */
  #listener = null;
  #asked = 0; // counts the times that rows asked for before were no longer wanted

  /** @param {Known} known */
  constructor({ snapshot, points, rows }) {
    this.#snapshot = { ...snapshot };
    this.#points = points;
    this.#trainer = new Trainer(snapshot.bowl, snapshot.lr);
    this.#trainer.load(rows, snapshot.row[0]);
    // Of a long run every k-th row was kept: the current one may not be among them.
    if (!this.#trainer.table.has(snapshot.row[0])) this.#trainer.table.put(snapshot.row);
    if (snapshot.status === "diverged") this.#trainer.divergedAt = snapshot.row[0] + 1;
  }

  /** @param {Listener} listener */
  open(listener) {
    this.#listener = listener;
    this.#tellAll();
  }

  close() {
    this.#listener = null;
  }

  /** Nothing is ever lost on the way here. */
  refresh() {
    this.#tell();
  }

  /**
   * The rows after a step: see Source in player.js.
   * @param {number} after
   * @param {number} steps
   * @returns {Promise<import("./player.js").Answer | null>}
   */
  async pull(after, steps) {
    const asked = this.#asked;
    await null; // what the page does now comes first
    if (asked !== this.#asked) return null;
    const trainer = this.#trainer;
    const start = Math.min(after, trainer.table.last);
    const goal = after + steps;
    const ended = goal > trainer.step ? trainer.trainTo(goal) : "";
    return { after: start, rows: trainer.table.rows(start, Math.min(goal, trainer.step)), ended };
  }

  /**
   * Do something, and then tell the listener what is so now; or why it cannot be done.
   * @param {CommandType} type
   * @param {Record<string, any>} [fields]
   * @returns {Promise<void>}
   */
  async command(type, fields = {}) {
    this.#asked += 1;
    try {
      const isAllNew = this.#do(type, fields);
      await null; // as from a kernel: what the page goes on to do now comes first
      if (isAllNew) this.#tellAll();
      else this.#tell();
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      this.#listener?.failed(message, "", "");
      throw error;
    }
  }

  /** @param {Record<string, any>} changes */
  async setting(changes) {
    await this.command("set", { changes });
  }

  /**
   * @param {CommandType} type
   * @param {Record<string, any>} fields
   * @returns {boolean} whether there are other points
   */
  #do(type, fields) {
    const trainer = this.#trainer;
    const isAllNew = type === "edit" || type === "new_data";
    if (type === "edit") {
      const { slope, intercept } = trainer.table.rowAt(trainer.table.indexOf(fields.step));
      const { at, remove, insert } = fields;
      this.#usePoints(spliced(this.#points, at, remove, insert), [slope, intercept]);
    } else if (fields.step !== undefined) {
      trainer.seek(fields.step);
    }
    if (type === "new_data") this.#makePoints();
    if (type === "reset") this.#trainer.begin(this.#snapshot.guess);
    if (type === "set") this.#set(fields.changes);
    if (isAllNew || type === "reset") this.#snapshot.playing = false;
    return isAllNew;
  }

  /** @param {Record<string, any>} changes */
  #set(changes) {
    for (const name of ["lr", "steps_per_second"]) {
      const value = changes[name];
      if (value !== undefined && !(Number.isFinite(value) && value > 0)) {
        throw new Error(`${name} must be a positive number; got ${JSON.stringify(value)}`);
      }
    }
    if (changes.guess) {
      this.#trainer.begin(changes.guess);
      changes = { ...changes, playing: false };
    }
    Object.assign(this.#snapshot, changes);
    this.#trainer.lr = this.#snapshot.lr;
    if (changes.playing !== undefined) {
      const { n_epochs } = this.#snapshot;
      const isEndless = n_epochs === null || !changes.playing;
      this.#snapshot.stop_at = isEndless ? null : this.#trainer.step + n_epochs;
    }
  }

  /** Other points, made as those before were, from the next seed. */
  #makePoints() {
    const { makes, guess } = this.#snapshot;
    if (!makes) throw new Error("new_data makes points, and this widget shows your own x and y");
    const next = { ...makes, seed: makes.seed + 1 };
    this.#usePoints(makeLine(next), guess);
    this.#snapshot.makes = next;
  }

  /** @param {Points} points @param {import("./quadratic.js").Params} start */
  #usePoints(points, start) {
    this.#trainer.begin(start, bowlOf(points.x, points.y));
    this.#points = points;
    this.#snapshot.bowl = this.#trainer.bowl;
  }

  // ----------------------------------------------------------------- what the page is told

  #tell() {
    this.#listener?.changed(this.#state());
  }

  #tellAll() {
    const { table } = this.#trainer;
    this.#listener?.opened({ ...this.#snapshot, ...this.#state() }, this.#points, table.rows());
  }

  /** @returns {import("./source.js").State} */
  #state() {
    const { guess, playing, lr, steps_per_second, stop_at } = this.#snapshot;
    const trainer = this.#trainer;
    return {
      n_rows: trainer.table.last + 1,
      row: Object.values(trainer.row),
      status: this.#status(),
      advice: advise(trainer),
      ...{ guess, playing, lr, steps_per_second, stop_at },
    };
  }

  /** The first that holds. */
  #status() {
    if (this.#trainer.divergedAt !== null) return "diverged";
    if (this.#snapshot.playing) return "playing";
    if (this.#trainer.converged) return "converged";
    return this.#trainer.step ? "paused" : "ready";
  }
}
