// Rows computed in this page, where no kernel does: the twin of gd_widget/page/session.py, with the
// interface of KernelSource. It answers as a kernel would that is always there and quick.

import { diagnose } from "../core/diagnoses.js";
import { makeLine } from "../core/make-line.js";
import { countIn, overview } from "../core/picture.js";
import { tablesOf } from "../core/table.js";
import { perEpoch } from "../core/stretches.js";
import { pageClock } from "../core/clock.js";
import { spliced } from "../core/points.js";
import { bowlOf, mustBeFinite } from "../core/quadratic.js";
import { Race, runNames } from "../core/race.js";
import { POSITIVE, SETTINGS, check } from "../core/settings.js";
import { Trainer, whyNot } from "../core/trainer.js";
import { sentence } from "../words/sentence.js";

const SLICE = 10; // milliseconds of computing, then the page is to have a frame
const MOST_FILLED = 20_000; // rows that are made again at once; of longer runs, when they are gone to

/**
 * @typedef {import("./source.js").Listener} Listener
 * @typedef {import("./source.js").Snapshot} Snapshot
 * @typedef {import("./source.js").Tables} Tables
 * @typedef {import("./source.js").CommandType} CommandType
 * @typedef {import("../core/points.js").Points} Points
 *
 * Everything there is to know of a session: where to go on from.
 * @typedef {{ snapshot: Snapshot, points: Points, rows: Tables,
 *   picture: import("../core/picture.js").Picture | null }} Known
 */

export class BrowserSource {
  #race;
  #snapshot;
  #picture;
  #clock;
  /** @type {Listener | null} */
  #listener = null;
  #asked = 0; // counts the times that rows asked for before were no longer wanted
  #isFilled;
  #filling = 0; // the frame in which more rows are made again
  /** Settled once the page may compute again. @type {Promise<unknown>} */
  #free = Promise.resolve();

  /** @param {Known} known @param {import("../core/clock.js").Clock} [clock] */
  constructor({ snapshot, points, rows, picture }, clock = pageClock) {
    this.#clock = clock;
    this.#snapshot = { ...snapshot };
    this.#picture = picture;
    const trainers = snapshot.runs.map((run, i) => {
      const { optimizer, outside, lr, row, stretch, diverged_at } = run;
      // Of a rule that heeds no rate, a kernel may not have said it.
      const settings = { ...snapshot, optimizer, outside, lr: lr ?? 0.1 };
      const trainer = new Trainer(snapshot.bowl, points, settings);
      trainer.table.write(rows.rows[i], -1, rows.stretches[i], rows.widths[i]);
      // Of a long run every k-th row was kept: the current one may not be among them.
      trainer.table.put(row, stretch);
      trainer.step = /** @type {number} */ (row[0]);
      trainer.divergedAt = diverged_at;
      return trainer;
    });
    this.#race = new Race(trainers);
    this.#isFilled = this.#fill();
  }

  /** @param {Listener} listener */
  open(listener) {
    this.#listener = listener;
    this.#tellAll();
    if (!this.#isFilled) this.#fillOn();
  }

  close() {
    this.#listener = null;
    this.#clock.cancelFrame(this.#filling);
  }

  /** What the page has done already may have been refused. */
  refresh() {
    this.#tellAll();
  }

  /**
   * The rows after a step, or as many as there is time for: see Source in source.js.
   * @param {number} after
   * @param {number} steps
   * @returns {Promise<import("./source.js").Answer | null>}
   */
  async pull(after, steps) {
    const asked = this.#asked;
    // What the page does now comes first. Of several that wait for a frame, one goes on in it.
    for (let free; free !== this.#free;) await (free = this.#free);
    if (asked !== this.#asked) return null;
    const isLate = this.#timer();
    const race = this.#race;
    const start = Math.min(after, race.last);
    const goal = after + steps;
    const { playing } = this.#snapshot;
    this.#snapshot.playing = false; // as in a kernel, where training fails there is nothing to play
    const ended = goal > race.step ? this.#guarded(() => race.trainTo(goal, isLate)) : "";
    this.#snapshot.playing = playing;
    if (isLate()) this.#free = new Promise(this.#clock.requestFrame);
    return { after: start, ...this.#tables(start, Math.min(goal, race.step)), ended };
  }

  /**
   * Do something, and then tell the listener what is so now; or why it cannot be done.
   * @param {CommandType} type
   * @param {Record<string, any>} [fields]
   * @returns {Promise<void>}
   */
  async command(type, fields = {}) {
    this.#asked += 1;
    const isAllNew = this.#guarded(() => this.#do(type, fields));
    await null; // as from a kernel: what the page goes on to do now comes first
    if (isAllNew) this.#tellAll();
    else this.#tell();
  }

  /** @param {Record<string, any>} changes */
  async setting(changes) {
    await this.command("set", { changes });
  }

  /** @type {import("./source.js").Source["picture"]} */
  async picture(x, y) {
    const { points, bowl } = this.#race.trainers[0];
    return points.x.length === bowl.n ? countIn(points, x, y) : null;
  }

  /** Make rows again that were left out, for a while; whether that is done. */
  #fill() {
    const isLate = this.#timer();
    const { trainers } = this.#race;
    return trainers.every((one) => one.fillGaps(MOST_FILLED / trainers.length, isLate));
  }

  /** Make the others, some in each frame, and tell of them once there are all. */
  #fillOn() {
    this.#filling = this.#clock.requestFrame(() => {
      if (this.#fill()) this.#tellAll();
      else this.#fillOn();
    });
  }

  /** Tells when computing has taken its time. */
  #timer() {
    const end = this.#clock.now() + SLICE;
    return () => this.#clock.now() >= end;
  }

