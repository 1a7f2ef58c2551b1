// What every view of one widget sees and does: the rows, the settings, where playing is.
// One session per model, however many cells show it. Knows neither Jupyter nor pictures: rows
// come from a source, and views subscribe. Where the source is a kernel that is gone, the page
// itself becomes the source, from the row shown.

import { BrowserSource } from "./browser-source.js";
import { History } from "./history.js";
import { Player, pageClock } from "./player.js";
import { spliced } from "./points.js";
import { bowlOf } from "./quadratic.js";
import { rowOf } from "./trainer.js";

/**
 * What views draw from.
 * @typedef {object} View
 * @property {History} history
 * @property {import("./history.js").Row} row  the row shown
 * @property {number} seen  the last step that has been shown; rows after it are not drawn
 * @property {Points} points
 * @property {import("./source.js").Labels} labels
 * @property {number} lr
 * @property {Params} guess
 * @property {number} stepsPerSecond
 * @property {boolean} playing
 * @property {number} stopAt  the step at which playing pauses
 * @property {string} status  as the kernel says it: ready, paused, converged, diverged, ...
 * @property {string} advice
 * @property {Problem | null} problem  the last error, until something succeeds
 * @property {import("./source.js").Link} link  where the kernel is
 * @property {boolean} isHere  whether this page computes, and no kernel
 *
 * @typedef {import("./points.js").Points} Points
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {{ at: number, remove: number, insert: Params[] }} Edit
 * @typedef {{ message: string, hint: string, traceback: string }} Problem
 */

export class Session {
  /** Who is asked for rows. @type {Source} */
  #source;
  /** The page as a source, once it has been one. @type {Source | null} */
  #here = null;
  /** @type {KernelSource | null} */
  #kernel = null;
  /** @type {import("./source.js").Link} */
  #link = "connecting";
  #wentOnHere = false; // whether the page has done what a kernel does not know of
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

  /** Whether there never will be anything: no kernel, and nothing that one has left here. */
  isEmpty = false;

  /**
   * @typedef {import("./source.js").Source} Source
   * @typedef {import("./kernel-source.js").KernelSource} KernelSource
   *
   * @param {KernelSource | BrowserSource} source
   * @param {import("./player.js").Clock} [clock]
   */
  constructor(source, clock = pageClock) {
    this.#source = source;
    if (source instanceof BrowserSource) this.#here = source;
    else this.#kernel = source;
    this.#clock = clock;
    const events = {
      show: (/** @type {number} */ step) => {
        this.#show(step);
        this.#draw(); // the player is in a frame: waiting for the next would cost one
      },
      stopped: () => this.#halt(),
      failed: () => this.#giveUp(),
    };
    const rows = {
      pull: (/** @type {number} */ after, /** @type {number} */ steps) =>
        this.#source.pull(after, steps),
    };
    this.#player = new Player(rows, this.#history, events, clock);
    this.#listenTo(source);
  }

