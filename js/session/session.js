// What every view of one widget sees and does: the rows, the settings, where playing is.
// One session per model, however many cells show it. Knows neither Jupyter nor pictures: rows
// come from a source, and views subscribe.

import { EitherSource } from "../sources/switching.js";
import { pageClock } from "../core/clock.js";
import { Player } from "./player.js";
import { spliced } from "../core/points.js";
import { bowlOf } from "../core/quadratic.js";
import { Runs } from "./runs.js";
import { SETTINGS } from "../core/settings.js";
import { isOver, knownOf, settingsOf, viewOf } from "./view.js";

/**
 * @typedef {import("./view.js").View} View
 * @typedef {import("./runs.js").Run} Run
 * @typedef {import("../core/points.js").Points} Points
 * @typedef {import("../core/quadratic.js").Params} Params
 * @typedef {import("../sources/source.js").Problem} Problem
 * @typedef {{ at: number, remove: number, insert: Params[] }} Edit
 */

export class Session {
  /** Who is asked for rows. */
  #source;
  #player;
  #clock;
  #runs = new Runs();
  /** @type {Set<() => void>} */
  #views = new Set();
  #frame = 0;
  /** What takes back the edits of points made here. @type {Edit[]} */
  #edits = [];
  #unanswered = 0; // edits that the source has yet to answer
  #speeds = 0; // changes of the speed that it has yet to answer
  /** The error that was shown when training was last asked for. @type {Problem | null} */
  #before = null;

  /** What there is to draw; null until the first row is known. @type {View | null} */
  view = null;

  /** Whether there never will be anything: no kernel, and nothing that one has left here. */
  isEmpty = false;

  /** Why, where something went wrong. */
  reason = "";

  /**
   * @param {import("../sources/kernel.js").KernelSource |
   *   import("../sources/browser.js").BrowserSource} source
   * @param {import("../core/clock.js").Clock} [clock]
   */
  constructor(source, clock = pageClock) {
    this.#source = new EitherSource(source, clock);
    this.#clock = clock;
    const events = {
      show: (/** @type {number} */ step) => {
        this.#tryingOver();
        this.#show(step);
        this.#draw(); // the player is in a frame: waiting for the next would cost one
      },
      stopped: () => this.#halt(),
      failed: () => this.#giveUp(),
    };
    const runs = this.#runs;
    const table = {
      get last() {
        return runs.last;
      },
      write: (/** @type {import("../sources/source.js").Answer} */ answer) => this.#write(answer),
    };
    this.#player = new Player(this.#source, table, events, clock);
    this.#source.open({
      opened: (...all) => this.#open(...all),
      changed: (state) => this.#adopt(state),
      arrived: (answer, isNow) => this.#follow(answer, isNow),
      failed: (problem) => this.#failed(problem),
      linked: () => this.#linked(),
      known: () => this.#known(),
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
    const view = this.#try();
    view.playing = true;
    // Rows are asked for without waiting: where the kernel turns out to be elsewhere, it says so
    // instead of sending any.
    this.#command("set", { changes: { playing: true }, step: view.step }, false);
    this.#run(view.stepsPerSecond, Infinity);
  }

  pause() {
    const view = this.#act();
    this.#player.stop();
    view.playing = false;
    this.#runs.truncate(view.seen);
    this.#command("set", { changes: { playing: false }, step: view.step });
  }

