// Rows made by Python, over Jupyter's widget messages. The only file that knows of Jupyter.
//
// Every request carries an id, repeated in its answer. While a command (seek, set, edit,
// reset, new_data) is under way, what the kernel says of before is dropped, and requests for rows
// wait: the answer brings the state to go on from. Hosts differ in what their model can do, so
// only get, send, on and off are used, each call guarded.

import { unpack, unpackPoints, unpackSavedRows } from "./packed.js";

const CUT_OFF_AFTER = 800; // milliseconds without an answer, where the host has no connection
const BUSY_AFTER = 1500; // milliseconds without an answer
const STUCK_AFTER = 10_000; // milliseconds; there is something better to do than to wait
const PROBE_EVERY = 10_000; // milliseconds between questions to a kernel that does not answer

/**
 * @typedef {import("./source.js").Link} Link
 * @typedef {import("./source.js").Listener} Listener
 * @typedef {import("./source.js").CommandType} CommandType
 */

export class KernelSource {
  #model;
  /** @type {Listener | null} */
  #listener = null;
  /** @type {Link} */
  #link = "connecting";
  #run = 0;
  // Two pages may talk to one kernel: ids start where another page's are unlikely to be.
  #nextId = Math.floor(Math.random() * 2 ** 32) * 2 ** 16;
  /** What was sent and not answered yet. @type {Map<number, Request>} */
  #pending = new Map();
  /** Commands not sent yet: one is under way at a time. @type {Command[]} */
  #queue = [];
  /** @type {Command | null} */
  #command = null;
  #firstId = this.#nextId;
  #asked = 0; // counts the times that rows asked for before were no longer wanted
  #missed = false; // whether news came while a command was under way
  #watch = 0;
  #lastProbe = 0;
  #wasHeard = false;
  /** The host's own model, where it can be had. @type {any} */
  #hostModel = null;

  /**
   * @typedef {{ type: string, sent: number, resolve: (answer: any) => void,
   *   reject: (error: Error) => void }} Request
   * @typedef {{ type: CommandType, fields: Record<string, any>, moves: boolean, done: Promise<void>,
   *   resolve: () => void, reject: (error: unknown) => void }} Command
   *
   * @param {any} model  a host's model
   */
  constructor(model) {
    this.#model = model;
  }

