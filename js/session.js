// What every view of one widget sees and does: the rows, the settings, where playing is.
// One session per model, however many cells show it. Knows neither Jupyter nor pictures: rows
// come from a source, and views subscribe.

import { History } from "./history.js";
import { Player, pageClock } from "./player.js";
import { bowlOf, gradient } from "./quadratic.js";

/**
 * What views draw from.
 * @typedef {object} View
 * @property {History} history
 * @property {import("./history.js").Row} row  the row shown
 * @property {number} seen  the last step that has been shown; rows after it are not drawn
 * @property {Points} points
 * @property {import("./kernel-source.js").Labels} labels
 * @property {number} lr
 * @property {number} stepsPerSecond
 * @property {boolean} playing
 * @property {number} stopAt  the step at which playing pauses
 * @property {string} status  as the kernel says it: ready, paused, converged, diverged, ...
 * @property {string} advice
 * @property {Problem | null} problem  the last error, until something succeeds
 * @property {import("./kernel-source.js").Link} link
 *
 * @typedef {{ x: Float64Array, y: Float64Array }} Points
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {{ at: number, remove: number, insert: Params[] }} Edit
 * @typedef {{ message: string, hint: string, traceback: string }} Problem
 */

export class Session {
  #source;
  #player;
  #clock;
  #history = new History();
  /** @type {Set<() => void>} */
  #views = new Set();
  #frame = 0;
  /** What takes back the edits of points made here. @type {Edit[]} */
  #edits = [];

  /** What there is to draw; null until the first row is known. @type {View | null} */
  view = null;

  /**
   * @param {import("./kernel-source.js").KernelSource} source
   * @param {import("./player.js").Clock} [clock]
   */
  constructor(source, clock = pageClock) {
    this.#source = source;
    this.#clock = clock;
    const events = {
      show: (/** @type {number} */ step) => {
        this.#show(step);
        this.#draw(); // the player is in a frame: waiting for the next would cost one
      },
      stopped: () => this.#halt(),
      failed: () => this.#giveUp(),
    };
    this.#player = new Player(source, this.#history, events, clock);
    source.open({
      opened: (snapshot, points, rows) => this.#open(snapshot, points, rows),
      changed: (state) => this.#adopt(state),
      arrived: (rows, after, isNow) => this.#follow(rows, after, isNow),
      failed: (message, hint, traceback) => this.#failed({ message, hint, traceback }),
      linked: (link) => this.#linked(link),
    });
  }

