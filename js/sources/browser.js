// Rows computed in this page, where no kernel does, with the interface of the kernel's source. It
// answers as a kernel would that is always there and quick.

import { pageClock } from "../core/clock.js";
import { countIn } from "../core/picture.js";
import { newStanding } from "./standing.js";

const SLICE = 10; // milliseconds of computing, then the page is to have a frame
const MOST_FILLED = 20_000; // rows that are made again at once; of longer runs, when they are gone to

/**
 * @typedef {import("./source.js").Source} Source
 * @typedef {import("./standing.js").Known} Known
 */

/**
 * @param {Known} known
 * @param {import("../core/clock.js").Clock} [clock]
 * @returns {Source}
 */
export function newBrowserSource(known, clock = pageClock) {
  const standing = newStanding(known);
  const { race, snapshot } = standing;
  /** @type {import("./source.js").Listener | null} */
  let listener = null;
  let asked = 0; // counts the times that rows asked for before were no longer wanted
  let filling = 0; // the frame in which more rows are made again
  /** Settled once the page may compute again. @type {Promise<unknown>} */
  let free = Promise.resolve();

  /** Tells when computing has taken its time. */
  function timer() {
    const end = clock.now() + SLICE;
    return () => clock.now() >= end;
  }

  /** Make rows again that were left out, for a while; whether that is done. */
  function fill() {
    const isLate = timer();
    const { trainers } = race;
    return trainers.every((one) => one.fillGaps(MOST_FILLED / trainers.length, isLate));
  }
  const isFilled = fill();

  /** Make the others, some in each frame, and tell of them once there are all. */
  function fillOn() {
    filling = clock.requestFrame(() => {
      if (fill()) tellAll();
      else fillOn();
    });
  }

  function tellAll() {
    const { points, picture } = standing;
    listener?.opened(standing.state(), points, standing.tables(), picture);
  }

  /** @template T @param {() => T} act @returns {T} */
  function guarded(act) {
    try {
      return act();
    } catch (error) {
      listener?.failed({ message: /** @type {Error} */ (error).message });
      throw error;
    }
  }

  /** @type {Source["command"]} */
  async function command(type, fields = {}) {
    asked += 1;
    const isAllNew = guarded(() => standing.obey(type, fields));
    await null; // as from a kernel: what the page goes on to do now comes first
    if (isAllNew) tellAll();
    else listener?.changed(standing.state());
  }

  return {
    open(told) {
      listener = told;
      tellAll();
      if (known.warning) listener.failed({ message: known.warning });
      if (!isFilled) fillOn();
    },

    close() {
      listener = null;
      clock.cancelFrame(filling);
    },

    /** What the page has done already may have been refused. */
    refresh: tellAll,

    /** The rows after a step, or as many as there is time for. */
    async pull(after, steps) {
      const wanted = asked;
      // What the page does now comes first. Of several that wait for a frame, one goes on in it.
      for (let waited; waited !== free;) await (waited = free);
      if (wanted !== asked) return null;
      const isLate = timer();
      const start = Math.min(after, race.last);
      const goal = after + steps;
      const { playing } = snapshot;
      snapshot.playing = false; // as in a kernel, where training fails there is nothing to play
      const ended = goal > race.step ? guarded(() => race.trainTo(goal, isLate)) : "";
      snapshot.playing = playing;
      if (isLate()) free = new Promise(clock.requestFrame);
      return { after: start, ...standing.tables(start, Math.min(goal, race.step)), ended };
    },

    command,
    setting: (changes) => command("set", { changes }),

    /** What this page knows of a function, it computes itself. */
    heights: async () => null,

    async picture(x, y) {
      const { points } = standing;
      return points.x.length === snapshot.bowl.n ? countIn(points, x, y) : null;
    },
  };
}
