// Where training stands in a page that computes itself: what commands make of it, and what there is
// to tell of it. The twin of gd_widget/page/state.py and answers.py.

import { answered, begunAgain, put } from "../bets/asked.js";
import { params } from "../core/checks.js";
import { diagnose, noiseMean } from "../core/diagnoses.js";
import { madePoints } from "../core/make-line.js";
import { whyNot } from "../core/next-step.js";
import { overview } from "../core/picture.js";
import { mustHaveDigits } from "../core/features.js";
import { isLine, sampleOf, usualGuess } from "../core/model.js";
import { standardized } from "../core/scaling.js";
import { mustSuit } from "../core/losses.js";
import { bowlIn, objectiveOf } from "../core/objective.js";
import { splicedHeld } from "../core/held-back.js";
import { spliced } from "../core/points.js";
import { mustBeFinite } from "../core/quadratic.js";
import { newRace } from "../core/race.js";
import { runNames } from "../core/run.js";
import { SETTINGS, check } from "../core/settings.js";
import { perEpoch } from "../core/stretches.js";
import { tablesOf } from "../core/table.js";
import { newTrainer } from "../core/trainer.js";
import { ENGLISH, languageOf, speaking } from "../words/say.js";
import { sentence } from "../words/sentence.js";

/**
 * @typedef {import("./source.js").CommandType} CommandType
 * @typedef {import("./source.js").Snapshot} Snapshot
 * @typedef {import("./source.js").Tables} Tables
 * @typedef {import("../core/points.js").Points} Points
 *
 * Everything there is to know of a session: where to go on from.
 * @typedef {{ snapshot: Snapshot, points: Points, rows: Tables,
 *   picture: import("../core/picture.js").Picture | null, warning?: string }} Known  warning: what
 *   is to be said first
 */

