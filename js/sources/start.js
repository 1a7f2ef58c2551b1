// What a page begins with, from its options, where no kernel does: the points, and the first row of
// each run. The twin of gd_widget/page/start.py.

import { noiseMean } from "../core/diagnoses.js";
import { madePoints } from "../core/make-line.js";
import { holdBack } from "../core/held-back.js";
import { params } from "../core/checks.js";
import { checked } from "../core/options.js";
import { overview } from "../core/picture.js";
import { mustHaveDigits } from "../core/features.js";
import { isLine, names as namesOf, modelOf, sampleOf, usualGuess } from "../core/model.js";
import { standardized } from "../core/scaling.js";
import { functionStart } from "../core/functions.js";
import { mustSuit } from "../core/losses.js";
import { bowlIn, objectiveOf } from "../core/objective.js";
import { mustBeFinite } from "../core/quadratic.js";
import { MOST_RUNS } from "../core/race.js";
import { check, panelsFor } from "../core/settings.js";
import { firstRow } from "../core/trainer.js";
import { dataOf } from "./features.js";
import { newStanding } from "./standing.js";
import { sentence } from "../words/sentence.js";

/**
 * The beginning of a session: the points and the first row of each run.
 * @param {Record<string, any>} given  what is missing or null has its default
 * @returns {import("./standing.js").Known}
 */
export function begin(given) {
  const { x, y, n, noise, seed, true_params, validation, lr, optimizer, loss, ...others } =
    checked(given);
  if (others.function) return beginOn({ x, optimizer, ...others, lr: given.lr });
  if (x.length !== y.length) {
    throw new Error(`x and y must be of one length; got ${x.length} and ${y.length} values`);
  }
  const makes = x.length ? null : { n, noise, seed, true_params, validation };
  const { degree, intercept, standardize, delta, ridge, function: _, ...settings } = others;
  const { points: whole, model: wanted } = makes
    ? { points: madePoints(makes), model: modelOf(degree, intercept, standardize) }
    : dataOf(x, y, { degree, intercept, standardize });
  const points = validation && !makes ? holdBack(whole, validation, seed) : whole;
  const model = wanted.means ? standardized(wanted, points.features) : wanted;
  const names = namesOf(model);
  const guess = settings.guess ?? usualGuess(names);
  check("guess", guess, params(names));
  const sample = sampleOf(model, points);
  const each = perRun({ lr: [lr].flat(), optimizer: [optimizer].flat(), loss: [loss].flat() });
  const all = each.map(({ loss: kind }) => ({ kind, delta, ridge }));
  const isPlain = all.every(({ kind }) => kind === "mse") && !ridge;
  const objectives = isPlain ? undefined : all;
  const bowl = bowlIn({ model, objectives }, sample);
  mustBeFinite(bowl, points);
  if (!isLine(model)) mustHaveDigits(bowl, model, sample);
  for (const about of objectives ?? [])
    for (const { y } of [points, points.held ?? points]) mustSuit(about, y);
  const panels = settings.panels ?? panelsFor(names.length, [loss].flat());
  const note = makes ? sentence(noiseMean(noise, true_params)) : "";
  const told = { ...settings, model, names, panels, makes, note, guess, bowl };
  return knownOf({ ...told, ...(objectives && { objectives }) }, each, points);
}

/**
 * That of a session about a function of two parameters: there are no points.
 * @param {Record<string, any>} options
 * @returns {import("./standing.js").Known}
 */
function beginOn({ x, lr, optimizer, function: name, delta, ridge, ...settings }) {
  if (x.length)
    throw new Error(`x must be left out where function is given; got ${x.length} values`);
  const { told, points, guess: usual, lr: usualLr, ...labels } = functionStart(name);
  const guess = settings.guess ?? usual;
  check("guess", guess, params(told.names));
  const rates = [lr ?? usualLr].flat();
  const each = perRun({ lr: rates, optimizer: [optimizer].flat(), loss: ["function"] });
  const objectives = each.map(() => ({ kind: "function", delta, ridge, function: name }));
  const panels = settings.panels ?? panelsFor(2, ["function"]);
  const [x_label, y_label] = told.names;
  const own = { ...labels, names: told.names, panels, makes: null, note: "", guess };
  return knownOf(
    { ...settings, ...own, x_label, y_label, function: told, objectives },
    each,
    points,
  );
}

/**
 * Everything, with row 0 of each run.
 * @param {Record<string, any>} labels
 * @param {{ lr: number, optimizer: string }[]} each  run's own
 * @param {import("../core/points.js").Points} points
 * @returns {import("./standing.js").Known}
 */
function knownOf(labels, each, points) {
  const runs = each.map(({ lr, optimizer }, i) => {
    const objective = objectiveOf({ labels: /** @type {any} */ (labels), points }, i);
    const row = firstRow(labels.guess, objective, lr);
    return { lr, optimizer, row, stretch: null, diverged_at: null };
  });
  const rest = { engine: "", code: null, printed: "", stop_at: null, playing: false };
  const rows = {
    rows: runs.map(({ row }) => row),
    stretches: runs.map(() => []),
    widths: runs.map(({ row }) => row.length),
  };
  const snapshot = /** @type {any} */ ({ ...labels, ...rest, runs });
  return { snapshot, points, rows, picture: overview?.(points) ?? null };
}

/**
 * What each run has of its own: where one is said for several, it is all of theirs.
 * @param {{ lr: number[], optimizer: string[], loss: string[] }} given
 */
function perRun(given) {
  for (const [name, all] of Object.entries(given)) {
    if (all.length >= 1 && all.length <= MOST_RUNS) continue;
    const rule = `one value, or a list of 1 to ${MOST_RUNS}`;
    throw new Error(`${name} must be ${rule}; got ${JSON.stringify(all)}`);
  }
  const lists = Object.entries(given).filter(([, { length }]) => length > 1);
  const lengths = lists.map(([, { length }]) => length);
  if (new Set(lengths).size > 1) {
    throw new Error(
      `${lists.map(([name]) => name).join(" and ")} must be of one length where both are lists; ` +
        `got ${lengths.join(" and ")} values`,
    );
  }
  const { lr, optimizer, loss } = given;
  return Array.from({ length: lengths[0] ?? 1 }, (_, i) => ({
    lr: lr[i] ?? lr[0],
    optimizer: optimizer[i] ?? optimizer[0],
    loss: loss[i] ?? loss[0],
  }));
}

/**
 * Where training is so many steps later, or where it ends before.
 * @param {number} step
 * @param {import("./standing.js").Known} known  a beginning
 * @returns {import("./standing.js").Known}
 */
export function at(step, known) {
  const { race, state, tables } = newStanding(known);
  // It pauses where it converges, and goes on when it is asked again.
  for (let before = -1; race.step < step && race.step > before;) {
    before = race.step;
    race.trainTo(step, () => false);
  }
  return { ...known, snapshot: state(), rows: tables() };
}
