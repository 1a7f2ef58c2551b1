// The host of the gallery: says to the widget what a kernel has said when make.py recorded it.
// It knows of the front end what Jupyter knows, and the front end cannot tell the two apart.

/**
 * One state, as make.py records it; buffers are base64.
 * @typedef {object} Recording
 * @property {string} name
 * @property {string} heading
 * @property {number | null} width  pixels, null: all there are
 * @property {"answers" | "busy" | "gone" | "fails" | "silent" | "none"} kernel
 * @property {Record<string, any>} traits
 * @property {number} zooms  how often "Zoom in" is pressed
 * @property {boolean} is_turned  whether "3-D" is pressed
 * @property {string[]} saved  points, rows and picture, as they stand in a saved notebook
 * @property {any} hello  the answer to hello
 * @property {string[]} buffers  of that answer: points, rows of each run, and the picture, if any
 * @property {[any, string[]] | null} closer  the answer when the points are looked at more closely
 * @property {any} error  what a kernel that fails says
 * @property {any} start  the kernel's state at step 0
 */

const ANSWERING = ["answers", "fails"];

/** A kernel that knows what was recorded, and computes nothing. */
class Kernel {
  /** Of every run. @type {number[][][]} */
  #tables;
  #run = 0;
  #step = 0;
  #settings;

