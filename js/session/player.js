// The clock. Asks a source for rows a little ahead of what is shown, and shows them at the
// chosen speed, one animation frame at a time. Knows nothing of kernels, models or pictures.

/** @typedef {import("../sources/source.js").Answer} Answer */

const CHUNK = 0.1; // seconds of playing one request is for, at least
const IN_FLIGHT = 2; // requests under way at once: one being answered, one travelling
const LONGEST_FRAME = 100; // milliseconds; longer ones (a hidden tab) are not caught up with
const FIRST_ROUND_TRIP = 0.1; // seconds, assumed until one has been measured
const FORGETTING = 0.05; // how fast a long round trip is forgotten when shorter ones follow
const MOST_STEPS = 1000; // in one request: as many rows as one answer holds
const SLOWEST = 2; // seconds; a longer round trip is a kernel that was busy, not a slow path
const ALMOST = 0.999; // of a step: the next one is due in the next frame

/**
 * @typedef {ReturnType<typeof newPlayer>} Player
 *
 * @param {Pick<import("../sources/source.js").Source, "pull">} source
 * @param {{ readonly last: number, write: (answer: Answer) => void }} table  where answers are
 *   written, and the last step that is known there
 * @param {object} events
 * @param {(step: number) => void} events.show  a step's turn has come
 * @param {(ended: Answer["ended"]) => void} events.stopped  the last step has been shown
 * @param {(error: unknown) => void} events.failed  the source could not answer
 * @param {import("../core/clock.js").Clock} clock
 */
export function newPlayer(source, table, events, clock) {
  let frame = 0;
  let lastFrame = 0;
  let shown = 0;
  let head = 0; // where playing is, in steps and fractions of one
  let requested = 0; // the last step asked for
  let inFlight = 0;
  let epoch = 0; // counts starts: what was asked for before the last one is not waited for
  let roundTrip = FIRST_ROUND_TRIP;
  let end = Infinity; // the last step there is
  /** @type {Answer["ended"]} */
  let ended = "";

  const player = {
    /** Steps a second; Infinity shows rows as they come. */
    rate: 10,

    /** The step to stop at. */
    until: Infinity,

    get running() {
      return frame !== 0;
    },

    /**
     * Play on from a step. The next one is shown as soon as it is there.
     * @param {number} step
     */
    start(step) {
      player.stop();
      shown = step;
      head = step + ALMOST;
      end = Infinity;
      lastFrame = clock.now();
      frame = clock.requestFrame(tick);
      pull();
    },

    stop() {
      epoch += 1; // what has not come is no longer wanted: it may be of another run
      inFlight = 0;
      if (frame) clock.cancelFrame(frame);
      frame = 0;
    },
  };

  /** @param {number} now */
  function tick(now) {
    frame = clock.requestFrame(tick);
    const elapsed = Math.min(Math.max(now - lastFrame, 0), LONGEST_FRAME);
    lastFrame = now;
    // Rows that have not come are waited for, not skipped; the first of them then shows at once.
    const known = Math.min(table.last, player.until, end);
    head = Math.min(head + stepsIn(elapsed), known + ALMOST);
    const step = Math.max(shown, Math.floor(head));
    if (step !== shown) {
      shown = step;
      events.show(step);
    }
    if (step >= player.until || step >= end) {
      player.stop();
      events.stopped(step >= end ? ended : "");
    } else {
      pull();
    }
  }

  /** @param {number} elapsed  milliseconds */
  function stepsIn(elapsed) {
    if (player.rate === Infinity) return player.rate;
    const steps = (player.rate * elapsed) / 1000;
    // Screens do not refresh at exactly 60 Hz: one step a frame means one in every frame.
    return Math.abs(steps - 1) < 0.03 ? 1 : steps;
  }

  function pull() {
    // A slow source answers with fewer rows than were asked for, and rows may have been forgotten
    // since: the next ones to ask for are those after the last there is.
    if (inFlight === 0) requested = table.last;
    const rate = Math.min(player.rate, 1e4); // Infinity: as many as are wanted, which are few
    const seconds = Math.max(CHUNK, 0.75 * roundTrip);
    const lead = rate * (1.5 * roundTrip + 2 * seconds) + 1;
    while (
      player.running &&
      inFlight < IN_FLIGHT &&
      requested < Math.min(player.until, end, head + lead)
    ) {
      const steps = Math.min(Math.ceil(rate * seconds), MOST_STEPS, player.until - requested);
      request(requested, steps);
      requested += steps;
    }
  }

  /** @param {number} after @param {number} steps */
  async function request(after, steps) {
    const asked = epoch;
    const sent = clock.now();
    inFlight += 1;
    try {
      const answer = await source.pull(after, steps);
      if (asked !== epoch) return;
      inFlight -= 1;
      measure((clock.now() - sent) / 1000);
      // After rows that never came, these would leave a gap: they are asked for again.
      if (answer && answer.after <= table.last) {
        table.write(answer);
        if (answer.ended && end === Infinity) {
          end = table.last;
          ended = answer.ended;
        }
      }
      // Else in the next frame: where there are no rows now, there are none at once.
      if (answer?.rows.some(({ length }) => length)) pull();
    } catch (error) {
      if (asked !== epoch) return;
      player.stop();
      events.failed(error);
    }
  }

  /**
   * The longest round trip of late, so that one slow answer among many is allowed for.
   * @param {number} seconds
   */
  function measure(seconds) {
    seconds = Math.min(seconds, SLOWEST);
    const faded = roundTrip + FORGETTING * (seconds - roundTrip);
    roundTrip = Math.max(seconds, faded);
  }

  return player;
}
