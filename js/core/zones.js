// What each learning rate does with these data.

import { SOON, leftAfter } from "./forecast.js";
import { once } from "./once.js";
import { errorCurvatures, gradient, nearFloor } from "./quadratic.js";
import { criticalLr } from "./rates.js";

/**
 * @typedef {import("./quadratic.js").Bowl} Bowl
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {import("./stretches.js").Plan} Plan
 *
 * Rates that do the same; of those without a name nothing can be said.
 * @typedef {"" | "goes down" | "creeps" | "converges" | "oscillates" | "diverges"} ZoneName
 * @typedef {{ name: ZoneName, from: number, to: number }} Zone
 */

/**
 * What the rates from 0 upward do. What converges is within 1% of the floor after SOON steps from
 * the start, and stays; what takes more of them creeps, or swings about. Of batches that differ, of rules that are
 * not linear in the gradient, of a shadow, and where swings last, that cannot be said.
 * @param {Plan} plan
 * @param {Bowl} bowl
 * @param {Params} start
 * @returns {Zone[]}
 */
export function zones(plan, bowl, start) {
  const critical = plan.outside ? Infinity : criticalLr(plan, { bowl });
  if (critical === Infinity) return [{ name: "", from: 0, to: Infinity }];
  /** @type {Zone} */
  const last = { name: "diverges", from: critical, to: Infinity };
  const { optimizer, momentum } = plan; // no matter what the rate is
  if (bowl.of || Number(momentum) > LASTING) return [{ name: "", from: 0, to: critical }, last];
  const [slow, swings] = ends(bowl, { optimizer, momentum }, start);
  /** @type {Zone[]} */
  const all = [
    { name: "creeps", from: 0, to: slow },
    { name: "converges", from: slow, to: swings },
    { name: "oscillates", from: swings, to: critical },
    last,
  ];
  return all.filter(({ from, to }) => from < to);
}

const LARGER = [0.7, 0.9, 0.98]; // shares of the critical rate
const LASTING = 0.98; // with a momentum above it, what swings still does so after SOON steps

/** From which rate to which training converges. Nothing does where both are the same. */
const ends = once(
  /**
   * @param {Bowl} bowl
   * @param {Plan} plan
   * @param {Params} start
   * @returns {[number, number]}
   */
  (bowl, plan, start) => {
    const critical = criticalLr(plan, { bowl });
    const goal = nearFloor(bowl, gradient(bowl, start)[0]) - bowl.floor;
    const arrives = (/** @type {number} */ lr) =>
      leftAfter(SOON, { ...plan, lr }, bowl, start) <= goal;
    // One step of gradient descent leaves 1 - lr·λ of an error along which the curvature is λ.
    const steady = 1 / errorCurvatures(bowl)[1];
    if (plan.optimizer === "gd") return [turn(arrives, steady, 0), steady];
    // With a momentum, larger ones lead further; the critical one leads nowhere.
    const good = [steady, ...LARGER.map((share) => share * critical)].find(arrives) ?? critical;
    return [turn(arrives, good, 0), turn(arrives, good, critical)];
  },
);

/**
 * Where, from one rate to another, a condition ceases to hold that does at the first; at the first itself,
 * if it never did.
 * @param {(lr: number) => boolean} holds
 * @param {number} one
 * @param {number} other
 */
function turn(holds, one, other) {
  if (holds(other)) return other;
  for (let i = 0; i < 40; i++) {
    const middle = (one + other) / 2;
    [one, other] = holds(middle) ? [middle, other] : [one, middle];
  }
  return one;
}

/**
 * A rate between two zones does what the slower ones do; but at the critical rate, where the last
 * one begins, nothing converges any more.
 * @param {number} lr
 * @param {Zone[]} all
 */
export function zoneOf(lr, all) {
  const last = all[all.length - 1];
  return lr >= last.from ? last.name : (all.find(({ to }) => lr <= to) ?? last).name;
}
