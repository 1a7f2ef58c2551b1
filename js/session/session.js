// What a person does with one widget. One session per model, however many cells show it. Knows
// neither Jupyter nor pictures: rows come from a source, and views subscribe.

import { pageClock } from "../core/clock.js";
import { SETTINGS } from "../core/settings.js";
import { EitherSource } from "../sources/switching.js";
import { Edits } from "./edits.js";
import { follow } from "./follow.js";
import { Stage } from "./stage.js";
import { Transport } from "./transport.js";

/**
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").Actions} Actions
 * @typedef {import("../core/quadratic.js").Params} Params
 */

/** @implements {Actions} */
export class Session {
  #stage;
  /** Who is asked for rows. */
  #source;
  #transport;
  #edits;

  /**
   * @param {import("../sources/kernel.js").KernelSource |
   *   import("../sources/browser.js").BrowserSource} source
   * @param {import("../core/clock.js").Clock} [clock]
   */
  constructor(source, clock = pageClock) {
    this.#stage = new Stage(clock);
    this.#source = new EitherSource(source, clock);
    this.#transport = new Transport(this.#stage, this.#source, clock);
    this.#edits = new Edits(this.#stage, this.#source, this.#transport);
    this.#source.open(
      follow({
        stage: this.#stage,
        source: this.#source,
        transport: this.#transport,
        edits: this.#edits,
      }),
    );
  }

  /** What there is to draw; null until the first row is known. */
  get view() {
    return this.#stage.view;
  }

  /** Whether there never will be anything: no kernel, and nothing that one has left here. */
  get isEmpty() {
    return this.#stage.isEmpty;
  }

  /** Why, where something went wrong. */
  get reason() {
    return this.#stage.reason;
  }

  /**
   * Be called, at most once a frame, when there is something new to draw.
   * @param {() => void} draw
   * @returns {() => void} end the subscription
   */
  subscribe(draw) {
    const { watchers } = this.#stage;
    watchers.add(draw);
    this.#transport.resume();
    return () => {
      watchers.delete(draw);
      // Nobody looks: nothing is asked for. The kernel still knows that it was playing.
      if (watchers.areNone) this.#transport.stop();
    };
  }

  close() {
    this.#transport.stop();
    this.#source.close();
    this.#stage.watchers.close();
  }

  // ------------------------------------------------------------------------------ through time

  play() {
    this.#transport.play();
  }

  pause() {
    this.#transport.pause();
  }

  step() {
    this.#transport.step();
  }

  back() {
    this.seek(this.#stage.shownView.step - 1);
  }

  /** @param {number} step */
  seek(step) {
    this.#transport.seek(step);
  }

  reset() {
    const view = this.#stage.act();
    view.resets += 1;
    this.#transport.rest();
    if (this.#stage.runs.has(0) && !view.isOver) {
      view.seen = 0;
      this.#stage.runs.truncate(0);
      this.#stage.show(0);
    }
    this.#source.command("reset");
  }

  // -------------------------------------------------------------------- another line, other points

  /**
   * Begin again from another line; the kernel follows.
   * @param {Params} params  slope, intercept
   */
  setGuess(params) {
    const view = this.#stage.act();
    this.#transport.rest();
    view.guess = params;
    this.#stage.restart(params);
    this.#source.command("set", { changes: { guess: params } });
  }

  newData() {
    this.#stage.act();
    this.#transport.rest();
    this.#edits.forget();
    this.#source.command("new_data");
  }

  /** @type {import("../types.js").EditPoints} */
  editPoints(at, remove, insert, goesOn = false) {
    this.#edits.make({ at, remove, insert }, goesOn);
  }

  undo() {
    this.#edits.undo();
  }

  /** @type {import("../types.js").PictureOf} */
  async pictureOf(x, y) {
    return this.#source.picture(x, y).catch(() => null);
  }

  // ------------------------------------------------------------------------- the runs, their rules

  /**
   * Have the controls, the code and the read-out speak of another run.
   * @param {number} i
   */
  choose(i) {
    this.#stage.shownView.chosen = i;
    this.#stage.watchers.changed();
  }

  /** @param {number | string} lr  of the chosen run, as typed: the kernel judges it */
  setLr(lr) {
    this.#setChosen("lr", lr);
  }

  /** @param {string} name  of the chosen run's rule */
  setOptimizer(name) {
    this.#setChosen("optimizer", name);
  }

  /** @param {"lr" | "optimizer"} name @param {unknown} value */
  #setChosen(name, value) {
    const { runs, chosen } = this.#stage.shownView;
    // Where one run is shown there is no list. What the page does not know is of no account.
    const all = runs.map((run, i) => (i === chosen ? value : (run[name] ?? 0.1)));
    this.setRule({ [name]: all.length > 1 ? all : value });
  }

  /**
   * Change the rules of the steps to come.
   * @param {Record<string, any>} changes  lr and optimizer may be lists, with one for each run
   */
  setRule(changes) {
    const view = this.#stage.act();
    for (const [name, value] of Object.entries(changes)) show(view, name, value);
    this.#source.command("set", { changes, step: view.step });
    this.#transport.askAnew();
  }

  /** @param {number | string} rate  steps a second, as typed: the kernel judges it */
  setSpeed(rate) {
    return this.#transport.setSpeed(rate);
  }

  // ------------------------------------------------------------------ the kernel, or this page

  goOnHere() {
    this.#source.goOnHere();
    this.#stage.watchers.changed();
  }

  goBack() {
    this.#transport.stop();
    this.#edits.forget();
    this.#source.goBack(this.#stage.shownView.playing);
    this.#stage.watchers.changed();
  }
}

/**
 * Show a setting as it was set, before a source has judged it; what is certainly wrong is not shown.
 * @param {View} view
 * @param {string} name
 * @param {any} value
 */
function show(view, name, value) {
  const [, isRight] = SETTINGS[name];
  if (name in view.settings) {
    if (isRight(value)) Object.assign(view.settings, { [name]: value });
    return;
  }
  view.runs.forEach((run, i) => {
    const ofRun = Array.isArray(value) ? value[i] : value;
    if (isRight(ofRun) && !(run.outside && name === "optimizer"))
      Object.assign(run, { [name]: ofRun });
  });
}
