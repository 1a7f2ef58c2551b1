// Rows made by Python, over Jupyter's widget messages. Beside kernel-watch.js, the only file that
// knows of Jupyter.
//
// Every request carries an id, repeated in its answer. While a command (seek, set, edit,
// reset, new_data) is under way, what the kernel says of before is dropped, and requests for rows
// wait: the answer brings the state to go on from.

import { KernelWatch, guarded } from "./kernel-watch.js";
import { unpack, unpackPicture, unpackPoints } from "./unpack.js";
import { readSaved } from "./read-saved.js";

const KEPT = ["_snapshot", "_points", "_rows", "_picture"]; // what stays of a widget without a kernel

/**
 * @typedef {import("./source.js").Listener} Listener
 * @typedef {import("./source.js").CommandType} CommandType
 */

export class KernelSource {
  #model;
  /** @type {Listener | null} */
  #listener = null;
  #watch;
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
  #isNew = Promise.resolve(); // what it was last asked for everything has been answered

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
    this.#watch = new KernelWatch(model, {
      // First the listener, so that what is refused below finds another source to turn to.
      linked: (link) => {
        this.#listener?.linked(link);
        if (this.#watch.isGone) this.leave();
      },
      waitingSince: () => this.#pending.values().next().value?.sent,
      probe: () => this.#probe(),
    });
  }

  /** @param {Listener} listener */
  open(listener) {
    this.#listener = listener;
    const get = (/** @type {string} */ name) => guarded(() => this.#model.get(name));
    const [snapshot, points, rows, picture] = KEPT.map(get);
    let known;
    try {
      known = readSaved(() => ({ snapshot: JSON.parse(snapshot), points, rows, picture }));
    } catch (error) {
      // The kernel says it all anew, where there is one.
      if (snapshot) listener.failed({ message: /** @type {Error} */ (error).message });
    }
    if (known) {
      this.#run = /** @type {any} */ (known.snapshot).run;
      listener.opened(known.snapshot, known.points, known.rows, known.picture);
    }
    guarded(() => this.#model.on("msg:custom", this.#receive));
    this.#watch.open(get("_id"));
    this.#probe();
  }

  close() {
    guarded(() => this.#model.off("msg:custom", this.#receive));
    this.#watch.close();
    this.#listener = null;
  }

  /**
   * The rows after a step: see Source in source.js.
   * @param {number} after
   * @param {number} steps
   * @returns {Promise<import("./source.js").Answer | null>}
   */
  async pull(after, steps) {
    const asked = this.#asked;
    for (let held = this.#held(); held; held = this.#held()) await held.done.catch(() => {});
    await this.#isNew; // what was refused may have had others before it, of which nothing was told
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

  /**
   * A finer picture of the points in a part; null where the question was lost.
   * @param {import("../core/points.js").Range} x
   * @param {import("../core/points.js").Range} y
   * @returns {Promise<import("../core/picture.js").Picture | null>}
   */
  picture(x, y) {
    return this.#ask("picture", { x, y });
  }

  /** Ask for everything anew. */
  refresh() {
    if (!this.#watch.isGone) this.#probe();
  }

  /** Wait for nothing any more that was asked for; another source is asked instead. */
  leave() {
    this.#superseded();
    const waiting = [...this.#pending.values(), ...this.#queue];
    this.#pending.clear();
    this.#queue = [];
    for (const { reject } of waiting) reject(new Error("not answered"));
    if (!this.#watch.isGone) this.#probe();
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
   * No command is left: what the last one was answered with is so now. If there was news
   * meanwhile, of rows or other points perhaps, all is asked for anew.
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
    if (!this.#listener || this.#watch.isGone) return answered.reject(new Error("no kernel"));
    this.#pending.set(id, { type, sent: performance.now(), ...answered });
    this.#watch.begin();
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

  /** @param {{ json: string }} content @param {any[]} [buffers] */
  #receive = ({ json }, buffers = []) => {
    const message = JSON.parse(json);
    this.#watch.heard();
    const request = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    const handle = {
      hello: this.#hello,
      rows: this.#rows,
      state: this.#state,
      picture: this.#picture,
      error: this.#error,
    };
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
      const tables = tablesOf(message, buffers.slice(1, 1 + message.runs.length));
      const picture = unpackPicture(buffers.at(-1), message.picture);
      this.#listener?.opened(message, points, tables, picture);
    };
    this.#run = message.run;
    this.#superseded();
    const isAnswer = request?.type === "new_data" || request?.type === "edit";
    if (isAnswer) return request.resolve({ tell, isWhole: true });
    if (this.#command) this.#missed = true;
    else tell();
    // The kernel answers in order: what was sent before this question is lost.
    for (const [id, lost] of this.#pending) {
      if (request?.type !== "hello" || id > message.id) continue;
      this.#pending.delete(id);
      if (lost.type === "advance" || lost.type === "picture") {
        lost.resolve(null);
      } else {
        this.#listener?.failed({ message: "The kernel did not hear this." });
        lost.reject(new Error("lost"));
      }
    }
    request?.resolve(null);
  }

  /** @param {any} message @param {any[]} buffers @param {Request} [request] */
  #rows(message, buffers, request) {
    const { after, ended, printed, advice, id } = message;
    const answer = { after, ended, printed, advice, ...tablesOf(message, buffers) };
    if (request) return request.resolve(answer);
    // Of rows asked for before training went elsewhere, nobody knows whether they still hold.
    if (id >= this.#firstId && id < this.#nextId) return;
    this.#runIs(message.run);
    if (this.#command) this.#missed = true;
    else this.#listener?.arrived(answer, id === null);
  }

  /** @param {any} message @param {any[]} _buffers @param {Request} [request] */
  #state(message, _buffers, request) {
    const tell = () => this.#listener?.changed(message);
    this.#runIs(message.run);
    if (request && request.type !== "advance") return request.resolve({ tell, isWhole: false });
    if (!this.#command) tell();
    else this.#missed ||= !request;
    request?.resolve(null);
  }

  /** @param {any} message @param {any[]} buffers @param {Request} [request] */
  #picture({ picture }, [bytes], request) {
    request?.resolve(unpackPicture(bytes, picture));
  }

  /** @param {any} message @param {any[]} _buffers @param {Request} [request] */
  #error(message, _buffers, request) {
    this.#listener?.failed(message);
    request?.reject(new Error(message.message));
  }

  /** @param {number} run */
  #runIs(run) {
    if (run !== this.#run) this.#superseded();
    this.#run = run;
  }

  #probe() {
    this.#watch.probed();
    this.#isNew = this.#ask("hello", {}).catch(() => {});
  }

  /** @param {object} message */
  #send(message) {
    try {
      // Some hosts return a promise, and refuse through it.
      Promise.resolve(this.#model.send({ json: JSON.stringify(message) })).catch(this.#watch.lost);
    } catch {
      this.#watch.lost();
    }
  }
}

/**
 * The rows of every run that a message brings.
 * @param {any} message
 * @param {any[]} buffers
 * @returns {import("./source.js").Tables}
 */
const tablesOf = ({ stretches, widths }, buffers) => ({
  ...{ stretches, widths, rows: buffers.map((buffer) => unpack(buffer, Float64Array)) },
});

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