  /**
   * Be called, at most once a frame, when there is something new to draw.
   * @param {() => void} draw
   * @returns {() => void} end the subscription
   */
  subscribe(draw) {
    this.#views.add(draw);
    this.#resume();
    return () => {
      this.#views.delete(draw);
      // Nobody looks: nothing is asked for. The kernel still knows that it was playing.
      if (this.#views.size === 0) this.#player.stop();
    };
  }

  close() {
    this.#player.stop();
    this.#source.close();
    this.#clock.cancelFrame(this.#frame);
    this.#views.clear();
  }

  // --------------------------------------------------------------------- what a person does

  play() {
    const view = this.#act();
    view.playing = true;
    // Rows are asked for without waiting: where the kernel turns out to be elsewhere, it says so
    // instead of sending any.
    this.#command("set", { changes: { playing: true }, step: view.row.step }, false);
    this.#run(view.stepsPerSecond, Number.POSITIVE_INFINITY);
  }

  pause() {
    const view = this.#act();
    this.#player.stop();
    view.playing = false;
    this.#history.truncate(view.seen);
    this.#command("set", { changes: { playing: false }, step: view.row.step });
  }

  step() {
    const view = this.#act();
    if (view.playing) this.pause();
    const from = this.#player.running ? this.#player.until : view.row.step;
    if (this.#player.running) this.#player.until = from + 1;
    else this.#run(Number.POSITIVE_INFINITY, from + 1);
  }

  back() {
    this.seek(this.#shownView().row.step - 1);
  }

  /**
   * Go to an earlier step, or to a later one that has been seen.
   * @param {number} step
   */
  seek(step) {
    const view = this.#act();
    this.#player.stop();
    this.#history.truncate(view.seen);
    step = Math.max(0, Math.min(Math.round(step), view.seen));
    // Of a long run every k-th row is known here; the very one comes with the kernel's answer.
    this.#show(step);
    const changes = view.playing ? { playing: false } : undefined;
    view.playing = false;
    if (changes) this.#command("set", { changes, step });
    else this.#command("seek", { step });
  }

  reset() {
    const view = this.#act();
    this.#player.stop();
    view.playing = false;
    if (this.#history.has(0)) {
      view.seen = 0;
      this.#history.truncate(0);
      this.#show(0);
    }
    this.#command("reset");
  }

  newData() {
    this.#player.stop();
    this.#edits = [];
    this.#act().playing = false;
    this.#command("new_data");
  }

  /**
   * Begin again from another line. What it is worth is known here at once; the kernel follows.
   * @param {Params} params  slope, intercept
   */
  setGuess(params) {
    const view = this.#act();
    this.#player.stop();
    view.playing = false;
    this.#beginAt(params);
    this.#command("set", { changes: { guess: params } });
  }

  /**
   * Replace some points by others; training begins again from the line that is shown.
   * @param {number} at  the place of the first one replaced
   * @param {number} remove  how many are
   * @param {Params[]} insert  x and y of those in their place
   * @param {boolean} [goesOn]  part of the edit before, as when a point is dragged further
   */
  editPoints(at, remove, insert, goesOn = false) {
    const { x, y } = this.#act().points;
    const removed = Array.from(
      { length: remove },
      (_, i) => /** @type {Params} */ ([x[at + i], y[at + i]]),
    );
    if (!goesOn) this.#edits.push({ at, remove: insert.length, insert: removed });
    this.#edit({ at, remove, insert });
  }

  /** Take back the last edit of points that there is. */
  undo() {
    this.#act();
    const edit = this.#edits.pop();
    if (edit) this.#edit(edit);
  }

  /** @param {Edit} edit */
  #edit({ at, remove, insert }) {
    const view = this.#shownView();
    const { step, slope, intercept } = view.row;
    this.#player.stop();
    view.playing = false;
    view.points = spliced(view.points, at, remove, insert);
    view.labels = { ...view.labels, bowl: bowlOf(view.points.x, view.points.y) };
    this.#beginAt([slope, intercept]);
    this.#command("edit", { step, at, remove, insert });
  }

  /** @param {Params} params */
  #beginAt([slope, intercept]) {
    const view = this.#shownView();
    const row = [0, slope, intercept, ...gradient(view.labels.bowl, [slope, intercept]), view.lr];
    this.#history.write(Float64Array.from(row));
    view.seen = 0;
    view.row = this.#history.rowAt(0);
    this.#changed();
  }

  /** @param {number | string} lr  as typed: the kernel judges it */
  setLr(lr) {
    const view = this.#act();
    if (typeof lr === "number" && lr > 0 && lr < Number.POSITIVE_INFINITY) view.lr = lr;
    this.#command("set", { changes: { lr }, step: view.row.step });
    if (this.#player.running) this.#run(this.#player.rate, this.#player.until);
  }

  /** @param {number | string} rate  steps a second, as typed: the kernel judges it */
  setSpeed(rate) {
    const view = this.#act();
    if (typeof rate === "number") {
      view.stepsPerSecond = rate;
      if (view.playing) this.#player.rate = rate;
    }
    this.#attempt(this.#source.setting({ steps_per_second: rate }));
  }

  // ---------------------------------------------------------------------- what happens here

  #shownView() {
    if (!this.view) throw new Error("nothing is shown yet");
    return this.view;
  }

  /** The view, about to change because someone wants it to: an earlier error is history. */
  #act() {
    const view = this.#shownView();
    view.problem = null;
    return view;
  }