/** @param {Known} known */
export function newStanding({ rows, ...known }) {
  const snapshot = { ...known.snapshot };
  let { picture } = known;
  let { points } = known;

  const language = snapshot.words ? languageOf(snapshot.words) : ENGLISH;
  /** In the language of the page. @param {Parameters<typeof sentence>[0]} found */
  const said = (found) => speaking(language, () => sentence(found));

  /** What a run is trained on. @param {number} i */
  const dataOf = (i, labels = snapshot, on = points) => ({
    bowl: labels.bowl,
    sample: sampleOf(labels.model, on),
    objective: objectiveOf({ labels, points: on }, i),
  });

  const race = newRace(
    snapshot.runs.map((run, i) => {
      const { optimizer, outside, lr, row, stretch, diverged_at } = run;
      // Of a rule that heeds no rate, a kernel may not have said it.
      const settings = { ...snapshot, optimizer, outside, lr: lr ?? 0.1 };
      const data = dataOf(i);
      const trainer = newTrainer(data, settings);
      trainer.table.write(rows.rows[i], -1, rows.stretches[i], rows.widths[i]);
      // Of a long run every k-th row was kept: the current one may not be among them.
      trainer.table.put(row, stretch);
      trainer.step = /** @type {number} */ (row[0]);
      trainer.divergedAt = diverged_at;
      return trainer;
    }),
  );

  /**
   * @param {Record<string, any>} changes
   * @returns {boolean} whether a run is longer now
   */
  function set(changes) {
    for (const [name, value] of Object.entries(changes)) {
      if (name in SETTINGS) check(name, value);
    }
    if ("guess" in changes) {
      const { names } = snapshot;
      const guess = changes.guess ?? usualGuess(names);
      check("guess", guess, params(names));
      race.begin(guess);
      changes = { ...changes, guess, playing: false };
    }
    Object.assign(snapshot, changes);
    const epoch = () => perEpoch(race.trainers[0].plan, race.trainers[0].bowl.n);
    const before = epoch();
    const isLonger = race.set(changes);
    if (changes.playing !== undefined || epoch() !== before) {
      const { n_epochs, playing } = snapshot;
      const isEndless = n_epochs === null || !playing;
      snapshot.stop_at = isEndless ? null : race.step + n_epochs * epoch();
    }
    return isLonger;
  }

  /** Other points, made as those before were, from the next seed. */
  function makePoints() {
    const { makes, guess } = snapshot;
    if (!makes) throw new Error("new_data makes points, and this widget shows your own x and y");
    const seed = BigInt(makes.seed) + 1n;
    const next = { ...makes, seed: seed > Number.MAX_SAFE_INTEGER ? String(seed) : Number(seed) };
    usePoints(madePoints(next), guess);
    snapshot.makes = next;
    snapshot.note = said(noiseMean(next.noise, next.true_params));
  }

  /** @param {Points} others @param {import("../core/quadratic.js").Params} start */
  function usePoints(others, start) {
    const { model: before } = snapshot;
    const model = before.means ? standardized(before, others.features) : before;
    const sample = sampleOf(model, others);
    for (const about of snapshot.objectives ?? []) mustSuit(about, sample.y);
    const bowl = bowlIn({ ...snapshot, model }, sample);
    mustBeFinite(bowl, others);
    if (!isLine(model)) mustHaveDigits(bowl, model, sample);
    const next = { ...snapshot, bowl, model };
    const data = race.trainers.map((_, i) => dataOf(i, next, others));
    race.begin(start, data);
    Object.assign(snapshot, { bowl, model });
    points = others;
    picture &&= overview(points); // where few were drawn one by one, one more is, too
  }

  /**
   * The bets, after what a person has done.
   * @param {CommandType} type
   * @param {number} bet
   * @param {any} answer
   */
  function askedAfter(type, bet, answer) {
    const asked = /** @type {import("../bets/asked.js").Asked} */ (snapshot);
    const { trainers, step } = race;
    const about = { trainers, at: step, names: snapshot.names, runNames: namesOfRuns() };
    if (type === "answer") return answered(asked, bet, answer, about);
    if (type === "ask") return put(asked, bet, step);
    return type === "reset" ? begunAgain(asked) : {};
  }

  /** One alone needs none. */
  function namesOfRuns() {
    if (race.trainers.length === 1) return [""];
    const plans = race.trainers.map(({ plan }) => plan);
    return runNames(plans, snapshot.objectives);
  }

  /** The first that holds. */
  function status() {
    if (race.hasDiverged) return "diverged";
    if (snapshot.playing) return "playing";
    if (race.converged) return "converged";
    return race.step ? "paused" : "ready";
  }

  return {
    race,
    snapshot,

    get points() {
      return points;
    },

    /** Of all points, where they are very many. */
    get picture() {
      return picture;
    },

    /**
     * Do as a person says. Throws where that cannot be, and why.
     * @param {CommandType} type
     * @param {Record<string, any>} fields
     * @returns {boolean} whether there is more to tell than the state
     */
    obey(type, { step, changes = {}, at, remove, insert, held, bet, answer }) {
      const [first] = race.trainers;
      const { playing, steps_per_second, ...others } = changes;
      const goesOn =
        playing || type in { edit: 1, new_data: 1, reset: 1 } || Object.keys(others)[0];
      const over = race.trainers.find(
        ({ settings, data }) => settings.outside || !data.objective.isKnown,
      );
      if (over && goesOn) throw new Error(whyNot(over.plan, over.data));
      const { guess } = snapshot;
      let isAllNew = type === "edit" || type === "new_data";
      if (type === "edit") {
        // A race shows several lines, and begins again at the guess.
        const { params } = first.table.rowAt(first.table.indexOf(step));
        const edited = (held ? splicedHeld : spliced)(points, at, remove, insert);
        usePoints(edited, race.trainers.length > 1 ? guess : params);
        snapshot.note = ""; // it is on the points as they were made
      } else if (step !== undefined) {
        race.seek(step);
      }
      if (type === "new_data") makePoints();
      if (type === "reset") race.begin(guess);
      if (type === "set") isAllNew = set(changes);
      else if (type !== "seek") Object.assign(snapshot, { playing: false, stop_at: null });
      if (snapshot.bets) Object.assign(snapshot, askedAfter(type, bet, answer));
      return isAllNew;
    },

    /**
     * The rows after a step, up to another.
     * @param {number} [after]
     * @param {number} [to]
     * @returns {Tables}
     */
    tables(after, to) {
      return tablesOf(
        race.trainers.map(({ table }) => table),
        after,
        to,
      );
    },

    /** @returns {Snapshot} */
    state() {
      const { trainers, step } = race;
      const names = namesOfRuns();
      const runs = trainers.map(({ table, settings, step, divergedAt }, i) => ({
        name: names[i],
        optimizer: settings.optimizer,
        outside: Boolean(settings.outside),
        lr: settings.lr,
        n_rows: table.last + 1,
        diverged_at: divergedAt,
        row: table.rows(step - 1, step),
        stretch: table.stretchAt(step),
      }));
      const advice = said(diagnose(trainers, names)[0]);
      return { ...snapshot, runs, step, status: status(), advice };
    },
  };
}
