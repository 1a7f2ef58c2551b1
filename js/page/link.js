// A state of the element as an address, and the element opened in it: the twin of
// gd_widget/page/link.py, which says what stands there.
//
// An address can come from anyone. What it says is checked as attributes are, is never markup, and
// bounds what is computed; words, controls and sizes are the page's own.

import { betsIn, inWords } from "./linked-bets.js";
import { functionStart } from "../core/functions.js";
import { madePoints } from "../core/make-line.js";
import { usualGuess } from "../core/model.js";
import { DEFAULTS } from "../core/options.js";
import { panelsFor } from "../core/settings.js";
import { at } from "../sources/start.js";
import { template } from "../words/say.js";
import { inText, read, turned } from "./attributes.js";

export const LINKED = [
  ...["n", "noise", "seed", "true_params", "validation", "degree", "intercept", "standardize"],
  ...["loss", "function", "delta", "ridge", "optimizer", "lr", "batch_size", "momentum", "alpha"],
  ...["betas", "history_size", "guess", "n_epochs", "steps_per_second", "panels"],
];
/** What a link may have beside options. */
const BESIDE = ["ask", "lang", "step"];
const [MOST_STEPS, MOST_POINTS] = [10_000, 20_000];
const MOST_LETTERS = 2_000;
const NAMES = LINKED.map((option) => option.replaceAll("_", "-"));

/**
 * What stands after the # for a view: what is not as usual, and the step. Throws for what no page
 * could make of it.
 * @param {string} name  of the element
 * @param {import("../types.js").View} view
 * @param {string} [lang]  that it speaks
 */
export function linkOf(name, view, lang = "en") {
  const { labels, runs, step } = view;
  const { model, names, n_epochs, panels, objectives } = labels;
  const known = labels.function?.name; // where training goes down a function, and no points are there
  const usualOf = known ? functionStart(known) : null;
  const made = known ? { function: known } : madeOf(view);
  atMost("step", step, MOST_STEPS);
  if (runs.some(({ outside }) => outside))
    throw new Error("code in Python made these steps, which no page can");
  /** @type {any[]} */
  const losses = runs.map((_, i) => objectives?.[i] ?? { kind: "mse" });
  const kinds = losses.map(({ kind }) => kind);
  const { delta = 1 } = losses.find(({ kind }) => kind === "huber") ?? {};
  const { ridge = 0 } = losses[0];
  /** @type {Record<string, any>} */
  const now = {
    ...made,
    ...turned(view),
    ...(!known && {
      degree: model.degree,
      intercept: model.intercept !== null,
      standardize: Boolean(model.means),
      loss: new Set(kinds).size > 1 ? kinds : kinds[0],
    }),
    ...{ delta, ridge, guess: view.guess, n_epochs, panels },
    ...{
      ask: view.bets.length ? inWords(view.bets) : null,
      lang: lang === "en" ? null : lang,
      step: step || null,
    },
  };
  /** @type {Record<string, any>} */
  const usual = {
    ...{ ...DEFAULTS, guess: usualOf?.guess ?? usualGuess(names), lr: usualOf?.lr ?? DEFAULTS.lr },
    panels: panelsFor(names.length, kinds),
  };
  const said = new URLSearchParams();
  for (const [i, option] of [...LINKED, ...BESIDE].entries()) {
    const value = now[option] ?? null;
    const isUsual = value === null || inText(value) === inText(usual[option] ?? "");
    if (!isUsual) said.set(NAMES[i] ?? option, inText(value));
  }
  return `${name}?${said}`;
}

/**
 * What the points shown were made with. Throws where no page could make them of that.
 * @param {import("../types.js").View} view
 */
function madeOf({ labels: { makes, bowl }, points }) {
  if (!makes)
    throw new Error(template("a link has the seed of points, and these were not made from one"));
  // What points were made with may be hidden: it is in no link then.
  const made = {
    ...makes,
    true_params: makes.true_params[0] === undefined ? DEFAULTS.true_params : makes.true_params,
  };
  atMost("n", bowl.n, MOST_POINTS);
  if (Array.isArray(made.validation))
    throw new Error(`validation must be a share in a link; got ${inText(made.validation)}`);
  const again = madePoints(made);
  const areHeld = !points.held || areSame(points.held, again.held ?? again);
  if (areSame(points, again) && areHeld) return made;
  throw new Error(
    template(
      "a link has the seed of points, and these were edited, or what they are made with is hidden",
    ),
  );
}