  /** @template T @param {() => T} act @returns {T} */
  #guarded(act) {
    try {
      return act();
    } catch (error) {
      this.#listener?.failed({ message: /** @type {Error} */ (error).message });
      throw error;
    }
  }

  /**
   * @param {CommandType} type
   * @param {Record<string, any>} fields
   * @returns {boolean} whether there is more to tell than the state
   */
  #do(type, { step, changes = {}, at, remove, insert }) {
    const race = this.#race;
    const [first] = race.trainers;
    const { playing, steps_per_second, ...others } = changes;
    const goesOn = playing || type in { edit: 1, new_data: 1, reset: 1 } || Object.keys(others)[0];
    const over = race.trainers.find(({ settings }) => settings.outside);
    if (over && goesOn) throw new Error(whyNot(over.plan, over));
    const { guess } = this.#snapshot;
    let isAllNew = type === "edit" || type === "new_data";
    if (type === "edit") {
      // A race shows several lines, and begins again at the guess.
      const { params } = first.table.rowAt(first.table.indexOf(step));
      const points = spliced(first.points, at, remove, insert);
      this.#usePoints(points, race.trainers.length > 1 ? guess : params);
    } else if (step !== undefined) {
      race.seek(step);
    }
    if (type === "new_data") this.#makePoints();
    if (type === "reset") race.begin(guess);
    if (type === "set") isAllNew = this.#set(changes);
    else if (type !== "seek") Object.assign(this.#snapshot, { playing: false, stop_at: null });
    return isAllNew;
  }

  /**
   * @param {Record<string, any>} changes
   * @returns {boolean} whether a run is longer now
   */
  #set(changes) {
    const race = this.#race;
    for (const [name, value] of Object.entries(changes)) {
      const rule = { ...SETTINGS, steps_per_second: POSITIVE }[name];
      if (rule) check(name, value, rule);
    }
    if (changes.guess) {
      race.begin(changes.guess);
      changes = { ...changes, playing: false };
    }
    Object.assign(this.#snapshot, changes);
    const epoch = () => perEpoch(race.trainers[0].plan, race.trainers[0].bowl.n);
    const before = epoch();
    const isLonger = race.set(changes);
    if (changes.playing !== undefined || epoch() !== before) {
      const { n_epochs, playing } = this.#snapshot;
      const isEndless = n_epochs === null || !playing;
      this.#snapshot.stop_at = isEndless ? null : race.step + n_epochs * epoch();
    }
    return isLonger;
  }

  /** Other points, made as those before were, from the next seed. */
  #makePoints() {
    const { makes, guess } = this.#snapshot;
    if (!makes) throw new Error("new_data makes points, and this widget shows your own x and y");
    const seed = BigInt(makes.seed) + 1n;
    const next = { ...makes, seed: seed > Number.MAX_SAFE_INTEGER ? String(seed) : Number(seed) };
    this.#usePoints(makeLine(next), guess);
    this.#snapshot.makes = next;
  }

  /** @param {Points} points @param {import("../core/quadratic.js").Params} start */
  #usePoints(points, start) {
    const bowl = bowlOf([points.x], points.y);
    mustBeFinite(bowl, points);
    this.#race.begin(start, bowl, points);
    this.#snapshot.bowl = bowl;
    this.#picture = overview(points);
  }

  // ----------------------------------------------------------------- what the page is told

  #tell() {
    this.#listener?.changed(this.#state());
  }

  #tellAll() {
    const { points } = this.#race.trainers[0];
    this.#listener?.opened(this.#state(), points, this.#tables(), this.#picture);
  }

  /**
   * @param {number} [after]
   * @param {number} [to]
   * @returns {Tables}
   */
  #tables(after, to) {
    return tablesOf(
      this.#race.trainers.map(({ table }) => table),
      after,
      to,
    );
  }

  /** @returns {Snapshot} */
  #state() {
    const { trainers, step } = this.#race;
    const names = runNames(trainers.map(({ plan }) => plan));
    const runs = trainers.map(({ table, settings, step, divergedAt }, i) => ({
      name: names[i],
      optimizer: settings.optimizer,
      outside: Boolean(settings.outside),
      lr: settings.lr,
      n_rows: table.last + 1,
      diverged_at: divergedAt,
      row: table.rows(step - 1, step),
      stretch: table.stretchAt(step),
    }));
    const advice = sentence(diagnose(trainers, names)[0]);
    return { ...this.#snapshot, runs, step, status: this.#status(), advice };
  }

  /** The first that holds. */
  #status() {
    const race = this.#race;
    if (race.diverged) return "diverged";
    if (this.#snapshot.playing) return "playing";
    if (race.converged) return "converged";
    return race.step ? "paused" : "ready";
  }
}
