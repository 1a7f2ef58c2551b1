// What can be done by a key wherever the focus is in a widget; and that a notebook's own
// shortcuts stay out of it.

import { hostOf } from "./root.js";

/**
 * @param {HTMLElement} root
 * @param {import("../session/session.js").Session} session
 * @returns {() => void} stop listening
 */
export function shortcuts(root, session) {
  // A notebook has shortcuts on plain letters and arrows too. JupyterLab knows this mark, and
  // takes arrows all the same: what is pressed in here stays in here.
  hostOf(root).dataset.lmSuppressShortcuts = "true";

  const pressed = (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation();
    const { view } = session;
    if (!view || event.defaultPrevented || event.altKey || isTaken(event)) return;
    const withControl = event.ctrlKey || event.metaKey;
    const does = withControl ? WITH_CONTROL[event.key] : ALONE[event.key];
    if (!does) return;
    event.preventDefault();
    does(session);
  };
  root.addEventListener("keydown", pressed);
  return () => root.removeEventListener("keydown", pressed);
}

/** @type {Record<string, (session: import("../session/session.js").Session) => void>} */
const ALONE = {
  " ": (session) => (session.view?.playing ? session.pause() : session.play()),
  ArrowLeft: (session) => session.back(),
  ArrowRight: (session) => session.step(),
  Home: (session) => session.seek(0),
  r: (session) => session.reset(),
};

/** @type {typeof ALONE} */
const WITH_CONTROL = { z: (session) => session.undo() };

const SCROLLS = /^(Arrow|Home| )/; // what is read in a box of its own

/**
 * Whether the focused control does something itself with this key.
 * @param {KeyboardEvent} event
 */
function isTaken({ key, target }) {
  if (!(target instanceof Element)) return false;
  if (target.matches("input, select, textarea"))
    return key !== "z" || target.matches("[type=text]");
  if (target.closest("pre")) return SCROLLS.test(key);
  return key === " " && target.matches("button, summary");
}
