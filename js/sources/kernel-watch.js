// Whether a kernel is there: what the host knows of it, and for how long it has not answered. With
// kernel-source.js, the only file that knows of Jupyter.

const CHECK_EVERY = 500; // milliseconds
const CUT_OFF_AFTER = 800; // milliseconds without an answer, where the host has no connection
const BUSY_AFTER = 1500; // milliseconds without an answer
const STUCK_AFTER = 10_000; // milliseconds; there is something better to do than to wait
const PROBE_EVERY = 10_000; // milliseconds between questions to a kernel that does not answer

/** @typedef {import("./source.js").Link} Link */

export class KernelWatch {
  #model;
  #events;
  /** @type {Link} */
  #link = "connecting";
  #timer = 0;
  #lastProbe = 0;
  #wasHeard = false;
  #isOpen = true;
  /** The host's own model, where it can be had. @type {any} */
  #hostModel = null;
  /** The kernel that the host has lost its connection to, by its id. @type {string | undefined} */
  #outOfReach;

  /**
   * @param {any} model  a host's model
   * @param {object} events
   * @param {(link: Link) => void} events.linked  it is found to be elsewhere
   * @param {() => number | undefined} events.waitingSince  when the oldest question was sent that
   *   waits for an answer
   * @param {() => void} events.probe  it is to be asked for everything
   */
  constructor(model, events) {
    this.#model = model;
    this.#events = events;
  }

  /** Whether there is none to ask. */
  get isGone() {
    return this.#link === "gone" || this.#link === "static";
  }

  /**
   * Follow what the host knows.
   * @param {string} id  the model's
   */
  async open(id) {
    // @ts-expect-error -- marimo's mark on a page that it has exported
    if (globalThis.__MARIMO_STATIC__) return this.#linkIs("static");
    let manager;
    try {
      manager = this.#model.widget_manager;
    } catch {
      return this.#linkIs("static");
    }
    try {
      const model = await manager.get_model(id);
      if (!this.#isOpen) return; // closed meanwhile
      this.#hostModel = model;
      this.#hostModel.on("comm_live_update", this.#commChanged);
      this.#commChanged();
    } catch {
      // A host that gives no access to its model: its silence will tell.
    }
  }

  close() {
    this.#isOpen = false;
    clearInterval(this.#timer);
    guarded(() => this.#hostModel.off("comm_live_update", this.#commChanged));
  }

  /** Something was asked: watch for the answer. */
  begin() {
    if (!this.#timer) this.#timer = window.setInterval(this.#check, CHECK_EVERY);
  }

  /** It was asked for everything, just now. */
  probed() {
    this.#lastProbe = performance.now();
  }

  /** It has said something. */
  heard() {
    this.#wasHeard = true;
    this.#linkIs("live");
  }

  /** It cannot be reached. */
  lost = () => this.#linkIs(this.#wasHeard ? "gone" : "static");

  #check = () => {
    if (this.isGone && this.#outOfReach) return this.#lookForIt();
    const since = this.#events.waitingSince();
    if (since === undefined) {
      clearInterval(this.#timer);
      this.#timer = 0;
      return;
    }
    const now = performance.now();
    const silence = now - since;
    if (silence > CUT_OFF_AFTER && this.#isCutOff) {
      this.#outOfReach = this.#kernel?.id;
      return this.lost();
    }
    if (silence < BUSY_AFTER) return;
    if (this.#wasHeard && this.#link === "connecting") return this.lost(); // it has not come back
    // A kernel that was never heard, and that the host does not know of, is none.
    if (!this.#wasHeard && !this.#hostModel?.comm_live) return this.#linkIs("static");
    this.#linkIs(silence < STUCK_AFTER ? "busy" : "stuck");
    if (now - this.#lastProbe > PROBE_EVERY) this.#events.probe();
  };

  #commChanged = () => {
    const isLive = this.#hostModel.comm_live;
    if (isLive === false) {
      this.#outOfReach = undefined;
      return this.lost();
    }
    if (isLive && this.isGone) this.#reconnect();
  };

  /** The connection may be there again, and the same kernel at its end. */
  #lookForIt() {
    if (this.#isCutOff || this.#kernel?.id !== this.#outOfReach) return;
    this.#outOfReach = undefined;
    this.#reconnect();
  }

  #reconnect() {
    this.#linkIs("connecting");
    this.#events.probe();
  }

  /** What JupyterLab knows: it leaves the comm open when a kernel is shut down, or a server lost. */
  get #isCutOff() {
    const kernel = this.#kernel;
    return kernel === null || (kernel?.connectionStatus ?? "connected") !== "connected";
  }

  get #kernel() {
    return guarded(() => this.#hostModel.widget_manager.kernel);
  }

  /** @param {Link} link */
  #linkIs(link) {
    if (link === this.#link) return;
    this.#link = link;
    this.#events.linked(link);
  }
}

/**
 * Hosts differ in what their model can do: where this one cannot, nothing.
 * @template T
 * @param {() => T} call
 * @returns {T | undefined}
 */
export function guarded(call) {
  try {
    return call();
  } catch {
    return undefined;
  }
}
