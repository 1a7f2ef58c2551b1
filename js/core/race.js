// Several runs on the same points, under one clock: the twin of gd_widget/training/race.py. One run alone
// is the shortest race.

import { general } from "./format-g.js";
import { RULES } from "./rules.js";
import { OWN } from "./settings.js";

export const MOST_RUNS = 8;

/**
 * @typedef {import("./trainer.js").Trainer} Trainer
 * @typedef {import("./quadratic.js").Params} Params
 */

/** Trainers in step. One whose numbers stop being finite stays at its last row. */
export class Race {
  /** @param {Trainer[]} trainers */
  constructor(trainers) {
    this.trainers = trainers;
  }

  /** The clock: the step of the run that got furthest. */
  get step() {
    return Math.max(...this.trainers.map(({ step }) => step));
  }

  /** The last step of the longest run. */
  get last() {
    return Math.max(...this.trainers.map(({ table }) => table.last));
  }

  /** Whether every run has: there is nothing to train. */
  get diverged() {
    return this.trainers.every(({ divergedAt }) => divergedAt !== null);
  }

  /** Whether all runs have that did not diverge. */
  get converged() {
    return (
      !this.diverged &&
      this.trainers.every(({ divergedAt, converged }) => divergedAt !== null || converged)
    );
  }

  /**
   * Train on to a step: less far where all runs diverge, on arriving where all others have converged,
   * or when it is late.
   * @param {number} goal
   * @param {() => boolean} isLate
   * @returns {"" | "converged" | "diverged"} why there is no more to train, if so
   */
  trainTo(goal, isLate) {
    const arriving = !this.converged;
    for (let { step } = this; step < goal; step++) {
      for (const trainer of this.trainers) if (trainer.divergedAt === null) trainer.advance();
      if (this.step === step) return "diverged";
      if (arriving && this.converged) return "converged";
      if (isLate()) break;
    }
    return "";
  }

  /** Go to a step already made; a run that ended before it, to its last. @param {number} step */
  seek(step) {
    for (const trainer of this.trainers) trainer.seek(step);
    this.#catchUp();
  }

  /**
   * Change settings; those in OWN may be lists.
   * @param {Record<string, any>} changes
   * @returns {boolean} whether a run that had ended has been brought up to the others
   */
  set(changes) {
    this.trainers.forEach((trainer, i) => {
      const mine = { ...changes };
      for (const name of OWN) {
        if (name in changes) mine[name] = [changes[name]].flat()[i] ?? changes[name];
      }
      trainer.set(mine);
    });
    return this.#catchUp();
  }

  /** Train the runs that are behind the clock, unless they have diverged there. */
  #catchUp() {
    const { step } = this;
    let isLonger = false;
    for (const trainer of this.trainers) {
      while (trainer.step < step && trainer.divergedAt === null) {
        isLonger = trainer.advance() || isLonger;
      }
    }
    return isLonger;
  }

  /**
   * Begin again, on other points perhaps. A line that is too far away changes nothing.
   * @param {Params} params
   * @param {import("./quadratic.js").Bowl} [bowl]
   * @param {import("./points.js").Points} [points]
   */
  begin(params, bowl, points) {
    for (const trainer of this.trainers) trainer.begin(params, bowl, points);
  }
}

/**
 * What tells runs from each other: the rule, the rate, or both.
 * @param {import("./stretches.js").Plan[]} plans
 */
export function runNames(plans) {
  const differ = (/** @type {"optimizer" | "lr"} */ part) =>
    new Set(plans.map((plan) => plan[part]).filter(Boolean)).size > 1;
  const rates = differ("lr");
  const rules = plans.length > 1 && (differ("optimizer") || !rates);
  const names = plans.map(({ optimizer, lr }) =>
    [rules && (RULES[optimizer]?.label ?? optimizer), rates && lr && general(lr)]
      .filter(Boolean)
      .join(", "),
  );
  // Runs that are alike are told by their numbers.
  return names.map((name, i) => {
    const alike = (/** @type {string[]} */ all) => all.filter((other) => other === name).length;
    return alike(names) > 1 ? `${name} ${alike(names.slice(0, i + 1))}` : name;
  });
}
