// Rows made by Python, over Jupyter's widget messages. Beside kernel-watch.js and kernel-traits.js, the
// only file that knows of Jupyter.

import { newCommands } from "./kernel-commands.js";
import { hostLanguage } from "./kernel-language.js";
import { newRequests } from "./kernel-requests.js";
import { newHostTraits } from "./kernel-traits.js";
import { guarded, newKernelWatch } from "./kernel-watch.js";
import { readSaved } from "./read-saved.js";
import { unpack, unpackPicture, unpackPoints } from "./unpack.js";
import { template } from "../words/say.js";

const CHANGE_NOTHING = ["hello", "load", "picture"]; // what a kernel is asked
const KEPT = ["_snapshot", "_points", "_rows", "_picture", "_words"]; // what stays of a widget without a kernel
// What is told beside the state: in an answer, and in what is kept.
const BESIDE = ["type", "id", "every", "widths", "stretches", "saved"];

/**
 * @typedef {import("./source.js").Listener} Listener
 * @typedef {import("./kernel-requests.js").Request} Request
 * @typedef {import("./source.js").Source & { leave: () => void, painted: () => void }} KernelSource
 */

/**
 * @param {any} model  a host's model
 * @returns {KernelSource}
 */
export function newKernelSource(model) {
  /** @type {Listener | null} */
  let listener = null;
  let run = 0;
  let known = ""; // the state that is shown because the model had it, as text
  let asked = 0; // counts the times that rows asked for before were no longer wanted
  let isNew = Promise.resolve(); // what it was last asked for everything has been answered

  const requests = newRequests((message) => {
    try {
      // Some hosts return a promise, and refuse through it.
      Promise.resolve(model.send({ json: JSON.stringify(message) })).catch(watch.lost);
    } catch {
      watch.lost();
    }
  });

  // PyTorch's import takes seconds: it is asked for once there is something to see. Only once: where
  // it fails, who wants to train has it tried again.
  let painted = () => {};
  let torchIsNeeded = () => {};
  Promise.all([
    new Promise((resolve) => (painted = () => resolve(true))),
    new Promise((resolve) => (torchIsNeeded = () => resolve(true))),
  ]).then(() => ask("load", {}).catch(() => {}));

  const traits = newHostTraits(model, (name, value) => listener?.wanted?.(name, value));

  const watch = newKernelWatch(model, {
    // First the listener, so that what is refused below finds another source to turn to.
    linked: (link) => {
      listener?.linked(link);
      if (watch.isGone()) leave();
    },
    waitingSince: requests.waitingSince,
    probe,
  });

  /** @param {string} type @param {object} fields @param {import("./kernel-requests.js").Answered} answered */
  function post(type, fields, answered) {
    if (!listener || watch.isGone()) return answered.reject(new Error("no kernel"));
    watch.begin();
    requests.add(type, fields, answered);
  }

  /** @param {string} type @param {object} fields @returns {Promise<any>} */
  const ask = (type, fields) =>
    new Promise((resolve, reject) => post(type, fields, { resolve, reject }));

  const commands = newCommands(
    (type, fields, answered) => post(type, { run, ...fields }, answered),
    refresh,
  );

  function probe() {
    watch.probed();
    isNew = ask("hello", { lang: hostLanguage() }).catch(() => {});
  }

  /** Ask for everything anew. */
  function refresh() {
    if (!watch.isGone()) probe();
  }

  /** What was asked for before training went elsewhere is not waited for. */
  function supersede() {
    asked += 1;
    for (const { resolve } of requests.takeAll(({ type }) => type === "advance")) resolve(null);
  }

  /** @param {number} now */
  function runIs(now) {
    if (now !== run) supersede();
    run = now;
  }

  /** Wait for nothing any more that was asked for; another source is asked instead. */
  function leave() {
    supersede();
    const queued = commands.takeAll(); // first: as one is rejected, the next would be sent
    for (const { reject } of [...requests.takeAll(), ...queued]) reject(new Error("not answered"));
    refresh();
  }

  // ------------------------------------------------------------------ what the kernel says

  /** @type {Record<string, (message: any, buffers: any[], request?: Request) => void>} */
  const handle = {
    hello(message, buffers, request) {
      const isKnown = asText(message) === known && message.runs.every(isAtStart);
      known = "";
      const tell = () => {
        if (isKnown) return; // all of it would be drawn a second time
        const points = unpackPoints(buffers[0], message);
        const tables = tablesOf(message, buffers.slice(1, 1 + message.runs.length));
        const picture = unpackPicture(buffers.at(-1), message.picture);
        listener?.opened(message, points, tables, picture);
      };
      run = message.run;
      supersede();
      const isAnswer = request?.type === "new_data" || request?.type === "edit";
      if (isAnswer) return request.resolve({ tell, isWhole: true });
      if (commands.isUnderWay()) commands.miss();
      else tell();
      // The kernel answers in order: what was sent before this question is lost.
      const lost = request?.type === "hello" ? requests.takeAll(undefined, message.id) : [];
      for (const { type, resolve, reject } of lost) {
        if (type === "advance" || type === "picture" || type === "heights" || type === "load") {
          resolve(null);
        } else {
          listener?.failed({ message: template("The kernel did not hear this.") });
          reject(new Error("lost"));
        }
      }
      request?.resolve(null);
    },

    rows(message, buffers, request) {
      const { after, ended, printed, advice, id } = message;
      const answer = { after, ended, printed, advice, ...tablesOf(message, buffers) };
      if (request) return request.resolve(answer);
      // Of rows asked for before training went elsewhere, nobody knows whether they still hold.
      if (requests.isOurs(id)) return;
      runIs(message.run);
      if (commands.isUnderWay()) commands.miss();
      else listener?.arrived(answer, id === null);
    },

    state(message, _, request) {
      const tell = () => listener?.changed(message);
      runIs(message.run);
      const isCommand = request && request.type !== "advance" && request.type !== "load";
      if (isCommand) return request.resolve({ tell, isWhole: false });
      if (!commands.isUnderWay()) tell();
      else if (!request) commands.miss();
      request?.resolve(null);
    },

    picture({ picture }, [bytes], request) {
      request?.resolve(unpackPicture(bytes, picture));
    },

    heights({ grid }, [bytes], request) {
      request?.resolve(grid && { ...grid, heights: unpack(bytes, Float64Array) });
    },

    error(message, _, request) {
      watch.doubt();
      listener?.failed(message);
      request?.reject(new Error(message.message));
    },
  };

  /** @param {{ json: string }} content @param {any[]} [buffers] */
  function receive({ json }, buffers = []) {
    const message = JSON.parse(json);
    watch.heard(message.torch === "loading");
    const request = requests.take(message.id);
    handle[message.type]?.(message, buffers, request);
    if (request && !CHANGE_NOTHING.includes(request.type)) traits.changed();
    if (message.torch === "needed") torchIsNeeded();
  }

  return {
    open(told) {
      listener = told;
      const get = (/** @type {string} */ name) => guarded(() => model.get(name));
      const [snapshot, points, rows, picture, words] = KEPT.map(get);
      let saved;
      try {
        saved = readSaved(() => {
          const { lang, sentences } = JSON.parse(words || "{}");
          const state = { ...JSON.parse(snapshot), ...(lang && { words: { lang, sentences } }) };
          known = asText(state);
          return { snapshot: state, points, rows, picture };
        });
      } catch (error) {
        // The kernel says it all anew, where there is one.
        if (snapshot) listener.failed({ message: /** @type {Error} */ (error).message });
      }
      if (saved) {
        run = /** @type {any} */ (saved.snapshot).run;
        listener.opened(saved.snapshot, saved.points, saved.rows, saved.picture);
      }
      guarded(() => model.on("msg:custom", receive));
      traits.open();
      watch.open(get("_id"));
      probe();
    },

    close() {
      guarded(() => model.off("msg:custom", receive));
      traits.close();
      watch.close();
      listener = null;
    },

    async pull(after, steps) {
      const wanted = asked;
      for (let held = commands.held(); held; held = commands.held()) {
        await held.done.catch(() => {});
      }
      await isNew; // what was refused may have had others before it, of which nothing was told
      if (wanted !== asked) return null;
      return ask("advance", { run, after, steps });
    },

    /** Resolves when it is done, after the listener was told of it; rejects after it was told why. */
    command(type, fields = {}, moves = true) {
      supersede();
      return commands.add(type, fields, moves);
    },

    /** Without holding anything up: settings that do not change what comes next. */
    setting: (changes) =>
      new Promise((resolve, reject) => {
        const told = (/** @type {import("./kernel-commands.js").Reply} */ { tell }) => {
          if (!commands.isUnderWay()) tell();
          resolve();
        };
        post("set", { run, changes }, { resolve: told, reject });
      }),

    picture: (x, y) => ask("picture", { x, y }),
    heights: (x, y) => ask("heights", { x, y }),
    painted,
    refresh,
    leave,
  };
}

/** A state as text: the same text, the same state. @param {Record<string, any>} told */
function asText(told) {
  const names = Object.keys(told).filter((name) => !BESIDE.includes(name));
  return JSON.stringify(names.sort().map((name) => [name, told[name]]));
}

/** Whether there is but the guess. @param {{ n_rows: number }} run */
const isAtStart = ({ n_rows: rows }) => rows === 1;

/**
 * The rows of every run that a message brings.
 * @param {any} message
 * @param {any[]} buffers
 * @returns {import("./source.js").Tables}
 */
const tablesOf = ({ stretches, widths }, buffers) => ({
  ...{ stretches, widths, rows: buffers.map((buffer) => unpack(buffer, Float64Array)) },
});
