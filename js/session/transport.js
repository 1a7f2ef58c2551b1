// Playing, stepping and going back, as with a tape: what is shown, the player and the source are
// kept together.

import { Player } from "./player.js";

export class Transport {
  #stage;
  #source;
  #player;
  #speeds = 0; // changes of the speed that the source has yet to answer

  /**
   * @param {import("./stage.js").Stage} stage
   * @param {import("../sources/switching.js").EitherSource} source
   * @param {import("../core/clock.js").Clock} clock
   */
  constructor(stage, source, clock) {
    this.#stage = stage;
    this.#source = source;
    const table = {
      get last() {
        return stage.runs.last;
      },
      write: (/** @type {import("../sources/source.js").Answer} */ answer) => stage.write(answer),
    };
    const events = {
      show: (/** @type {number} */ step) => {
        stage.attemptOver();
        stage.show(step);
        stage.watchers.draw(); // the player is in a frame: waiting for the next would cost one
      },
      stopped: () => this.#ended(),
      failed: () => this.#giveUp(),
    };
    this.#player = new Player(source, table, events, clock);
  }

  /** Whether rows are on their way, of playing or of a step. */
  get isRunning() {
    return this.#player.running;
  }

  /** Whether a step was pressed for that is not shown yet. */
  get isStepping() {
    return this.#player.running && !this.#stage.shownView.playing;
  }

  /**
   * Whether what the source says of the speed is of now. Else it is about an earlier place of a
   * slider that is still being dragged.
   */
  get knowsSpeed() {
    return this.#speeds < 2;
  }

  play() {
    const view = this.#stage.attempt();
    view.playing = true;
    // Rows are asked for without waiting: where the kernel turns out to be elsewhere, it says so
    // instead of sending any.
    this.#source.command("set", { changes: { playing: true }, step: view.step }, false);
    this.#run(view.stepsPerSecond, Infinity);
  }

  pause() {
    const view = this.#stage.act();
    this.rest();
    this.#stage.runs.truncate(view.seen);
    this.#source.command("set", { changes: { playing: false }, step: view.step });
  }

  step() {
    const view = this.#stage.attempt();
    if (view.playing) this.pause();
    if (this.#player.running) this.#player.until += 1;
    else this.#run(Infinity, view.step + 1);
  }

  /**
   * Go to an earlier step, or to a later one that has been seen.
   * @param {number} step
   */
  seek(step) {
    const view = this.#stage.act();
    const changes = view.playing ? { playing: false } : undefined;
    this.rest();
    this.#stage.runs.truncate(view.seen);
    step = Math.max(0, Math.min(Math.round(step), view.seen));
    // Of a long run every k-th row is known here; the very one comes with the kernel's answer.
    this.#stage.show(step);
    if (changes) this.#source.command("set", { changes, step });
    else this.#source.command("seek", { step });
  }

  /** @param {number | string} rate  steps a second, as typed: the kernel judges it */
  async setSpeed(rate) {
    const view = this.#stage.act();
    if (typeof rate === "number") {
      view.stepsPerSecond = rate;
      if (view.playing) this.#player.rate = rate;
    }
    this.#speeds += 1;
    await this.#source.setting({ steps_per_second: rate });
    this.#speeds -= 1;
  }

  /** Nothing is asked for any more; whether it plays is as it was. */
  stop() {
    this.#player.stop();
  }

  /** Play no more: something else is done. */
  rest() {
    this.#player.stop();
    this.#stage.shownView.playing = false;
  }

  /** Play on where a source says that it plays, and someone looks. */
  resume() {
    const { view, watchers } = this.#stage;
    if (!view?.playing || watchers.areNone || this.#player.running) return;
    this.#run(view.stepsPerSecond, view.stopAt);
  }

  /** Play on as fast and as far as the view says now. */
  keepPace() {
    const { stepsPerSecond, stopAt } = this.#stage.shownView;
    this.#player.rate = stepsPerSecond;
    this.#player.until = stopAt;
  }

  /** The rules have changed: what was asked for before would be of those before. */
  askAnew() {
    if (this.#player.running) this.#run(this.#player.rate, this.#player.until);
  }

  /**
   * Go on from the step shown. What comes after it is replayed while training would make it
   * again, and forgotten from where it would not.
   * @param {number} rate
   * @param {number} until
   */
  #run(rate, until) {
    const { runs, shownView, watchers } = this.#stage;
    const { step, settings } = shownView;
    runs.truncate(runs.replayableTo(step, settings));
    this.#player.rate = rate;
    this.#player.until = until;
    this.#player.start(step);
    watchers.changed();
  }

  /** The player has come to its end, of a step or of playing. */
  #ended() {
    const view = this.#stage.act();
    if (view.playing) this.pause();
    else this.#source.command("seek", { step: view.step });
  }

  /** The source could not answer; why has been shown. */
  #giveUp() {
    this.#stage.shownView.playing = false;
    this.#source.refresh();
    this.#stage.watchers.changed();
  }
}
