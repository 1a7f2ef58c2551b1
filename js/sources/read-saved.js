// A session as it was saved, looked through before anything is made of it: files are edited by
// hand, cut off, or of another version.

import { areBets } from "../bets/asked.js";
import { areFinite } from "../core/checks.js";
import { areHeld } from "../core/held-back.js";
import { checked } from "../core/options.js";
import { madePoints } from "../core/make-line.js";
import { isLine } from "../core/model.js";
import { areLosses } from "./read-losses.js";
import { isModel } from "./read-model.js";
import { isPicture } from "./read-picture.js";
import { unpackPicture, unpackPoints, unpackSavedRows } from "./unpack.js";
import { dimension } from "../core/quadratic.js";
import { RULES } from "../core/rules.js";
import { RULE_SETTINGS, panelsFor } from "../core/settings.js";

const MOST = 1e9; // steps
const HUGE = 1e155; // what is larger has no square

/**
 * JSON, and bytes.
 * @typedef {{ snapshot: any, points: any, rows: any, picture?: any }} Saved
 */

/**
 * What to go on from. Throws where it is not whole.
 * @param {() => Saved} load
 * @returns {import("./standing.js").Known}
 */
export function readSaved(load) {
  try {
    return read(load());
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    throw new Error(`What was saved here is damaged: ${message}`);
  }
}

/** @param {Saved} saved */
function read({ snapshot, points, rows, picture }) {
  const { runs, makes, code, n_epochs, names, bowl, model } = snapshot;
  isBowl(bowl);
  if (isLine(model)) must("model", bowl.intercept === 1 && dimension(bowl) === 2);
  else isModel(model, bowl, must);
  const { middle, spread } = snapshot;
  areNumbers("spread", [...middle, ...spread]);
  must(
    "spread",
    [middle, spread].every(({ length }) => length === model.features.length + 1),
  );
  const runNames = runs.map((/** @type {any} */ run) => run.name);
  const texts = ["note", "advice", "printed", "engine", "status"].map((name) => snapshot[name]);
  const areTexts = [...texts, ...names, ...model.features, ...runNames, ...(code ?? [])].every(
    (text = "") => typeof text === "string",
  );
  must("text", areTexts);
  const right = {
    ...snapshot,
    ...checked({ ...snapshot, function: null }), // there it is what is known of one
    function: snapshot.function ?? null,
    bowl,
    panels:
      snapshot.panels ??
      panelsFor(
        dimension(bowl),
        snapshot.objectives?.map((/** @type {any} */ { kind }) => kind),
      ),
    n_epochs,
    playing: snapshot.playing === true,
  };
  areNumbers("guess", right.guess);
  must(
    "bowl",
    [names, right.guess].every(({ length }) => length === dimension(bowl)),
  );
  if (makes) areNumbers("makes", (right.makes = checked(makes)).true_params);
  const d = dimension(bowl);
  right.step = Math.max(...runs.map((/** @type {any} */ { row: [step] }) => step));
  right.stop_at = isStep(right.stop_at) ? right.stop_at : null;
  if (snapshot.words) areWords(snapshot.words);
  if (snapshot.objectives) areLosses(snapshot, must);
  let unpacked = unpackPoints(points, right);
  if (right.makes && !unpacked.y.length) unpacked = madePoints(right.makes);
  const known = {
    snapshot: right,
    points: unpacked,
    rows: unpackSavedRows(rows, right, unpacked),
    picture: unpackPicture(picture, right.picture),
  };
  must("runs", runs.length > 0);
  if (snapshot.bets) must("bets", areBets(snapshot));
  for (const column of [...known.points.features, known.points.y]) {
    areNumbers("points", [...column]);
  }
  if (snapshot.held) areHeld(snapshot.held, known.points);
  must("points", known.points.x.length > 0 || snapshot.function);
  if (known.picture) isPicture(known.picture, must);
  runs.forEach((/** @type {any} */ run, /** @type {number} */ i) => {
    const [table, width] = [known.rows.rows[i], known.rows.widths[i]];
    let last = -1;
    for (let at = 0; at < table.length; at += width) {
      isRow(table.subarray(at, at + width), d, d + 1); // of a run that has diverged
      must("step", table[at] > last && (at > 0 || table[0] === 0));
      last = table[at];
    }
    isRow(run.row, d);
    must("step", run.row[0] <= last);
    isPlan(run);
    must("lr", run.lr !== undefined && run.diverged_at !== undefined);
    must("step", [run.n_rows ?? 0, run.diverged_at ?? 0, run.reached ?? 0].every(isStep));
    for (const made of [...known.rows.stretches[i], run.stretch ?? []].flat()) {
      must("step", isStep(made.step));
      areNumbers("stretches", [made.epoch, made.batch]);
      isPlan(made);
    }
  });
  return known;
}

/**
 * @param {ArrayLike<number | null>} row
 * @param {number} d  parameters
 * @param {number} [worth]  from where to the rate it may be beyond all numbers
 */
function isRow(row, d, worth = 2 * d + 2) {
  const numbers = Array.from(row).filter((_, i) => i < worth || i > 2 * d + 2);
  must("rows", isStep(row[0]) && areFinite(numbers) && numbers.length >= worth);
}

/** @param {import("../core/quadratic.js").Bowl} bowl */
function isBowl({ n, intercept, mean_x, mean_y, cov_x, best_slopes, floor }) {
  areNumbers("bowl", [...mean_x, mean_y, ...best_slopes]);
  must("bowl", areFinite([...cov_x.flat(), floor]) && floor >= 0);
  must(
    "bowl",
    [mean_x.length, best_slopes.length, ...cov_x.map(({ length }) => length)].every(
      (length) => length === cov_x.length,
    ),
  );
  must(
    "bowl",
    cov_x.every((row, j) => row[j] >= 0),
  );
  must("bowl", intercept === null || (isStep(intercept) && intercept <= mean_x.length));
  must("bowl", Number.isSafeInteger(n) && n > 0);
}

/** @param {any} plan  what makes steps */
function isPlan(plan) {
  for (const [name, { isRight }] of Object.entries(RULE_SETTINGS)) {
    const isOurs = name !== "optimizer" || !plan.outside;
    if (plan[name] != null && isOurs) must(name, isRight(plan[name]));
  }
  must("optimizer", plan.outside || Object.hasOwn(RULES, plan.optimizer));
}

/** Throws for a language that there cannot be. @param {import("../types.js").Words} words */
function areWords({ lang, sentences }) {
  Intl.getCanonicalLocales(lang);
  must(
    "words",
    Object.values(sentences).every((sentence) => typeof sentence === "string"),
  );
}

/** @param {any} value */
const isStep = (value) => Number.isInteger(value) && value >= 0 && value < MOST;

/** @param {string} name @param {unknown[]} values */
const areNumbers = (name, values) =>
  must(name, areFinite(values) && values.every((value) => Math.abs(Number(value)) < HUGE));

/** @param {string} name @param {unknown} is */
function must(name, is) {
  if (!is) throw new Error(name);
}