  /** @param {Recording} recording */
  constructor(recording) {
    this.recording = recording;
    this.buffers = recording.buffers.map(decoded);
    const { run, step, widths, steps_per_second } = recording.hello;
    this.#tables = this.buffers.slice(1, 1 + widths.length).map((buffer, i) => {
      const numbers = [...new Float64Array(buffer.buffer)];
      const width = widths[i];
      return Array.from({ length: numbers.length / width }, (_, k) =>
        numbers.slice(k * width, (k + 1) * width),
      );
    });
    this.#run = run;
    this.#step = step;
    this.#settings = { steps_per_second, playing: false };
  }

  get #last() {
    return this.recording.hello.step;
  }

  #state() {
    const { hello, start } = this.recording;
    const { status, advice, printed } = this.#step === this.#last ? hello : start;
    const { playing } = this.#settings;
    return {
      ...start,
      ...this.#settings,
      run: this.#run,
      step: this.#step,
      n_rows: hello.n_rows,
      runs: hello.runs.map((/** @type {any} */ run, /** @type {number} */ i) => ({
        ...run,
        ...this.#place(i),
        diverged_at: this.#step === this.#last ? run.diverged_at : null,
      })),
      status: playing ? "playing" : status,
      advice,
      printed,
      stop_at: playing ? this.#last : null,
    };
  }

  /** Where a run is: at the clock's step, or at its last. @param {number} i */
  #place(i) {
    const table = this.#tables[i];
    const row = table.find(([step]) => step >= this.#step) ?? table[table.length - 1];
    const [stretch = null] = this.#stretches(i, [row]);
    return { row: row.map((number) => (Number.isNaN(number) ? null : number)), stretch };
  }

  /** What made some rows. @param {number} i @param {number[][]} rows */
  #stretches(i, rows) {
    /** @type {any[]} */
    const all = this.recording.hello.stretches[i];
    return all.filter(({ step }, k) => {
      const end = all[k + 1]?.step ?? Infinity;
      return rows.some(([made]) => made >= step && made < end);
    });
  }

  /**
   * @param {any} message  from the page
   * @returns {[any, DataView[]]} content and buffers
   */
  answer(message) {
    const { id, type } = message;
    if (type === "hello") return this.hello(id);
    if (type === "picture") return this.#closer(id);
    if (type === "advance" && message.run === this.#run) return this.#advance(message);
    if (type === "reset") this.#go(0, { playing: false });
    else if (!this.#knows(message)) return refusal(id, this.#last);
    else this.#go(message.step, message.changes);
    return [{ ...this.#state(), type: "state", id }, []];
  }

  /** @param {number | null} id */
  hello(id) {
    /** @type {[any, DataView[]]} */
    const answer = [
      { ...this.recording.hello, ...this.#state(), type: "hello", id },
      this.buffers.map(view),
    ];
    return answer;
  }

  /** @param {number} id @returns {[any, DataView[]]} */
  #closer(id) {
    const [content, buffers] = this.recording.closer ?? [{ type: "picture", picture: null }, []];
    return [{ ...content, id }, buffers.map((buffer) => view(decoded(buffer)))];
  }

  /**
   * Whether what follows from this message was recorded.
   * @param {any} message
   */
  #knows({ type, changes = {} }) {
    const { runs, ...now } = this.#state();
    const each = (/** @type {string} */ name) => runs.map((/** @type {any} */ run) => run[name]);
    for (const name of ["lr", "optimizer"])
      now[name] = runs.length > 1 ? each(name) : each(name)[0];
    for (const [name, value] of Object.entries(changes)) {
      if (JSON.stringify(value) === JSON.stringify(now[name])) delete changes[name];
    }
    const known = Object.keys(changes).every((name) => name in this.#settings);
    return known && ["advance", "seek", "set"].includes(type);
  }

  /** @param {number} [step] @param {object} [changes] */
  #go(step = this.#step, changes = {}) {
    if (step !== this.#step) this.#run += 1;
    this.#step = step;
    Object.assign(this.#settings, changes);
  }

  /** @param {any} message @returns {[any, DataView[]]} */
  #advance({ id, after, steps }) {
    const made = this.#tables.map((table) =>
      table.filter(([step]) => step > after && step <= after + steps),
    );
    const longest = Math.max(...made.map((rows) => rows.length));
    if (longest === 0) return refusal(id, this.#last);
    this.#step = Math.max(...made.flat().map(([step]) => step));
    const { widths, printed } = this.recording.hello;
    const stretches = made.map((rows, i) => this.#stretches(i, rows));
    const content = { type: "rows", id, run: this.#run, after, every: 1, ended: "", printed };
    const buffers = made.map((rows) => new Uint8Array(Float64Array.from(rows.flat()).buffer));
    return [{ ...content, stretches, widths }, buffers.map(view)];
  }
}

/**
 * @param {number} id
 * @param {number} last
 * @returns {[any, DataView[]]}
 */
function refusal(id, last) {
  const message = `This page is a recording of ${last} steps. In a notebook, the kernel goes on.`;
  return [{ type: "error", id, message, hint: "", traceback: "", line: null }, []];
}

/** A host's model, as anywidget hands it to a widget. */
class Model {
  #traits;
  #kernel;
  /** @type {Map<string, Set<Function>>} */
  #listeners = new Map();
  #comm = hostModel();

  /** @param {Kernel} kernel */
  constructor(kernel) {
    this.#kernel = kernel;
    const { kernel: manner, traits, saved } = kernel.recording;
    const [_points, _rows, _picture] = saved.map((part) => view(decoded(part)));
    this.#traits = /** @type {Record<string, any>} */ ({ ...traits, _points, _rows, _picture });
    this.#comm.comm_live = manner !== "none";
  }

  get widget_manager() {
    return { get_model: async () => this.#comm };
  }

  /** @param {string} name */
  get(name) {
    const value = this.#traits[name];
    return ["_snapshot", "_words"].includes(name) ? JSON.stringify(value) : value;
  }

  /** @param {string} name @param {any} value */
  set(name, value) {
    this.#traits[name] = value;
  }

  save_changes() {}

  /** @param {string} name @param {Function} listener */
  on(name, listener) {
    this.#listeners.set(name, (this.#listeners.get(name) ?? new Set()).add(listener));
  }

  /** @param {string} name @param {Function} listener */
  off(name, listener) {
    this.#listeners.get(name)?.delete(listener);
  }

  /** @param {{ json: string }} message */
  send({ json }) {
    if (ANSWERING.includes(this.#kernel.recording.kernel)) {
      queueMicrotask(() => this.#receive(this.#kernel.answer(JSON.parse(json))));
    }
  }

  /** What happens to this kernel, once the widget listens. */
  happen() {
    const { kernel, error } = this.#kernel.recording;
    if (kernel === "silent" || kernel === "none") return;
    this.#receive(this.#kernel.hello(null));
    if (kernel === "fails") this.#receive([{ ...error, id: null }, []]);
    if (kernel === "gone") this.#comm.die();
  }

  /** @param {[any, DataView[]]} message */
  #receive([content, buffers]) {
    const json = JSON.stringify(content);
    for (const listener of this.#listeners.get("msg:custom") ?? []) listener({ json }, buffers);
  }
}

function hostModel() {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  return {
    comm_live: true,
    on: (/** @type {string} */ _, /** @type {() => void} */ listener) => listeners.add(listener),
    off: (/** @type {string} */ _, /** @type {() => void} */ listener) =>
      listeners.delete(listener),
    die() {
      this.comm_live = false;
      for (const listener of listeners) listener();
    },
  };
}

/** @param {string} base64 */
const decoded = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** @param {Uint8Array<ArrayBuffer>} bytes */
const view = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * @param {any} widget  the bundle's default export
 * @param {Recording} recording
 * @returns {() => void} what ends it, as a host does with a cell that is run again
 */
function show(widget, recording) {
  const section = document.createElement("section");
  const heading = document.createElement("h2");
  const el = document.createElement("div");
  section.id = recording.name;
  heading.textContent = recording.heading;
  if (recording.width) el.style.width = `${recording.width}px`;
  section.append(heading, el);
  document.querySelector("main")?.append(section);
  const model = new Model(new Kernel(recording));
  const ends = [widget.initialize({ model }), widget.render({ model, el })];
  if (recording.kernel === "fails")
    asSoonAs(el.shadowRoot, "details:has(pre)", (details) => details.setAttribute("open", ""));
  if (recording.zooms)
    asSoonAs(el.shadowRoot, ".zoom button", (button) => {
      for (let i = 0; i < recording.zooms; i++) button.click();
    });
  if (recording.is_turned)
    asSoonAs(el.shadowRoot, ".surface-cell .scale", (button) => button.click());
  model.happen();
  return () => {
    for (const end of ends.reverse()) end?.();
    section.remove();
  };
}

/**
 * @param {any} place
 * @param {string} selector
 * @param {(found: any) => void} act
 */
function asSoonAs(place, selector, act) {
  const look = () => {
    const found = place.querySelector(selector);
    if (!found) return;
    observer.disconnect();
    act(found);
  };
  const observer = new MutationObserver(look);
  observer.observe(place, { childList: true, subtree: true });
  look();
}

async function main() {
  const asked = new URLSearchParams(location.search);
  const content = document.getElementById("recordings")?.textContent ?? "";
  /** @type {{ bundle: string, recordings: Recording[] }} */
  const { bundle, recordings } = JSON.parse(content);
  const module = URL.createObjectURL(new Blob([bundle], { type: "text/javascript" }));
  const { default: widget } = await import(module);

  /** @type {(() => void)[]} */
  let ends = [];
  const clear = () => {
    const former = ends;
    ends = [];
    for (const end of former) end();
  };
  /** @param {string | null} alone  a state's name, null: all @param {string} theme */
  const display = (alone, theme) => {
    clear();
    document.documentElement.dataset.theme = theme;
    if (alone) document.documentElement.dataset.alone = alone;
    ends = recordings
      .filter(({ name }) => !alone || alone === name)
      .map((recording) => show(widget, recording));
  };
  // For the tests, which look at one state after the other: to load the page again takes far longer.
  Object.assign(globalThis, { clear, display });
  display(asked.get("state"), asked.get("theme") ?? "light");
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

main();
