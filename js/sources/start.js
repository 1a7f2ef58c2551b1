// What a page begins with, from its options, where no kernel does: the points, and the first row of
// each run. The twin of gd_widget/page/start.py.

import { noiseMean } from "../core/diagnoses.js";
import { makeLine } from "../core/make-line.js";
import { params } from "../core/checks.js";
import { checked } from "../core/options.js";
import { overview } from "../core/picture.js";
import { mustHaveDigits } from "../core/features.js";
import {
  isLine,
  names as namesOf,
  modelOf,
  sampleOf,
  standardized,
  usualGuess,
} from "../core/model.js";
import { quadratic } from "../core/objective.js";
import { bowlOf, mustBeFinite } from "../core/quadratic.js";
import { MOST_RUNS } from "../core/race.js";
import { check, panelsFor } from "../core/settings.js";
import { firstRow } from "../core/trainer.js";
import { dataOf } from "./features.js";
import { sentence } from "../words/sentence.js";

/**
 * The beginning of a session: the points and the first row of each run.
 * @param {Record<string, any>} given  what is missing or null has its default
 * @returns {import("./standing.js").Known}
 */
export function begin(given) {
  const { x, y, n, noise, seed, true_params, lr, optimizer, ...others } = checked(given);
  if (x.length !== y.length) {
    throw new Error(`x and y must be of one length; got ${x.length} and ${y.length} values`);
  }
  const makes = x.length ? null : { n, noise, seed, true_params };
  const { degree, intercept, standardize, ...settings } = others;
  const { points, model: wanted } = makes
    ? { points: makeLine(makes), model: modelOf(degree, intercept, standardize) }
    : dataOf(x, y, { degree, intercept, standardize });
  const model = standardized(wanted, points.features);
  const names = namesOf(model);
  const guess = settings.guess ?? usualGuess(names);
  check("guess", guess, params(names));
  const sample = sampleOf(model, points);
  const bowl = bowlOf(sample.features, sample.y, model.intercept);
  mustBeFinite(bowl, points);
  if (!isLine(model)) mustHaveDigits(bowl, model, sample);
  const runs = perRun([lr].flat(), [optimizer].flat()).map((own) => {
    const row = firstRow(guess, quadratic(bowl), own.lr);
    return { ...own, row, stretch: null, diverged_at: null };
  });
  const snapshot = {
    ...settings,
    ...{ model, names, panels: settings.panels ?? panelsFor(names.length) },
    ...{ runs, guess, bowl, makes, engine: "", code: null, printed: "" },
    note: makes ? sentence(noiseMean(noise, true_params)) : "",
    ...{ stop_at: null, playing: false },
  };
  const rows = {
    rows: runs.map(({ row }) => row),
    stretches: runs.map(() => []),
    widths: runs.map(({ row }) => row.length),
  };
  return { snapshot: /** @type {any} */ (snapshot), points, rows, picture: overview(points) };
}

/**
 * The rate and the rule of each run: where one is said for several, it is all of theirs.
 * @param {number[]} lrs
 * @param {string[]} optimizers
 */
function perRun(lrs, optimizers) {
  const length = Math.max(lrs.length, optimizers.length);
  for (const [name, all] of Object.entries({ lr: lrs, optimizer: optimizers })) {
    if (all.length >= 1 && all.length <= MOST_RUNS) continue;
    const rule = `one value, or a list of 1 to ${MOST_RUNS}`;
    throw new Error(`${name} must be ${rule}; got ${JSON.stringify(all)}`);
  }
  if (lrs.length > 1 && optimizers.length > 1 && lrs.length !== optimizers.length) {
    throw new Error(
      "lr and optimizer must be of one length where both are lists; got " +
        `${lrs.length} and ${optimizers.length} values`,
    );
  }
  return Array.from({ length }, (_, i) => ({
    lr: lrs[i] ?? lrs[0],
    optimizer: optimizers[i] ?? optimizers[0],
  }));
}
