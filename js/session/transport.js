// Playing, stepping and going back, as with a tape: what is shown, the player and the source are
// kept together.

import { newPlayer } from "./player.js";

/** @typedef {ReturnType<typeof newTransport>} Transport */

/**
 * @param {import("./stage.js").Stage} stage
 * @param {import("../sources/switching.js").EitherSource} source
 * @param {import("../core/clock.js").Clock} clock
 * @param {Pick<import("./watchers.js").Watchers, "all" | "now">} watchers
 */
export function newTransport(stage, source, clock, watchers) {
  const { runs } = stage;
  let speeds = 0; // changes of the speed that the source has yet to answer

  const table = {
    get last() {
      return runs.last;
    },
    write: stage.write,
  };
  const player = newPlayer(
    source,
    table,
    {
      show: (step) =>
        watchers.now(() => {
          stage.attemptOver();
          stage.show(step);
        }),
      // It has come to its end, of a step or of playing.
      stopped: () => {
        const { playing, step } = stage.act();
        if (playing) pause();
        else source.command("seek", { step });
      },
      // The source could not answer; why has been shown.
      failed: () => {
        stage.shown.playing = false;
        source.refresh();
        stage.changed();
      },
    },
    clock,
  );

  /**
   * Go on from the step shown. What comes after it is replayed while training would make it
   * again, and forgotten from where it would not.
   * @param {number} rate
   * @param {number} until
   */
  const run = (rate, until) => {
    const { step, settings } = stage.shown;
    runs.truncate(runs.replayableTo(step, settings));
    player.rate = rate;
    player.until = until;
    player.start(step);
    stage.changed();
  };

  const play = () => {
    if (stage.shown.isHeld) return;
    const view = stage.attempt();
    view.playing = true;
    // Rows are asked for without waiting: where the kernel turns out to be elsewhere, it says so
    // instead of sending any.
    source.command("set", { changes: { playing: true }, step: view.step }, false);
    run(view.stepsPerSecond, Infinity);
  };

  /** Play no more: something else is done. */
  const rest = () => {
    player.stop();
    stage.shown.playing = false;
  };

  const pause = () => {
    const { seen, step } = stage.act();
    rest();
    runs.truncate(seen);
    source.command("set", { changes: { playing: false }, step });
  };

  const step = () => {
    if (stage.shown.isHeld) return;
    const view = stage.attempt();
    if (view.playing) pause();
    if (player.running) player.until += 1;
    else run(Infinity, view.step + 1);
  };

  /**
   * Go to an earlier step, or to a later one that has been seen.
   * @param {number} step
   */
  const seek = (step) => {
    const { seen, playing } = stage.act();
    rest();
    runs.truncate(seen);
    step = Math.max(0, Math.min(Math.round(step), seen));
    // Where only every k-th row of a long run is known here, the very one comes with the answer.
    stage.show(step);
    if (playing) source.command("set", { changes: { playing: false }, step });
    else source.command("seek", { step });
  };

  /** @param {number | string} rate  steps a second, as typed: the kernel judges it */
  const setSpeed = async (rate) => {
    const view = stage.act();
    if (typeof rate === "number") {
      view.stepsPerSecond = rate;
      if (view.playing) player.rate = rate;
    }
    speeds += 1;
    await source.setting({ steps_per_second: rate });
    speeds -= 1;
  };

  return {
    ...{ play, pause, step, seek, setSpeed, rest },

    /** Nothing is asked for any more; whether it plays is as it was. */
    stop: () => player.stop(),

    /** Play on where a source says that it plays, and someone looks. */
    resume: () => {
      const { view } = stage;
      if (!view?.playing || view.isHeld || !watchers.all.size || player.running) return;
      run(view.stepsPerSecond, view.stopAt);
    },

    /** Play on as fast and as far as the view says now. */
    keepPace: () => {
      player.rate = stage.shown.stepsPerSecond;
      player.until = stage.shown.stopAt;
    },

    /** The rules have changed: rows that were asked for before would be of those before. */
    askAnew: () => {
      if (player.running) run(player.rate, player.until);
    },

    /** Whether rows are on their way, of playing or of a step. */
    get isRunning() {
      return player.running;
    },

    /** Whether a step was pressed for that is not shown yet. */
    get isStepping() {
      return player.running && !stage.shown.playing;
    },

    /**
     * Whether what the source says of the speed is of now. Else it is about an earlier place of a
     * slider that is still being dragged.
     */
    get knowsSpeed() {
      return speeds < 2;
    },
  };
}
