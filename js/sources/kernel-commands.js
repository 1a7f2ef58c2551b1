// Commands to a kernel, one under way at a time. While one is, requests for rows wait: its answer
// brings the state to go on from.

/**
 * @typedef {import("./source.js").CommandType} CommandType
 *
 * @typedef {{ type: CommandType, fields: Record<string, any>, moves: boolean, done: Promise<void>,
 *   resolve: () => void, reject: (error: unknown) => void }} Command
 *
 * What the kernel has answered: to be told of, and whether that is everything there is to know.
 * @typedef {{ tell: () => void, isWhole: boolean }} Reply
 */

/**
 * @param {(type: string, fields: object, answered: import("./kernel-requests.js").Answered) => void} ask
 * @param {() => void} refresh  ask for everything anew
 */
export function newCommands(ask, refresh) {
  /** Not sent yet. @type {Command[]} */
  let queue = [];
  /** The one under way. @type {Command | null} */
  let current = null;
  let missed = false; // whether news came while one was

  function send() {
    const command = current ? undefined : queue.shift();
    if (!command) return;
    current = command;
    const settle = (/** @type {() => void} */ tell) => {
      current = null;
      tell();
      send();
    };
    // Not a promise: what the kernel says next must find the command settled.
    ask(command.type, command.fields, {
      resolve: (reply) =>
        settle(() => {
          if (queue.length === 0) caughtUp(reply);
          else missed ||= reply.isWhole;
          command.resolve();
        }),
      reject: (error) => settle(() => command.reject(error)),
    });
  }

  /**
   * No command is left: what the last one was answered with is so now. If there was news
   * meanwhile, of rows or other points perhaps, all is asked for anew.
   * @param {Reply} reply
   */
  function caughtUp({ tell, isWhole }) {
    tell();
    if (missed && !isWhole) refresh();
    missed = false;
  }

  return {
    isUnderWay: () => current !== null,

    /** There was news meanwhile. */
    miss() {
      missed = true;
    },

    /** The command whose answer rows must wait for, if any. */
    held: () => [current, ...queue].find((command) => command?.moves),

    /**
     * @param {CommandType} type
     * @param {Record<string, any>} fields
     * @param {boolean} moves  whether training goes on differently: rows wait for its answer
     * @returns {Promise<void>} settled once the kernel has done it, or refused to
     */
    add(type, fields, moves) {
      const last = queue.at(-1);
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
      queue.push(command);
      send();
      return command.done;
    },

    /** Those that were not sent, and now will not be. */
    takeAll() {
      const taken = queue;
      queue = [];
      return taken;
    },
  };
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
  const isOne = before.at === fields.at && before.held === fields.held;
  return isOne && replacesOne(before) && replacesOne(fields);
}
