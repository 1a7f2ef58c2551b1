// What a kernel was asked and has not answered yet. Every request carries an id, repeated in its
// answer.

/**
 * @typedef {object} Answered
 * @property {(answer: any) => void} resolve
 * @property {(error: Error) => void} reject
 *
 * @typedef {Answered & { type: string, sent: number }} Request
 */

/** @param {(message: object) => void} send */
export function newRequests(send) {
  // Two pages may talk to one kernel: ids start where another page's are unlikely to be.
  const firstId = Math.floor(Math.random() * 2 ** 32) * 2 ** 16;
  let nextId = firstId;
  /** @type {Map<number, Request>} */
  const waiting = new Map();

  return {
    /** @param {string} type @param {object} fields @param {Answered} answered */
    add(type, fields, answered) {
      const id = nextId++;
      waiting.set(id, { type, sent: performance.now(), ...answered });
      send({ type, id, ...fields });
    },

    /** The one that is answered, which then waits no longer. @param {number} id */
    take(id) {
      const request = waiting.get(id);
      waiting.delete(id);
      return request;
    },

    /** Those of some types, up to an id, which then wait no longer. */
    takeAll(isMeant = (/** @type {Request} */ _) => true, upTo = nextId) {
      const taken = [...waiting].filter(([id, request]) => id <= upTo && isMeant(request));
      for (const [id] of taken) waiting.delete(id);
      return taken.map(([, request]) => request);
    },

    /** Whether this page has asked it. @param {number} id */
    isOurs: (id) => id >= firstId && id < nextId,

    /** When the oldest of those that wait was sent. */
    waitingSince: () => waiting.values().next().value?.sent,
  };
}
