// Bets by their names, as a link has them, made anew: what gd_widget/bets says of each kind, but for a
// teacher's own, whose words are no link's.

import { wholeNumber } from "../core/checks.js";
import { criticalLr } from "../core/rates.js";
import { planOf } from "../core/stretches.js";
import { template } from "../words/say.js";
import { takesWinner } from "./linked-races.js";

const ENDS = ["future", "best", "zones", "forecast", "advice"];
const NEXT = ["future", "next", "best"];
const MOST_STEPS = 10_000;
export const MOST_BETS = 20;

/**
 * What a kind keeps back until it is answered, and whether no step is made meanwhile; the steps it looks
 * ahead, or else those that it looks ahead where nothing is said, and the fewest and the most that it may;
 * and what it suits; null: no page without races.
 * @typedef {object} Named
 * @property {string[]} hides
 * @property {boolean} [stops]
 * @property {number} [ahead]
 * @property {[number, number, number]} [steps]
 * @property {((snapshot: Snapshot, points: Points) => boolean) | null} [suits]
 *
 * @typedef {import("../sources/source.js").Snapshot} Snapshot
 * @typedef {import("../core/points.js").Points} Points
 */

/** @type {Record<string, Named>} */
const NAMED = {
  next_step: { hides: NEXT, ahead: 1, suits: ({ names }) => names.length <= 2 },
  sign: { hides: NEXT, ahead: 1, suits: ({ names }) => names.length <= 4 },
  loss_after: { hides: ENDS, steps: [10, 1, MOST_STEPS] },
  draw_loss: { hides: ENDS, steps: [50, 2, 500] },
  winner: { hides: ENDS, steps: [100, 1, MOST_STEPS], suits: takesWinner },
  largest_rate: {
    hides: ["zones", "forecast", "advice"],
    suits: ({ bowl, objectives, runs: [run], ...settings }) =>
      [undefined, "mse"].includes(objectives?.[0].kind) &&
      Number.isFinite(criticalLr(planOf(run, settings, bowl.n), { bowl })),
  },
  order: { hides: ["code"], stops: false, suits: ({ objectives }) => !objectives },
};

/**
 * Bets in words: "next_step; loss_after 20". Throws for a teacher's own.
 * @param {import("../types.js").Bet[]} bets
 */
export function inWords(bets) {
  const own = bets.some(({ question }) => question !== undefined);
  if (own) throw new Error(template("a link has no words, and a question here has"));
  return bets.map(({ kind, steps }) => (NAMED[kind].steps ? `${kind} ${steps}` : kind)).join("; ");
}

/**
 * The bets that words name, put at a step, none of them answered. Throws for what is none, or does not suit.
 * @param {string} words
 * @param {{ snapshot: Snapshot, points: Points }} known
 * @param {number} at
 * @returns {import("../types.js").Bet[]}
 */
export function betsIn(words, { snapshot, points }, at) {
  const all = words.split(";").map((one) => one.trim());
  if (all.length > MOST_BETS)
    throw new Error(`ask must be at most ${MOST_BETS} bets; got ${all.length}`);
  return all.map((one) => {
    const [kind, typed, ...more] = one.split(/\s+/);
    const named = Object.hasOwn(NAMED, kind) ? NAMED[kind] : null;
    const { hides = [], stops = true, ahead = 0, suits = () => true } = named ?? {};
    const [usual, least, most] = named?.steps ?? [ahead, ahead, ahead];
    const steps = typed === undefined ? usual : Number(typed);
    const isRight = wholeNumber(least).isRight(steps) && steps <= most && !more.length;
    if (!named || !isRight || !suits?.(snapshot, points)) {
      const must = `bets that suit what is shown, of ${Object.keys(NAMED).join(", ")}`;
      throw new Error(`ask must be ${must}; got ${JSON.stringify(one)}`);
    }
    return { kind, steps, hides, stops, at, answer: null, truth: null, score: null };
  });
}
