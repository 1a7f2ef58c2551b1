// What a session does when its source says something: take over where that is, unless what is shown
// is on its way there.

import { shared } from "../core/settings.js";
import { ENGLISH, languageOf } from "../words/say.js";
import { knownOf, viewOf } from "./view.js";

/**
 * @typedef {object} Parts  of a session
 * @property {import("./stage.js").Stage} stage
 * @property {import("../sources/switching.js").EitherSource} source
 * @property {import("./transport.js").Transport} transport
 * @property {import("./edits.js").Edits} edits
 *
 * @typedef {import("../types.js").View} View
 * @typedef {import("../sources/source.js").State} State
 * @typedef {import("../sources/switching.js").Listener} Listener
 */

/**
 * What a source is to tell.
 * @param {Parts} parts
 * @returns {Listener}
 */
export const follow = (parts) => ({
  opened: (...all) => open(parts, ...all),
  changed: (state) => adopt(parts, state),
  arrived: (answer, isNow) => arrived(parts, answer, isNow),
  failed: (problem) => parts.stage.failed(problem),
  linked: (...all) => linked(parts, ...all),
  known: () => known(parts),
});

/**
 * All anew: the points, the labels, and every row there is.
 * @param {Parts} parts
 * @param {Parameters<Listener["opened"]>} told
 */
function open(parts, ...[snapshot, points, tables, picture]) {
  const { stage, source, edits } = parts;
  const { bowl } = stage.view?.labels ?? {};
  if (snapshot.words) stage.language = languageOf(snapshot.words);
  if (JSON.stringify(bowl) !== JSON.stringify(snapshot.bowl)) edits.replaced();
  stage.runs.open(snapshot, tables, points);
  stage.view ??= viewOf(stage.runs, source, snapshot, { points, picture });
  Object.assign(stage.view, { points, picture, labels: snapshot });
  adopt(parts, snapshot);
}

/**
 * @param {Parts} parts
 * @param {State} state
 */
function adopt({ stage, source, transport }, state) {
  const view = stage.shown;
  const { runs } = stage;
  const { isStepping } = transport;
  const isMissing = runs.adopt(state.runs);
  takeOver(view, state, transport.knowsSpeed);
  // Playing, the kernel is ahead by the rows that are still to be shown; there is no need to
  // jump there. A step that was just pressed for goes on from where it is, too.
  const goesOn = isStepping || (transport.isRunning && state.playing);
  if (goesOn) runs.truncate(runs.replayableTo(state.step, view.settings));
  if (goesOn && view.step <= state.step && runs.has(view.step)) {
    runs.show(view.step);
    if (state.playing) transport.keepPace();
  } else {
    transport.stop();
    view.seen = Math.max(view.seen, state.step);
    stage.show(state.step);
  }
  runs.markDiverged(state.runs);
  view.status = state.status;
  transport.resume();
  stage.changed();
  if (isMissing) source.refresh(); // a run has come up to the others
}

/**
 * @param {View} view
 * @param {State} state
 * @param {boolean} knowsSpeed  whether what is said of the speed is of now
 */
function takeOver(view, state, knowsSpeed) {
  view.settings = shared(state);
  view.guess = state.guess;
  if (knowsSpeed) view.stepsPerSecond = state.steps_per_second;
  view.advice = state.advice;
  view.printed = state.printed;
  view.playing = state.playing;
  view.bets = state.bets ?? [];
  view.asked = state.asked ?? 0;
  view.stopAt = state.stop_at ?? Infinity;
}

/**
 * Rows came by themselves: Python trains in a cell, or another page plays.
 * @param {Parts} parts
 * @param {import("../sources/source.js").Answer} answer
 * @param {boolean} isNow  whether training is at the last of them
 */
function arrived({ stage, source, transport }, answer, isNow) {
  if (!stage.view || !answer.rows.some(({ length }) => length)) return;
  if (answer.after > stage.runs.last) return source.refresh(); // there were others before
  stage.write(answer);
  if (!isNow) return;
  transport.stop();
  stage.show(stage.runs.last);
  transport.resume();
}

/**
 * The kernel is there, is busy, or is gone.
 * @param {Parts} parts
 * @param {import("../types.js").Link} link
 * @param {boolean} [isAsExpected]  then nothing is said of it
 */
function linked({ stage }, link, isAsExpected) {
  if (link !== "live") stage.attemptOver();
  stage.isEmpty = !stage.view && (link === "gone" || link === "static");
  if (!isAsExpected) stage.changed();
}

/**
 * What this page would go on from; null where nothing is known.
 * @param {Parts} parts
 */
function known({ stage: { view, runs, language } }) {
  if (!view) return null;
  runs.truncate(view.seen); // what was never shown is computed here
  const known = knownOf(view);
  if (language !== ENGLISH) known.snapshot.words = language;
  return known;
}