/**
 * What an address asks of an element: its options, null for what is usual; the step; the bets, in
 * words; and the language. Null where it asks nothing of it; throws where it says what cannot be.
 * @param {string} name  of the element
 * @param {string} hash  of the address, with its #
 */
export function linked(name, hash) {
  const start = `#${name}?`;
  if (!hash.startsWith(start)) return null;
  if (hash.length > MOST_LETTERS) throw new Error(`more than ${MOST_LETTERS} letters`);
  /** What is not said is as usual, whatever the page says. @type {Record<string, any>} */
  const options = Object.fromEntries(LINKED.map((option) => [option, null]));
  let [step, ask, lang] = [0, "", ""];
  for (const [key, text] of new URLSearchParams(hash.slice(start.length))) {
    const option = LINKED[NAMES.indexOf(key)];
    if (key === "step") step = Number(text);
    else if (key === "ask") ask = text;
    else if (key === "lang") lang = text;
    else if (option) options[option] = read(option, text);
    else throw new Error(`no link has ${JSON.stringify(key)}`);
  }
  if (!(Number.isInteger(step) && step >= 0)) throw new Error("step must be a whole number");
  atMost("step", step, MOST_STEPS);
  if (typeof options.n === "number") atMost("n", options.n, MOST_POINTS);
  return { options, step, ask, lang };
}

/** @typedef {import("../core/points.js").Points} Points */

/** @param {Points} one @param {Points} other */
const areSame = (one, { x, y }) =>
  one.y.length === y.length && y.every((_, i) => x[i] === one.x[i] && y[i] === one.y[i]);

/** @param {string} name @param {number} value @param {number} most */
function atMost(name, value, most) {
  if (value > most) throw new Error(`${name} must be at most ${most} in a link; got ${value}`);
}

/** By which an address means an element. @param {Element} element */
const nameOf = ({ id }) => id || "gradient-descent";

/** The language that the address of its page asks of an element; "" for none. @param {Element} element */
export function languageAsked(element) {
  const [, said] = location.hash.split(`#${nameOf(element)}?`);
  return new URLSearchParams(said).get("lang") ?? "";
}

/**
 * What an element begins with: as its page says, or as the address of that does. What is wrong with
 * the address is said.
 * @param {Element} element
 * @param {(asked?: NonNullable<ReturnType<typeof linked>>) => import("../sources/standing.js").Known} begin
 *   as the page says, but for what is asked
 */
export function opened(element, begin) {
  try {
    const asked = linked(nameOf(element), location.hash);
    if (asked) return at(asked.step, asking(asked, begin(asked)));
  } catch (error) {
    const warning = `The link is ignored: ${/** @type {Error} */ (error).message}.`;
    return { ...begin(), warning };
  }
  return begin();
}

/**
 * The same with bets, where a link has some.
 * @param {{ ask: string, step: number }} asked  their words, and where they are put
 * @param {import("../sources/standing.js").Known} known
 */
export function asking({ ask, step }, known) {
  if (!ask) return known;
  const { snapshot } = known;
  return { ...known, snapshot: { ...snapshot, bets: betsIn(ask, known, step), asked: 0 } };
}

/**
 * What a page's address is for an element: where it goes when that changes, and what puts the state
 * into it and copies it; null where no reader sees an address.
 * @param {Element} element
 * @param {Pick<import("../session/session.js").Session, "view" | "language">} session
 * @param {() => void} open  the element anew
 */
export function linking(element, session, open) {
  const moved = () => {
    if (location.hash.startsWith(`#${nameOf(element)}?`)) open();
  };
  addEventListener("hashchange", moved);
  const copy = async () => {
    const view = /** @type {import("../types.js").View} */ (session.view); // the menu is in it
    history.replaceState(null, "", `#${linkOf(nameOf(element), view, session.language.lang)}`);
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      throw new Error(
        template("the browser does not allow it; the address of this page is the link"),
      );
    }
  };
  return {
    copy: self === top && /^(https?|file):/.test(location.protocol) ? copy : null,
    leave: () => removeEventListener("hashchange", moved),
  };
}
