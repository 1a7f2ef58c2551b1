// A host's model as strict as none is: whatever one host does not allow, this one refuses.

/** @typedef {(message: any, buffers?: DataView[]) => void} Receive */

export class FakeModel {
  /** @type {Map<string, Set<Function>>} */
  listeners = new Map();
  /** @type {any[]} what was sent to the kernel */
  sent = [];
  /** @type {(message: any) => void} */
  onSend = () => {};

  /**
   * @param {Record<string, any>} traits
   * @param {any} [hostModel]  what widget_manager hands out
   */
  constructor(traits, hostModel = fakeHostModel()) {
    this.traits = traits;
    this.hostModel = hostModel;
  }

  get widget_manager() {
    return {
      get_model: async (/** @type {string} */ id) => {
        if (id !== this.traits._id) throw new Error(`no model ${id}`);
        return this.hostModel;
      },
    };
  }

  /** @param {string} name */
  get(name) {
    if (!(name in this.traits)) throw new Error(`no trait ${name}`);
    return name === "_snapshot" ? JSON.stringify(this.traits._snapshot) : this.traits[name];
  }

  set() {
    throw new Error("set: changes travel as messages");
  }

  save_changes() {
    throw new Error("save_changes can stay blocked for good");
  }

  /** @param {any} message @param {any[]} rest */
  send(message, ...rest) {
    if (rest.length) throw new Error("send: no callbacks and no buffers");
    if (String(Object.keys(message)) !== "json") throw new Error("send: JSON text alone");
    this.sent.push(JSON.parse(message.json));
    this.onSend(JSON.parse(message.json));
  }

  /** @param {string} name @param {Function} listener */
  on(name, listener) {
    if (/\s/.test(name)) throw new Error("on: one event at a time");
    const all = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, all.add(listener));
  }

  /** @param {string} name @param {Function} listener */
  off(name, listener) {
    if (!name || !listener) throw new Error("off: names nobody's listeners but its own");
    this.listeners.get(name)?.delete(listener);
  }

  /** A message from the kernel. @param {any} message @param {ArrayBufferView[]} [buffers] */
  receive(message, buffers = []) {
    const views = buffers.map(misaligned);
    for (const listener of this.listeners.get("msg:custom") ?? []) {
      listener({ json: JSON.stringify(message) }, views);
    }
  }

  get listening() {
    return [...this.listeners.values()].reduce((sum, all) => sum + all.size, 0);
  }
}

export function fakeHostModel() {
  /** @type {Set<Function>} */
  const listeners = new Set();
  return {
    comm_live: true,
    listeners,
    on: (/** @type {string} */ _, /** @type {Function} */ listener) => listeners.add(listener),
    off: (/** @type {string} */ _, /** @type {Function} */ listener) => listeners.delete(listener),
    die() {
      this.comm_live = false;
      for (const listener of listeners) listener();
    },
  };
}

/** The bytes at an odd place of a larger buffer, as hosts hand them over. @param {ArrayBufferView} view */
function misaligned(view) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const larger = new Uint8Array(bytes.length + 3);
  larger.set(bytes, 3);
  return new DataView(larger.buffer, 3);
}
