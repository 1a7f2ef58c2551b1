// What a person does with one widget. One session per model, however many cells show it. Knows
// neither Jupyter nor pictures: rows come from a source, and views subscribe.

import { pageClock } from "../core/clock.js";
import { RULE_SETTINGS } from "../core/settings.js";
import { newPageAlone } from "../sources/alone.js";
import { newEitherSource } from "../sources/switching.js";
import { newEdits } from "./edits.js";
import { follow } from "./follow.js";
import { withoutFuture } from "./gate.js";
import { seen } from "./hidden.js";
import { newLinked } from "./linked.js";
import { newStage } from "./stage.js";
import { newTransport } from "./transport.js";
import { newWatchers } from "./watchers.js";

/**
 * What there is to draw, who is told when that changes, and what a person can do.
 * @typedef {import("../types.js").Actions & {
 *   readonly view: View | null, readonly isEmpty: boolean, readonly reason: string,
 *   readonly language: import("../words/say.js").Language,
 *   subscribe: (draw: () => void) => () => void, painted: () => void, close: () => void }} Session
 *
 * @typedef {import("../types.js").View} View
 * @typedef {import("../types.js").Heights} Heights
 */

/**
 * @param {import("../sources/source.js").Source} rows  who is asked for them
 * @param {import("../core/clock.js").Clock} [clock]
 * @returns {Session}
 */
export function newSession(rows, clock = pageClock) {
  const watchers = newWatchers(clock);
  const stage = newStage(watchers.changed);
  const source = hasKernel(rows) ? newEitherSource(rows, clock) : newPageAlone(rows);
  const transport = newTransport(stage, source, clock, watchers);
  const edits = newEdits(stage, source, transport.rest);

  /** The part of the plane whose heights were asked for last. */
  let latest = { asked: "", heights: Promise.resolve(/** @type {Heights | null} */ (null)) };

  /** @param {Record<string, any>} changes */
  const setRule = (changes) => {
    const view = stage.act();
    for (const [name, value] of Object.entries(changes)) show(view, name, value);
    source.command("set", { changes, step: view.step });
    transport.askAnew();
  };

  /** @param {"lr" | "optimizer"} name @param {unknown} value */
  const setChosen = (name, value) => {
    const { runs, chosen } = stage.shown;
    // Where one run is shown there is no list. What the page does not know is of no account.
    const all = runs.map((run, i) => (i === chosen ? value : (run[name] ?? 0.1)));
    setRule({ [name]: all.length > 1 ? all : value });
  };

  source.open({
    ...follow({ stage, source, transport, edits }),
    wanted: hasKernel(rows) ? newLinked(stage, transport, setRule) : undefined,
  });

  return {
    get view() {
      const { view } = stage;
      return view && seen(view.hidden.has("future") ? withoutFuture(view) : view);
    },

    get isEmpty() {
      return stage.isEmpty;
    },

    get reason() {
      return stage.reason;
    },

    get language() {
      return stage.language;
    },

    /** Be called, at most once a frame, when there is something new to draw, until it is ended. */
    subscribe: (draw) => {
      watchers.all.add(draw);
      transport.resume();
      return () => {
        watchers.all.delete(draw);
        // Nobody looks: nothing is asked for. The kernel still knows that it was playing.
        if (!watchers.all.size) transport.stop();
      };
    },

    /** There is something to see: what takes a kernel long may begin. */
    painted: source.painted,

    close: () => {
      transport.stop();
      source.close();
      watchers.close();
    },

    play: transport.play,
    pause: transport.pause,
    step: transport.step,
    back: () => transport.seek(stage.shown.step - 1),
    seek: transport.seek,

    reset: () => {
      const view = stage.act();
      const { runs } = stage;
      view.resets += 1;
      transport.rest();
      if (runs.has(0) && !view.isOver) {
        view.seen = 0;
        runs.truncate(0);
        stage.show(0);
      }
      source.command("reset");
    },

    setGuess: (guess) => {
      stage.act().guess = guess;
      transport.rest();
      stage.restart(guess);
      source.command("set", { changes: { guess } });
    },

    newData: () => {
      stage.act();
      transport.rest();
      edits.forget();
      source.command("new_data");
    },

    answer: (answer) => {
      const { asked, bets } = stage.act();
      source.command("answer", { bet: asked, answer, at: bets[asked].at });
    },
    ask: (i) => {
      transport.rest();
      source.command("ask", { bet: i });
      stage.act();
    },

    editPoints: edits.editPoints,
    undo: edits.undo,
    heightsOf(x, y) {
      const asked = String([x, y]);
      if (asked !== latest.asked)
        latest = { asked, heights: source.heights(x, y).catch(() => null) };
      return latest.heights;
    },
    pictureOf: (x, y) => source.picture(x, y).catch(() => null),

    choose: (i) => {
      stage.shown.chosen = i;
      stage.changed();
    },

    setRule,
    setLr: (lr) => setChosen("lr", lr),
    setOptimizer: (name) => setChosen("optimizer", name),
    setSpeed: transport.setSpeed,

    goOnHere: () => {
      source.goOnHere();
      stage.changed();
    },

    goBack: () => {
      transport.stop();
      edits.forget();
      source.goBack(stage.shown.playing);
      stage.changed();
    },
  };
}

/**
 * @param {import("../sources/source.js").Source} rows
 * @returns {rows is import("../sources/kernel.js").KernelSource}
 */
const hasKernel = (rows) => "leave" in rows;

/**
 * Show a setting as it was set, before a source has judged it; what is certainly wrong is not shown.
 * @param {View} view
 * @param {string} name
 * @param {any} value
 */
function show(view, name, value) {
  const { isRight } = RULE_SETTINGS[name];
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