  step() {
    const view = this.#try();
    if (view.playing) this.pause();
    const from = this.#player.running ? this.#player.until : view.step;
    if (this.#player.running) this.#player.until = from + 1;
    else this.#run(Infinity, from + 1);
  }

  back() {
    this.seek(this.#shownView().step - 1);
  }

  /**
   * Go to an earlier step, or to a later one that has been seen.
   * @param {number} step
   */
  seek(step) {
    const view = this.#act();
    this.#player.stop();
    this.#runs.truncate(view.seen);
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
    view.resets += 1;
    this.#player.stop();
    view.playing = false;
    if (this.#runs.has(0) && !isOver(view)) {
      view.seen = 0;
      this.#runs.truncate(0);
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
  async #edit({ at, remove, insert }) {
    const view = this.#shownView();
    const { step, runs, row } = view;
    this.#player.stop();
    view.playing = false;
    view.points = spliced(view.points, at, remove, insert);
    view.labels = { ...view.labels, bowl: bowlOf(view.points.x, view.points.y) };
    // A race shows several lines, and begins again at the guess.
    this.#beginAt(runs.length > 1 ? view.guess : [row.slope, row.intercept]);
    this.#unanswered += 1;
    // What was refused is not there to be taken back.
    if (!(await this.#command("edit", { step, at, remove, insert }))) this.#edits = [];
    this.#unanswered -= 1;
  }

  /** @param {Params} params */
  #beginAt(params) {
    const view = this.#shownView();
    if (isOver(view)) return;
    this.#runs.begin(params, view.labels.bowl);
    view.step = view.seen = 0;
    this.#changed();
  }

  /**
   * Have the controls, the code and the read-out speak of another run.
   * @param {number} i
   */
  choose(i) {
    this.#shownView().chosen = i;
    this.#changed();
  }

  /** @param {number | string} lr  of the chosen run, as typed: the kernel judges it */
  setLr(lr) {
    this.#setOwn("lr", lr);
  }

  /** @param {string} name  of the chosen run's rule */
  setOptimizer(name) {
    this.#setOwn("optimizer", name);
  }

  /** @param {"lr" | "optimizer"} name @param {unknown} value */
  #setOwn(name, value) {
    const { runs, chosen } = this.#shownView();
    // Where one run is shown there is no list. What the page does not know is of no account.
    const all = runs.map((run, i) => (i === chosen ? value : (run[name] ?? 0.1)));
    this.setRule({ [name]: all.length > 1 ? all : value });
  }

  /**
   * Change the rules of the steps to come.
   * @param {Record<string, any>} changes  lr and optimizer may be lists, with one for each run
   */
  setRule(changes) {
    const view = this.#act();
    for (const [name, value] of Object.entries(changes)) {
      const [, isRight] = SETTINGS[name];
      if (name in view.settings) {
        if (isRight(value)) Object.assign(view.settings, { [name]: value });
        continue;
      }
      view.runs.forEach((run, i) => {
        const own = Array.isArray(value) ? value[i] : value;
        if (isRight(own) && !(run.outside && name === "optimizer"))
          Object.assign(run, { [name]: own });
      });
    }
    this.#command("set", { changes, step: view.step });
    if (this.#player.running) this.#run(this.#player.rate, this.#player.until);
  }

  /** @param {number | string} rate  steps a second, as typed: the kernel judges it */
  async setSpeed(rate) {
    const view = this.#act();
    if (typeof rate === "number") {
      view.stepsPerSecond = rate;
      if (view.playing) this.#player.rate = rate;
    }
    this.#speeds += 1;
    await this.#source.setting({ steps_per_second: rate });
    this.#speeds -= 1;
  }

  /**
   * A finer picture of the points in a part; null where there is none to be had.
   * @type {import("../sources/source.js").Source["picture"]}
   */
  async pictureOf(x, y) {
    return this.#source.picture(x, y).catch(() => null);
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
   * The view, about to train. An earlier error stays until there is something else to see: where
   * training fails again, nothing has moved.
   */
  #try() {
    const view = this.#shownView();
    this.#before = view.problem;
    return view;
  }

  #tryingOver() {
    const { view } = this;
    if (view && view.problem === this.#before) view.problem = null;
  }

  /**
   * Go on from the step shown. What comes after it is replayed while training would make it
   * again, and forgotten from where it would not.
   * @param {number} rate
   * @param {number} until
   */
  #run(rate, until) {
    const { step, settings } = this.#shownView();
    this.#runs.truncate(this.#runs.replayableTo(step, settings));
    this.#player.rate = rate;
    this.#player.until = until;
    this.#player.start(step);
    this.#changed();
  }

  /** The player has come to its end, of a step or of playing. */
  #halt() {
    const view = this.#act();
    if (view.playing) this.pause();
    else this.#command("seek", { step: view.step });
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
    this.#runs.show(step);
    view.step = Math.max(...view.runs.map(({ row }) => row.step));
    view.status = ""; // of this step the kernel has yet to say it
    view.seen = Math.min(Math.max(view.seen, view.step), this.#runs.last);
    this.#changed();
  }

  /**
   * @param {import("../sources/source.js").CommandType} type
   * @param {object} [fields]
   * @param {boolean} [moves]
   */
  #command(type, fields, moves) {
    const done = this.#source.command(type, fields, moves);
    this.#changed();
    return done;
  }

  #resume() {
    const view = this.view;
    if (!view?.playing || this.#views.size === 0 || this.#player.running) return;
    this.#run(view.stepsPerSecond, view.stopAt);
  }

  // ----------------------------------------------------------------------- what the source says

  /**
   * @param {import("../sources/source.js").Snapshot} snapshot
   * @param {Points} points
   * @param {import("../sources/source.js").Tables} tables
   * @param {import("../core/picture.js").Picture | null} picture
   */
  #open(snapshot, points, tables, picture) {
    const { bowl } = this.view?.labels ?? {};
    const isOther = JSON.stringify(bowl) !== JSON.stringify(snapshot.bowl);
    // Others have changed the points: edits of those before are none of these.
    if (isOther && !this.#unanswered) this.#edits = [];
    this.#runs.open(snapshot, tables);
    this.view ??= viewOf(this.#runs, this.#source, snapshot, { points, picture });
    Object.assign(this.view, { points, picture, labels: snapshot });
    this.#adopt(snapshot);
  }

  /** @param {import("../sources/source.js").State} state */
  #adopt(state) {
    const view = this.#shownView();
    const runs = this.#runs;
    const stepping = this.#player.running && !view.playing;
    const isMissing = runs.adopt(state.runs);
    view.settings = settingsOf(state);
    view.guess = state.guess;
    // An answer about the speed is about an earlier place of a slider that is still being dragged.
    if (this.#speeds < 2) view.stepsPerSecond = state.steps_per_second;
    view.advice = state.advice;
    view.printed = state.printed;
    view.playing = state.playing;
    view.stopAt = state.stop_at ?? Infinity;
    // Playing, the kernel is ahead by the rows that are still to be shown; there is no need to
    // jump there. A step that was just pressed for goes on from where it is, too.
    const goesOn = this.#player.running && (state.playing || stepping);
    if (goesOn) runs.truncate(runs.replayableTo(state.step, view.settings));
    if (!goesOn || view.step > state.step || !runs.has(view.step)) {
      this.#player.stop();
      view.seen = Math.max(view.seen, state.step);
      this.#show(state.step);
    } else {
      runs.show(view.step);
      if (state.playing) {
        this.#player.rate = view.stepsPerSecond;
        this.#player.until = view.stopAt;
      }
    }
    state.runs.forEach(({ diverged_at }, i) => {
      const run = runs.all[i];
      if (diverged_at === run.row.step + 1) run.divergedAt = diverged_at;
    });
    view.status = state.status;
    this.#resume();
    this.#changed();
    if (isMissing) this.#source.refresh(); // a run has come up to the others
  }

  /**
   * Rows came by themselves: Python trains in a cell, or another page plays.
   * @param {import("../sources/source.js").Answer} answer
   * @param {boolean} isNow  whether training is at the last of them
   */
  #follow(answer, isNow) {
    if (!this.view || !answer.rows.some(({ length }) => length)) return;
    if (answer.after > this.#runs.last) return this.#source.refresh(); // there were others before
    this.#write(answer);
    if (!isNow) return;
    this.#player.stop();
    this.#show(this.#runs.last);
    this.#resume();
  }

  /** @param {import("../sources/source.js").Answer} answer */
  #write(answer) {
    this.#runs.write(answer);
    const view = this.#shownView();
    view.printed = answer.printed ?? view.printed;
    // Why training ended is said when its end is shown.
    if (!answer.ended) view.advice = answer.advice ?? view.advice;
  }

  /** @param {Partial<Problem> & { message: string }} problem */
  #failed(problem) {
    if (this.view) this.view.problem = { hint: "", traceback: "", line: null, ...problem };
    else this.reason = problem.message;
    this.#changed();
  }

  // ------------------------------------------------------------------ the kernel, or this page

  #linked() {
    const { link } = this.#source;
    if (link !== "live") this.#tryingOver();
    this.isEmpty = !this.view && (link === "gone" || link === "static");
    this.#changed();
  }

  /**
   * What this page would go on from.
   * @returns {import("../sources/browser.js").Known | null}
   */
  #known() {
    const { view } = this;
    if (!view) return null;
    this.#runs.truncate(view.seen); // what was never shown is computed here
    return knownOf(view);
  }

  /** Have this page compute, from the row shown. */
  goOnHere() {
    this.#source.goOnHere();
    this.#changed();
  }

  /** Have the kernel compute again, from where it is. */
  goBack() {
    this.#player.stop();
    this.#edits = [];
    this.#source.goBack(this.#shownView().playing);
    this.#changed();
  }

  #changed() {
    if (this.#frame || this.#views.size === 0) return;
    this.#frame = this.#clock.requestFrame(() => this.#draw());
  }

  #draw() {
    if (this.#frame) this.#clock.cancelFrame(this.#frame);
    this.#frame = 0;
    for (const draw of this.#views) {
      try {
        draw();
      } catch (error) {
        reportError(error); // as if nobody had caught it; other views and the player go on
      }
    }
  }
}
