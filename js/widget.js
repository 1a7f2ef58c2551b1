// The entry: anywidget calls `initialize` once per model and `render` once per view.

import { KernelSource } from "./kernel-source.js";
import { mount } from "./mount.js";
import { Session } from "./session.js";

/**
 * One session per model. Hosts hand the same model to every call as different objects, so the
 * id that Python gave it is the key.
 * @type {Map<string, Session>}
 */
const sessions = new Map();

/** @param {{ model: any }} context */
function initialize({ model }) {
  const id = model.get("_id");
  sessions.get(id)?.close(); // a host that begins a model again without having ended it
  sessions.set(id, new Session(new KernelSource(model)));
  return () => {
    sessions.get(id)?.close();
    sessions.delete(id);
  };
}

/** @param {{ model: any, el: HTMLElement }} context */
function render({ model, el }) {
  const session = sessions.get(model.get("_id"));
  if (!session) throw new Error("gd_widget: render was called before initialize");
  return mount(session, el);
}

export default { initialize, render };