  /** @param {Listener} listener */
  open(listener) {
    this.#listener = listener;
    const snapshot = this.#get("_snapshot");
    if (snapshot?.row) {
      this.#run = snapshot.run;
      const points = unpackPoints(this.#get("_points"), snapshot);
      listener.opened(snapshot, points, unpackSavedRows(this.#get("_rows"), snapshot.bowl));
    }
    this.#guarded(() => this.#model.on("msg:custom", this.#receive));
    this.#followComm();
    this.#probe();
  }

  close() {
    clearInterval(this.#watch);
    this.#guarded(() => this.#model.off("msg:custom", this.#receive));
    this.#hostModel?.off("comm_live_update", this.#commChanged);
    this.#listener = null;
  }

  /**
   * The rows after a step: see Source in player.js.
   * @param {number} after
   * @param {number} steps
   * @returns {Promise<import("./player.js").Answer | null>}
   */
  async pull(after, steps) {
    const asked = this.#asked;
    for (let held = this.#held(); held; held = this.#held()) await held.done.catch(() => {});
    if (asked !== this.#asked) return null;
    return this.#ask("advance", { run: this.#run, after, steps });
  }

  /**
   * Have the kernel do something. Resolves when it is done, after the listener was told of it;
   * rejects when the kernel refused, after the listener was told why.
   * @param {CommandType} type
   * @param {Record<string, any>} [fields]
   * @param {boolean} [moves]  whether training goes on differently: rows wait for its answer
   * @returns {Promise<void>}
   */
  command(type, fields = {}, moves = true) {
    this.#superseded();
    const last = this.#queue.at(-1);
    if (last && last.type === type && isFollowedBy(last, fields)) {
      // A slider being dragged says more than the kernel need hear: the last word counts.
      // An edit begins again at step 0, which for the kernel is yet to come.
      last.fields = type === "edit" ? { ...fields, step: last.fields.step } : fields;
      last.moves ||= moves;
      return last.done;
    }
    /** @type {any} */
    const command = { type, fields, moves };
    command.done = new Promise((resolve, reject) => Object.assign(command, { resolve, reject }));
    this.#queue.push(command);
    this.#sendCommand();
    return command.done;
  }

  /**
   * Change settings that do not change what comes next, without holding anything up.
   * @param {Record<string, any>} changes
   */
  async setting(changes) {
    await new Promise((resolve, reject) =>
      this.#post(
        "set",
        { run: this.#run, changes },
        {
          resolve: ({ tell }) => {
            if (!this.#command) tell();
            resolve(null);
          },
          reject,
        },
      ),
    );
  }

  /** Ask for everything anew. */
  refresh() {
    if (!this.#isGone) this.#probe();
  }

  /** Wait for nothing any more that was asked for; another source is asked instead. */
  leave() {
    this.#superseded();
    const waiting = [...this.#pending.values(), ...this.#queue];
    this.#pending.clear();
    this.#queue = [];
    for (const { reject } of waiting) reject(new Error("not answered"));
    if (!this.#isGone) this.#probe();
  }

  get #isGone() {
    return this.#link === "gone" || this.#link === "static";
  }

  /** The command whose answer rows must wait for, if any. */
  #held() {
    return [this.#command, ...this.#queue].find((command) => command?.moves);
  }

  #sendCommand() {
    const command = this.#command ? undefined : this.#queue.shift();
    if (!command) return;
    this.#command = command;
    const settle = (/** @type {() => void} */ tell) => {
      this.#command = null;
      tell();
      this.#sendCommand();
    };
    // Not a promise: what the kernel says next must find the command settled.
    this.#post(
      command.type,
      { run: this.#run, ...command.fields },
      {
        resolve: (answer) =>
          settle(() => {
            if (this.#queue.length === 0) this.#caughtUp(answer);
            else this.#missed ||= answer.isWhole;
            command.resolve();
          }),
        reject: (error) => settle(() => command.reject(error)),
      },
    );
  }

  /**
   * No command is left: what the last one was answered with is so now. If there was news of
   * more than the state meanwhile, of other points perhaps, all is asked for anew.
   * @param {{ tell: () => void, isWhole: boolean }} answer
   */
  #caughtUp({ tell, isWhole }) {
    tell();
    if (this.#missed && !isWhole) this.refresh();
    this.#missed = false;
  }

  /** @param {string} type @param {object} fields @returns {Promise<any>} */
  #ask(type, fields) {
    return new Promise((resolve, reject) => this.#post(type, fields, { resolve, reject }));
  }

  /**
   * @param {string} type
   * @param {object} fields
   * @param {Pick<Request, "resolve" | "reject">} answered
   */
  #post(type, fields, answered) {
    const id = this.#nextId++;
    if (this.#isGone) return answered.reject(new Error("no kernel"));
    this.#pending.set(id, { type, sent: performance.now(), ...answered });
    if (!this.#watch) this.#watch = window.setInterval(this.#check, 500);
    this.#send({ type, id, ...fields });
  }

  /** What was asked for before training went elsewhere is not waited for. */
  #superseded() {
    this.#asked += 1;
    for (const [id, request] of this.#pending) {
      if (request.type !== "advance") continue;
      this.#pending.delete(id);
      request.resolve(null);
    }
  }

  // ------------------------------------------------------------------ what the kernel says

  /** @param {any} message @param {any[]} [buffers] */
  #receive = (message, buffers = []) => {
    this.#wasHeard = true;
    this.#linkIs("live");
    const request = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    const handle = { hello: this.#hello, rows: this.#rows, state: this.#state, error: this.#error };
    handle[/** @type {keyof typeof handle} */ (message.type)]?.call(
      this,
      message,
      buffers,
      request,
    );
  };

  /** @param {any} message @param {any[]} buffers @param {Request} [request] */
  #hello(message, buffers, request) {
    const tell = () => {
      const points = unpackPoints(buffers[0], message);
      this.#listener?.opened(message, points, unpack(buffers[1], Float64Array));
    };
    this.#runIs(message.run);
    const isAnswer = request?.type === "new_data" || request?.type === "edit";
    if (isAnswer) return request.resolve({ tell, isWhole: true });
    if (this.#command) this.#missed = true;
    else tell();
    // The kernel answers in order: what was sent before this question is lost.
    for (const [id, lost] of this.#pending) {
      if (request?.type !== "hello" || id > message.id) continue;
      this.#pending.delete(id);
      if (lost.type !== "advance") this.#listener?.failed("The kernel did not hear this.", "", "");
      if (lost.type === "advance") lost.resolve(null);
      else lost.reject(new Error("lost"));
    }
    request?.resolve(null);
  }

  /** @param {any} message @param {any[]} buffers @param {Request} [request] */
  #rows(message, buffers, request) {
    const { after, ended, id } = message;
    const rows = unpack(buffers[0], Float64Array);
    if (request) return request.resolve({ after, rows, ended });
    // Of rows asked for before training went elsewhere, nobody knows whether they still hold.
    if (id >= this.#firstId && id < this.#nextId) return;
    this.#runIs(message.run);
    this.#listener?.arrived(rows, after, id === null && !this.#command);
  }

  /** @param {any} message @param {any[]} _buffers @param {Request} [request] */
  #state(message, _buffers, request) {
    const tell = () => this.#listener?.changed(message);
    this.#runIs(message.run);
    if (request && request.type !== "advance") return request.resolve({ tell, isWhole: false });
    if (!this.#command) tell();
    request?.resolve(null);
  }

  /** @param {any} message @param {any[]} _buffers @param {Request} [request] */
  #error(message, _buffers, request) {
    this.#listener?.failed(message.message, message.hint, message.traceback);
    request?.reject(new Error(message.message));
  }

  /** @param {number} run */
  #runIs(run) {
    if (run !== this.#run) this.#superseded();
    this.#run = run;
  }

  // ------------------------------------------------------------- whether a kernel is there

  #check = () => {
    if (this.#pending.size === 0) {
      clearInterval(this.#watch);
      this.#watch = 0;
      return;
    }
    const [oldest] = this.#pending.values();
    const now = performance.now();
    const silence = now - oldest.sent;
    if (silence > CUT_OFF_AFTER && this.#isCutOff) return this.#isLost();
    if (silence < BUSY_AFTER) return;
    // A kernel that was never heard, and that the host does not know of, is none.
    if (!this.#wasHeard && !this.#hostModel?.comm_live) return this.#linkIs("static");
    this.#linkIs(silence < STUCK_AFTER ? "busy" : "stuck");
    if (now - this.#lastProbe > PROBE_EVERY) this.#probe();
  };

  #probe() {
    this.#lastProbe = performance.now();
    this.#ask("hello", {}).catch(() => {});
  }

  async #followComm() {
    // @ts-expect-error -- marimo's mark on a page that it has exported
    if (globalThis.__MARIMO_STATIC__) return this.#linkIs("static");
    let manager;
    try {
      manager = this.#model.widget_manager;
    } catch {
      return this.#linkIs("static");
    }
    try {
      const model = await manager.get_model(this.#get("_id"));
      if (!this.#listener) return; // closed meanwhile
      this.#hostModel = model;
      this.#hostModel.on("comm_live_update", this.#commChanged);
      this.#commChanged();
    } catch {
      // A host that gives no access to its model: its silence will tell.
    }
  }

  #commChanged = () => {
    const isLive = this.#hostModel.comm_live;
    if (isLive === false) return this.#isLost();
    if (!isLive || !this.#isGone) return;
    this.#linkIs("connecting");
    this.#probe();
  };

  /** What JupyterLab knows: it leaves the comm open when a kernel is shut down, or a server lost. */
  get #isCutOff() {
    const kernel = this.#guarded(() => this.#hostModel.widget_manager.kernel);
    return kernel === null || (kernel?.connectionStatus ?? "connected") !== "connected";
  }

  #isLost = () => this.#linkIs(this.#wasHeard ? "gone" : "static");

  /** @param {Link} link */
  #linkIs(link) {
    if (link === this.#link) return;
    this.#link = link;
    // First the listener, so that what is refused below finds another source to turn to.
    this.#listener?.linked(link);
    if (this.#isGone) this.leave();
  }

  // ------------------------------------------------------------------------ the host's model

  /** @param {object} message */
  #send(message) {
    try {
      // Some hosts return a promise, and refuse through it.
      Promise.resolve(this.#model.send(message)).catch(this.#isLost);
    } catch {
      this.#isLost();
    }
  }

  /** @param {string} name @returns {any} */
  #get(name) {
    return this.#guarded(() => this.#model.get(name));
  }

  /** @template T @param {() => T} call @returns {T | undefined} */
  #guarded(call) {
    try {
      return call();
    } catch {
      return undefined; // a host whose model cannot do this
    }
  }
}

/**
 * Whether what is said now takes the place of a command that is still waiting to be sent.
 * @param {Command} waiting
 * @param {Record<string, any>} fields
 */
function isFollowedBy({ type, fields: before }, fields) {
  if (type === "seek") return true;
  if (type === "set")
    return String(Object.keys(before.changes)) === String(Object.keys(fields.changes));
  if (type !== "edit") return false;
  const replacesOne = (/** @type {Record<string, any>} */ { remove, insert }) =>
    remove === 1 && insert.length === 1;
  return before.at === fields.at && replacesOne(before) && replacesOne(fields);
}