  /**
   * Go on from the step shown. What comes after it is replayed while training would make it
   * again, and forgotten from where it would not.
   * @param {number} rate
   * @param {number} until
   */
  #run(rate, until) {
    const { row, lr } = this.#shownView();
    this.#history.truncate(this.#history.replayableTo(row.step, lr));
    this.#player.rate = rate;
    this.#player.until = until;
    this.#player.start(row.step);
    this.#changed();
  }

  /** The player has come to its end, of a step or of playing. */
  #halt() {
    const view = this.#shownView();
    if (view.playing) this.pause();
    else this.#command("seek", { step: view.row.step });
  }

  /** The source could not answer; why has been shown. */
  #giveUp() {
    this.#shownView().playing = false;
    this.#source.refresh();
    this.#changed();
  }

  /** @param {number} step */
  #show(step) {
    const view = this.#shownView();
    view.row = this.#history.rowAt(Math.max(0, this.#history.indexOf(step)));
    view.status = ""; // of this step the kernel has yet to say it
    view.seen = Math.min(Math.max(view.seen, view.row.step), this.#history.last);
    this.#changed();
  }

  /**
   * @param {import("./kernel-source.js").CommandType} type
   * @param {object} [fields]
   * @param {boolean} [moves]
   */
  #command(type, fields, moves) {
    this.#attempt(this.#source.command(type, fields, moves));
    this.#changed();
  }

  /** @param {Promise<void>} answer */
  async #attempt(answer) {
    try {
      await answer;
    } catch {
      // Why has been shown. What is so now, after what was not done, is for the kernel to say.
      this.#source.refresh();
    }
  }

  #resume() {
    const view = this.view;
    if (!view?.playing || this.#views.size === 0 || this.#player.running) return;
    this.#run(view.stepsPerSecond, view.stopAt);
  }

  // ----------------------------------------------------------------------- what the source says

  /**
   * @param {import("./kernel-source.js").Snapshot} snapshot
   * @param {Float32Array} offsets
   * @param {Float64Array} rows
   */
  #open(snapshot, offsets, rows) {
    const { spread, bowl } = snapshot;
    const { mean_x, mean_y } = bowl;
    const n = offsets.length / 2;
    const points = {
      x: Float64Array.from(offsets.subarray(0, n), (offset) => mean_x + spread[0] * offset),
      y: Float64Array.from(offsets.subarray(n), (offset) => mean_y + spread[1] * offset),
    };
    this.#history.write(rows, -1);
    this.#history.put(snapshot.row);
    this.view ??= {
      history: this.#history,
      row: this.#history.rowAt(0),
      seen: snapshot.row[0],
      points,
      labels: snapshot,
      lr: snapshot.lr,
      stepsPerSecond: snapshot.steps_per_second,
      stopAt: Number.POSITIVE_INFINITY,
      playing: false,
      status: "",
      advice: "",
      problem: null,
      link: "connecting",
    };
    Object.assign(this.view, { points, labels: snapshot });
    this.#adopt(snapshot);
  }

  /** @param {import("./kernel-source.js").State} state */
  #adopt(state) {
    const view = this.#shownView();
    const [kernelStep] = state.row;
    const stepping = this.#player.running && !view.playing;
    this.#history.truncate(state.n_rows - 1);
    this.#history.put(state.row);
    view.lr = state.lr;
    view.stepsPerSecond = state.steps_per_second;
    view.advice = state.advice;
    view.playing = state.playing;
    view.stopAt = state.stop_at ?? Number.POSITIVE_INFINITY;
    // Playing, the kernel is ahead by the rows that are still to be shown; there is no need to
    // jump there. A step that was just pressed for goes on from where it is, too.
    const goesOn = this.#player.running && (state.playing || stepping);
    if (!goesOn || view.row.step > kernelStep || !this.#history.has(view.row.step)) {
      this.#player.stop();
      view.seen = Math.max(view.seen, kernelStep);
      this.#show(kernelStep);
    } else if (state.playing) {
      this.#player.rate = state.steps_per_second;
      this.#player.until = view.stopAt;
    }
    view.status = state.status;
    this.#resume();
    this.#changed();
  }

  /**
   * Rows came by themselves: Python trains in a cell, or another page plays.
   * @param {Float64Array} rows
   * @param {number} after  the step they follow
   * @param {boolean} isNow  whether training is at the last of them
   */
  #follow(rows, after, isNow) {
    if (!this.view || rows.length === 0) return;
    if (after > this.#history.last) return this.#source.refresh(); // there were others before
    this.#history.write(rows, after);
    if (!isNow) return;
    this.#player.stop();
    this.#show(this.#history.last);
    this.#resume();
  }

  /** @param {Problem} problem */
  #failed(problem) {
    if (this.view) this.view.problem = problem;
    this.#changed();
  }

  /** @param {import("./kernel-source.js").Link} link */
  #linked(link) {
    if (!this.view) return;
    this.view.link = link;
    if (link === "gone") {
      this.#player.stop();
      this.view.playing = false;
    }
    this.#changed();
  }

  #changed() {
    if (this.#frame || this.#views.size === 0) return;
    this.#frame = this.#clock.requestFrame(() => this.#draw());
  }

  #draw() {
    if (this.#frame) this.#clock.cancelFrame(this.#frame);
    this.#frame = 0;
    for (const draw of this.#views) draw();
  }
}

/**
 * @param {Points} points
 * @param {number} at
 * @param {number} remove
 * @param {Params[]} insert
 * @returns {Points}
 */
function spliced({ x, y }, at, remove, insert) {
  const replace = (/** @type {Float64Array} */ values, /** @type {number[]} */ others) =>
    Float64Array.from([...values.subarray(0, at), ...others, ...values.subarray(at + remove)]);
  return {
    x: replace(
      x,
      insert.map(([first]) => first),
    ),
    y: replace(
      y,
      insert.map(([, second]) => second),
    ),
  };
}
