// Keys in a widget. One is kept from the host only where something here is done with it: JupyterLab
// saves by Ctrl S after a click on Play, and a slide is turned by an arrow after one on a picture. But
// no letter is JupyterLab's: R, which is reset on Play, would make raw text of the cell elsewhere, and
// the widget would be gone.

import { isFree } from "../core/controls.js";
import { isPlain } from "../views/charts/drag.js";
import { hostOf } from "./root.js";

/** @typedef {import("../session/session.js").Session} Session */

/**
 * What the control that has the focus does with a key itself, by what fits it.
 * @type {[string, RegExp][]}
 */
const USED = [
  ["input[type=text]", /^(?!Tab|F\d)/],
  ["input[type=range]", /^(Arrow|Home|End|Page)/],
  ["select", /^(Arrow|Home|End|Page|Enter|.$)/u],
  ["button, summary", /^( |Enter)$/],
  [".zoom button, [role=slider], .bet-line", /^Arrow/],
  [".points-handle", /^(\+|Delete|Backspace)$/],
  ["pre, .sheet", /^(Arrow|Home|End|Page| )/], // what is read in a box of its own
];

/** The same with Ctrl, or the Mac's Command. @type {[string, RegExp][]} */
const USED_WITH_CONTROL = [
  ["input[type=text]", /^[acvxyz]$/i],
  ["pre", /^[ac]$/i],
];

/** What is done where the buttons and the timeline are. */
const TRANSPORT = ".transport, .scrubber";
/** Beside the control that does it, too. @type {Record<string, [string, (session: Session) => void]>} */
const ON_TRANSPORT = {
  " ": ["play", (session) => (session.view?.playing ? session.pause() : session.play())],
  ArrowLeft: ["back", (session) => session.back()],
  ArrowRight: ["step", (session) => session.step()],
  Home: ["back", (session) => session.seek(0)],
  r: ["reset", (session) => session.reset()],
};

/**
 * @param {HTMLElement} root
 * @param {Session} session
 * @returns {() => void} stop listening
 */
export function shortcuts(root, session) {
  const host = hostOf(root);

  // JupyterLab listens before anyone in its page, and looks for this mark.
  const ahead = (/** @type {KeyboardEvent} */ event) => {
    const path = event.composedPath();
    const isLetter = isPlain(event) && !event.key[1]; // and no name, as Enter is
    if (path.includes(root))
      host.toggleAttribute("data-lm-suppress-shortcuts", isLetter || isOurs(event, path[0], root));
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const { target } = event;
    if (!isOurs(event, target, root)) return;
    event.stopPropagation();
    if (!session.view || event.defaultPrevented || isUsed(event, target)) return;
    event.preventDefault();
    if (isUndo(event, target, root)) session.undo();
    else {
      const [control, act] = ON_TRANSPORT[nameOf(event)];
      if (isFree(session.view.labels, control)) act(session);
    }
  };
  window.addEventListener("keydown", ahead, true);
  root.addEventListener("keydown", pressed);
  return () => window.removeEventListener("keydown", ahead, true); // what root hears goes with it
}

/**
 * Whether something here is done with a key.
 * @param {KeyboardEvent} event
 * @param {EventTarget | null} target  what has the focus
 * @param {HTMLElement} root
 */
function isOurs(event, target, root) {
  if (isUsed(event, target) || isUndo(event, target, root)) return true;
  return isPlain(event) && isIn(target, TRANSPORT) && nameOf(event) in ON_TRANSPORT;
}

/**
 * By the control itself.
 * @param {KeyboardEvent} event
 * @param {EventTarget | null} target
 */
function isUsed(event, target) {
  if (event.altKey) return false;
  const used = isPlain(event) ? USED : USED_WITH_CONTROL;
  return used.some(([selector, keys]) => isIn(target, selector) && keys.test(event.key));
}

/**
 * Edits of points are taken back where they are made: in the picture.
 * @param {KeyboardEvent} event
 * @param {EventTarget | null} target
 * @param {HTMLElement} root
 */
const isUndo = (event, target, root) =>
  !isPlain(event) && event.key === "z" && (target === root || isIn(target, ".fit-cell"));

/** A letter is the same with Caps Lock on. @param {KeyboardEvent} event */
const nameOf = ({ key }) => (key.length === 1 ? key.toLowerCase() : key);

/** @param {EventTarget | null} target @param {string} selector */
const isIn = (target, selector) => target instanceof Element && target.closest(selector) !== null;
