// The entry: anywidget calls `initialize` once per model and `render` once per view. Loaded by a
// web page instead, it defines the element <gradient-descent>.

import { newBrowserSource } from "./sources/browser.js";
import { defineElement } from "./page/element.js";
import { newKernelSource } from "./sources/kernel.js";
import { holdHeight } from "./page/hold-height.js";
import { mount } from "./page/mount.js";
import { inLanguageOf, wordsFor } from "./page/language.js";
import { complain, placeIn } from "./page/root.js";
import { DEFAULTS } from "./core/options.js";
import { begin } from "./sources/start.js";
import { newSession } from "./session/session.js";

const THIS_BUILD = "gd_widget of this build";

/**
 * One session per model. Hosts hand the same model to every call as different objects, so the
 * id that Python gave it is the key.
 * @typedef {Map<string, Session>} Sessions
 */

/**
 * @param {Sessions} sessions
 * @param {{ model: any }} context
 * @returns {() => void}
 */
function initialize(sessions, { model }) {
  const id = model.get("_id");
  if (!id) return () => {}; // no model of Python's: see alone()
  sessions.get(id)?.close(); // a host that begins a model again without having ended it
  const session = newSession(newKernelSource(model));
  sessions.set(id, session);
  return () => {
    session.close();
    if (sessions.get(id) === session) sessions.delete(id);
  };
}

/**
 * @param {Sessions} sessions
 * @param {{ model: any, el: HTMLElement }} context
 * @returns {() => void}
 */
function render(sessions, { model, el }) {
  const id = model.get("_id");
  if (!id) return alone(model, el);
  const session = sessions.get(id);
  if (!session) throw new Error("gd_widget: render was called before initialize");
  const unmount = mount(session, placeIn(el));
  const release = holdHeight(el);
  return () => {
    release();
    unmount();
  };
}

/**
 * A widget that no Python has made: a page has written down its options as the model, as MyST's
 * {anywidget} directive does.
 * @param {any} model
 * @param {HTMLElement} el
 */
function alone(model, el) {
  try {
    const options = Object.keys(DEFAULTS).map((name) => [name, model.get(name)]);
    const known = inLanguageOf(wordsFor(el), () => begin(Object.fromEntries(options)));
    const session = newSession(newBrowserSource(known));
    const unmount = mount(session, placeIn(el));
    return () => {
      unmount();
      session.close();
    };
  } catch (error) {
    return complain(placeIn(el), error);
  }
}

defineElement();

/** What a host calls. */
function widget() {
  /** @type {Sessions} */
  const sessions = new Map();
  return {
    initialize: (/** @type {{ model: any }} */ context) => initialize(sessions, context),
    render: (/** @type {{ model: any, el: HTMLElement }} */ context) => render(sessions, context),
  };
}

// Hosts may run this file again for every model, and keep what they have run for as long as the page:
// what is large of it, the templates above all, is that of the first run. Who waits for it is told.
const page = /** @type {any} */ (globalThis);
if (!page[THIS_BUILD]) {
  page[THIS_BUILD] = widget;
  page.dispatchEvent?.(new Event(THIS_BUILD));
}

export default page[THIS_BUILD]();