  /** @param {Source} source */
  #listenTo(source) {
    // What a kernel says that has been left is no longer of interest, but that it answers is.
    const heard = (/** @type {() => void} */ take) => {
      if (source === this.#source) take();
    };
    source.open({
      opened: (snapshot, points, rows) => heard(() => this.#open(snapshot, points, rows)),
      changed: (state) => heard(() => this.#adopt(state)),
      arrived: (rows, after, isNow) => heard(() => this.#follow(rows, after, isNow)),
      failed: (message, hint, traceback) => heard(() => this.#failed({ message, hint, traceback })),
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
    this.#kernel?.close();
    this.#here?.close();
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
    this.#run(view.stepsPerSecond, Infinity);
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
    else this.#run(Infinity, from + 1);
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
    view.guess = params;
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
  #beginAt(params) {
    const view = this.#shownView();
    const row = rowOf(0, params, view.labels.bowl, view.lr);
    this.#history.write(Float64Array.from(row));
    view.seen = 0;
    view.row = this.#history.rowAt(0);
    this.#changed();
  }

  /** @param {number | string} lr  as typed: the kernel judges it */
  setLr(lr) {
    const view = this.#act();
    if (typeof lr === "number" && lr > 0 && lr < Infinity) view.lr = lr;
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
    this.#attempt((source) => source.setting({ steps_per_second: rate }));
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
    this.#wentOnHere ||= view.isHere;
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
   * @param {import("./source.js").CommandType} type
   * @param {object} [fields]
   * @param {boolean} [moves]
   */
  #command(type, fields, moves) {
    // What an edit does has been done in this page already: it is not for the page to do again.
    this.#attempt((source) => source.command(type, fields, moves), type !== "edit");
    this.#changed();
  }

  /**
   * @param {(source: Source) => Promise<void>} ask
   * @param {boolean} [isForAny]  whether the page may do what a kernel has not
   */
  async #attempt(ask, isForAny = true) {
    const source = this.#source;
    try {
      await ask(source);
    } catch {
      // Why has been shown. What is so now, after what was not done, is for the source to say.
      if (source === this.#source) source.refresh();
      else if (isForAny) {
        this.#wentOnHere ||= source === this.#kernel;
        this.#attempt(ask);
      }
    }
  }

  #resume() {
    const view = this.view;
    if (!view?.playing || this.#views.size === 0 || this.#player.running) return;
    this.#run(view.stepsPerSecond, view.stopAt);
  }

  // ----------------------------------------------------------------------- what the source says

  /**
   * @param {import("./source.js").Snapshot} snapshot
   * @param {Points} points
   * @param {Float64Array} rows
   */
  #open(snapshot, points, rows) {
    this.#history.write(rows, -1);
    this.#history.put(snapshot.row);
    this.view ??= {
      history: this.#history,
      row: this.#history.rowAt(0),
      seen: snapshot.row[0],
      points,
      labels: snapshot,
      lr: snapshot.lr,
      guess: snapshot.guess,
      stepsPerSecond: snapshot.steps_per_second,
      stopAt: Infinity,
      playing: false,
      status: "",
      advice: "",
      problem: null,
      link: this.#kernel ? this.#link : "static",
      isHere: !this.#kernel,
    };
    Object.assign(this.view, { points, labels: snapshot });
    this.#adopt(snapshot);
  }

  /** @param {import("./source.js").State} state */
  #adopt(state) {
    const view = this.#shownView();
    const [kernelStep] = state.row;
    const stepping = this.#player.running && !view.playing;
    this.#history.truncate(state.n_rows - 1);
    this.#history.put(state.row);
    view.lr = state.lr;
    view.guess = state.guess;
    view.stepsPerSecond = state.steps_per_second;
    view.advice = state.advice;
    view.playing = state.playing;
    view.stopAt = state.stop_at ?? Infinity;
    // Playing, the kernel is ahead by the rows that are still to be shown; there is no need to
    // jump there. A step that was just pressed for goes on from where it is, too.
    const goesOn = this.#player.running && (state.playing || stepping);
    if (goesOn) this.#history.truncate(this.#history.replayableTo(kernelStep, state.lr));
    if (!goesOn || view.row.step > kernelStep || !this.#history.has(view.row.step)) {
      this.#player.stop();
      view.seen = Math.max(view.seen, kernelStep);
      this.#show(kernelStep);
    } else {
      view.row = this.#history.rowAt(this.#history.indexOf(view.row.step));
      if (state.playing) {
        this.#player.rate = state.steps_per_second;
        this.#player.until = view.stopAt;
      }
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

  // ------------------------------------------------------------------ the kernel, or this page

  /** @param {import("./source.js").Link} link */
  #linked(link) {
    const { view } = this;
    const isGone = link === "gone" || link === "static";
    this.isEmpty = isGone && !view;
    this.#link = link;
    if (!view) return this.#changed();
    view.link = link;
    if (isGone) this.goOnHere();
    // What was done here meanwhile would be lost: to go back is then for the person to say.
    if (link === "live" && view.isHere && !this.#wentOnHere) this.goBack();
    this.#changed();
  }

  /** Have this page compute, from the row shown. */
  goOnHere() {
    const view = this.#shownView();
    if (view.isHere) return;
    view.isHere = true;
    this.#wentOnHere = view.playing || this.#player.running;
    const { row, playing, lr, guess, stopAt, history } = view;
    history.truncate(view.seen); // what was never shown is computed here
    const state = {
      row: Object.values(row),
      n_rows: history.last + 1,
      stop_at: Number.isFinite(stopAt) ? stopAt : null,
      steps_per_second: view.stepsPerSecond,
      ...{ playing, lr, guess, status: view.status, advice: "" },
    };
    const snapshot = { ...view.labels, ...state };
    this.#here = new BrowserSource({ snapshot, points: view.points, rows: history.rows() });
    this.#source = this.#here;
    this.#kernel?.leave();
    this.#listenTo(this.#here);
  }

  /** Have the kernel compute again, from where it is. */
  goBack() {
    const view = this.#shownView();
    if (!this.#kernel) return;
    this.#here?.close();
    this.#source = this.#kernel;
    this.#player.stop();
    view.isHere = false;
    if (this.#wentOnHere) this.#command("set", { changes: { playing: view.playing } });
    this.#wentOnHere = false;
    this.#edits = [];
    this.#source.refresh();
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
