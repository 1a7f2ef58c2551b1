// Several runs on the same points, under one clock: the twin of gd_widget/training/race.py. One run alone
// is the shortest race.

import { PER_RUN } from "./settings.js";
import { firstRow } from "./trainer.js";

export const MOST_RUNS = 8;

/**
 * @typedef {import("./trainer.js").Trainer} Trainer
 * @typedef {import("./quadratic.js").Params} Params
 */

/**
 * Trainers in step. One whose numbers stop being finite stays at its last row.
 * @param {Trainer[]} trainers
 */
export function newRace(trainers) {
  /** Train the runs that are behind the clock, unless they have diverged there. */
  function catchUp() {
    const { step } = race;
    let isLonger = false;
    for (const trainer of trainers) {
      while (trainer.step < step && trainer.divergedAt === null) {
        isLonger = trainer.advance() || isLonger;
      }
    }
    return isLonger;
  }

  const race = {
    trainers,

    /** The clock: the step of the run that got furthest. */
    get step() {
      return Math.max(...trainers.map(({ step }) => step));
    },

    /** The last step of the longest run. */
    get last() {
      return Math.max(...trainers.map(({ table }) => table.last));
    },

    /** Whether every run has: there is nothing to train. */
    get diverged() {
      return trainers.every(({ divergedAt }) => divergedAt !== null);
    },

    /** Whether every run has left for good, though its numbers may still be finite. */
    get hasDiverged() {
      return trainers.every(({ hasDiverged }) => hasDiverged);
    },

    /** Whether all runs have that did not leave for good. */
    get converged() {
      return (
        !race.hasDiverged && trainers.every((trainer) => trainer.hasDiverged || trainer.converged)
      );
    },

    /**
     * Train on to a step: less far where all runs diverge, on arriving where all others have
     * converged, or when it is late.
     * @param {number} goal
     * @param {() => boolean} isLate
     * @returns {"" | "converged" | "diverged"} why there is no more to train, if so
     */
    trainTo(goal, isLate) {
      const arriving = !race.converged;
      for (let { step } = race; step < goal; step++) {
        for (const trainer of trainers) if (trainer.divergedAt === null) trainer.advance();
        if (race.step === step) return "diverged";
        if (arriving && race.converged) return "converged";
        if (isLate()) break;
      }
      return "";
    },

    /** Go to a step already made; a run that ended before it, to its last. @param {number} step */
    seek(step) {
      for (const trainer of trainers) trainer.seek(step);
      catchUp();
    },

    /**
     * Change settings; those in PER_RUN may be lists.
     * @param {Record<string, any>} changes
     * @returns {boolean} whether a run that had ended has been brought up to the others
     */
    set(changes) {
      trainers.forEach((trainer, i) => {
        const mine = { ...changes };
        for (const name of PER_RUN) {
          if (name in changes) mine[name] = [changes[name]].flat()[i] ?? changes[name];
        }
        trainer.set(mine);
      });
      return catchUp();
    },

    /**
     * Begin again, on other points perhaps. A line that is too far away changes nothing.
     * @param {Params} params
     * @param {import("./next-step.js").Data[]} [data]  of each run
     */
    begin(params, data = trainers.map((trainer) => trainer.data)) {
      for (const { objective } of data) firstRow(params, objective, null);
      trainers.forEach((trainer, i) => trainer.begin(params, data[i]));
    },
  };
  return race;
}
