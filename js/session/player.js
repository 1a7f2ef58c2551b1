// The clock. Asks a source for rows a little ahead of what is shown, and shows them at the
// chosen speed, one animation frame at a time. Knows nothing of kernels, models or pictures.

import { pageClock } from "../core/clock.js";

/** @typedef {import("../sources/source.js").Answer} Answer */

const CHUNK = 0.1; // seconds of playing one request is for, at least
const IN_FLIGHT = 2; // requests under way at once: one being answered, one travelling
const LONGEST_FRAME = 100; // milliseconds; longer ones (a hidden tab) are not caught up with
const FIRST_ROUND_TRIP = 0.1; // seconds, assumed until one has been measured
const FORGETTING = 0.05; // how fast a long round trip is forgotten when shorter ones follow
const MOST_STEPS = 1000; // in one request: as many rows as one answer holds
const SLOWEST = 2; // seconds; a longer round trip is a kernel that was busy, not a slow path
const ALMOST = 0.999; // of a step: the next one is due in the next frame

export class Player {
  #source;
  #table;
  #events;
  #clock;
  #frame = 0;
  #lastFrame = 0;
  #shown = 0;
  #head = 0; // where playing is, in steps and fractions of one
  #requested = 0; // the last step asked for
  #inFlight = 0;
  #epoch = 0; // counts starts: what was asked for before the last one is not waited for
  #roundTrip = FIRST_ROUND_TRIP;
  #end = Infinity; // the last step there is
  /** @type {Answer["ended"]} */
  #ended = "";

  /** Steps a second; Infinity shows rows as they come. */
  rate = 10;

  /** The step to stop at. */
  until = Infinity;

  /**
   * @param {Pick<import("../sources/source.js").Source, "pull">} source
   * @param {{ readonly last: number, write: (answer: Answer) => void }} table  where answers are
   *   written, and the last step that is known there
   * @param {object} events
   * @param {(step: number) => void} events.show  a step's turn has come
   * @param {(ended: Answer["ended"]) => void} events.stopped  the last step has been shown
   * @param {(error: unknown) => void} events.failed  the source could not answer
   * @param {import("../core/clock.js").Clock} [clock]
   */
  constructor(source, table, events, clock = pageClock) {
    this.#source = source;
    this.#table = table;
    this.#events = events;
    this.#clock = clock;
  }

  get running() {
    return this.#frame !== 0;
  }

  /**
   * Play on from a step. The next one is shown as soon as it is there.
   * @param {number} step
   */
  start(step) {
    this.stop();
    this.#shown = step;
    this.#head = step + ALMOST;
    this.#end = Infinity;
    this.#lastFrame = this.#clock.now();
    this.#frame = this.#clock.requestFrame(this.#tick);
    this.#pull();
  }

  stop() {
    this.#epoch += 1; // what has not come is no longer wanted: it may be of another run
    this.#inFlight = 0;
    if (this.#frame) this.#clock.cancelFrame(this.#frame);
    this.#frame = 0;
  }

  /** @param {number} now */
  #tick = (now) => {
    this.#frame = this.#clock.requestFrame(this.#tick);
    const elapsed = Math.min(Math.max(now - this.#lastFrame, 0), LONGEST_FRAME);
    this.#lastFrame = now;
    // Rows that have not come are waited for, not skipped; the first of them then shows at once.
    const known = Math.min(this.#table.last, this.until, this.#end);
    this.#head = Math.min(this.#head + this.#stepsIn(elapsed), known + ALMOST);
    const step = Math.max(this.#shown, Math.floor(this.#head));
    if (step !== this.#shown) {
      this.#shown = step;
      this.#events.show(step);
    }
    if (step >= this.until || step >= this.#end) {
      this.stop();
      this.#events.stopped(step >= this.#end ? this.#ended : "");
    } else {
      this.#pull();
    }
  };

  /** @param {number} elapsed  milliseconds */
  #stepsIn(elapsed) {
    if (this.rate === Infinity) return this.rate;
    const steps = (this.rate * elapsed) / 1000;
    // Screens do not refresh at exactly 60 Hz: one step a frame means one in every frame.
    return Math.abs(steps - 1) < 0.03 ? 1 : steps;
  }

  #pull() {
    // A slow source answers with fewer rows than were asked for, and rows may have been forgotten
    // since: the next ones to ask for are those after the last there is.
    if (this.#inFlight === 0) this.#requested = this.#table.last;
    const rate = Math.min(this.rate, 1e4); // Infinity: as many as are wanted, which are few
    const seconds = Math.max(CHUNK, 0.75 * this.#roundTrip);
    const lead = rate * (1.5 * this.#roundTrip + 2 * seconds) + 1;
    while (
      this.running &&
      this.#inFlight < IN_FLIGHT &&
      this.#requested < Math.min(this.until, this.#end, this.#head + lead)
    ) {
      const steps = Math.min(Math.ceil(rate * seconds), MOST_STEPS, this.until - this.#requested);
      this.#request(this.#requested, steps);
      this.#requested += steps;
    }
  }

  /** @param {number} after @param {number} steps */
  async #request(after, steps) {
    const epoch = this.#epoch;
    const sent = this.#clock.now();
    this.#inFlight += 1;
    try {
      const answer = await this.#source.pull(after, steps);
      if (epoch !== this.#epoch) return;
      this.#inFlight -= 1;
      this.#measure((this.#clock.now() - sent) / 1000);
      // After rows that never came, these would leave a gap: they are asked for again.
      if (answer && answer.after <= this.#table.last) {
        this.#table.write(answer);
        if (answer.ended && this.#end === Infinity) {
          this.#end = this.#table.last;
          this.#ended = answer.ended;
        }
      }
      // Else in the next frame: where there are no rows now, there are none at once.
      if (answer?.rows.some(({ length }) => length)) this.#pull();
    } catch (error) {
      if (epoch !== this.#epoch) return;
      this.stop();
      this.#events.failed(error);
    }
  }

  /**
   * The longest round trip of late, so that one slow answer among many is allowed for.
   * @param {number} seconds
   */
  #measure(seconds) {
    seconds = Math.min(seconds, SLOWEST);
    const faded = this.#roundTrip + FORGETTING * (seconds - this.#roundTrip);
    this.#roundTrip = Math.max(seconds, faded);
  }
}
