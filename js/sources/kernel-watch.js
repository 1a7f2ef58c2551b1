// Whether a kernel is there: what the host knows of it, and for how long it has not answered. With
// kernel.js, the only file that knows of Jupyter.

const CHECK_EVERY = 500; // milliseconds
const CUT_OFF_AFTER = 800; // milliseconds without an answer, where the host has no connection
const BUSY_AFTER = 1500; // milliseconds without an answer
const NOT_LOADED_AFTER = 60_000; // milliseconds; PyTorch's import takes a few seconds
const STUCK_AFTER = 10_000; // milliseconds; there is something better to do than to wait
const LEAVING = 10_000; // milliseconds in which a kernel may be gone that has been interrupted
const PROBE_EVERY = 10_000; // milliseconds between questions to a kernel that does not answer

/** @typedef {import("../types.js").Link} Link */

/**
 * @param {any} model  a host's model
 * @param {object} events
 * @param {(link: Link) => void} events.linked  it is found to be elsewhere
 * @param {() => number | undefined} events.waitingSince  when the oldest question was sent that
 *   waits for an answer
 * @param {() => void} events.probe  it is to be asked for everything
 */
export function newKernelWatch(model, { linked, waitingSince, probe }) {
  /** @type {Link} */
  let link = "connecting";
  let timer = 0;
  let lastProbe = 0;
  let inDoubtUntil = 0;
  let wasHeard = false;
  let isOpen = true;
  /** The host's own model, where it can be had. @type {any} */
  let hostModel = null;
  /** The kernel that the host has lost its connection to, by its id. @type {string | undefined} */
  let outOfReach;

  /** Whether there is none to ask. */
  const isGone = () => link === "gone" || link === "static";

  /** @param {Link} now */
  function linkIs(now) {
    if (now === link) return;
    link = now;
    linked(link);
  }

  /** It cannot be reached. */
  const lost = () => linkIs(wasHeard ? "gone" : "static");

  const kernelOfHost = () => guarded(() => hostModel.widget_manager.kernel);

  /** What JupyterLab knows: it leaves the comm open when a kernel is shut down, or a server lost. */
  function isCutOff() {
    const kernel = kernelOfHost();
    return kernel === null || (kernel?.connectionStatus ?? "connected") !== "connected";
  }

  function check() {
    if (isGone() && outOfReach) return lookForIt();
    const now = performance.now();
    const isInDoubt = now < inDoubtUntil;
    const since = waitingSince();
    if (since === undefined && !isInDoubt) {
      clearInterval(timer);
      timer = 0;
      return;
    }
    const silence = now - (since ?? now);
    if ((isInDoubt || silence > CUT_OFF_AFTER) && isCutOff()) {
      outOfReach = kernelOfHost()?.id;
      return lost();
    }
    if (silence < BUSY_AFTER) return;
    if (wasHeard && link === "connecting") return lost(); // it has not come back
    // A kernel that was never heard, and that the host does not know of, is none.
    if (!wasHeard && !hostModel?.comm_live) return linkIs("static");
    if (link === "loading" && silence < NOT_LOADED_AFTER) return;
    linkIs(silence < STUCK_AFTER ? "busy" : "stuck");
    if (now - lastProbe > PROBE_EVERY) probe();
  }

  function commChanged() {
    const isLive = hostModel.comm_live;
    if (isLive === false) {
      outOfReach = undefined;
      return lost();
    }
    if (isLive && isGone()) reconnect();
  }

  /** The connection may be there again, and the same kernel at its end. */
  function lookForIt() {
    if (isCutOff() || kernelOfHost()?.id !== outOfReach) return;
    outOfReach = undefined;
    reconnect();
  }

  function reconnect() {
    linkIs("connecting");
    probe();
  }

  /** Something was asked: watch for the answer. */
  function begin() {
    timer ||= window.setInterval(check, CHECK_EVERY);
  }

  return {
    isGone,
    lost,

    /**
     * Follow what the host knows.
     * @param {string} id  the model's
     */
    async open(id) {
      // @ts-expect-error -- marimo's mark on a page that it has exported
      if (globalThis.__MARIMO_STATIC__) return linkIs("static");
      let manager;
      try {
        manager = model.widget_manager;
      } catch {
        return linkIs("static");
      }
      try {
        const found = await manager.get_model(id);
        if (!isOpen) return; // closed meanwhile
        hostModel = found;
        hostModel.on("comm_live_update", commChanged);
        commChanged();
      } catch {
        // A host that gives no access to its model: its silence will tell.
      }
    },

    close() {
      isOpen = false;
      clearInterval(timer);
      guarded(() => hostModel.off("comm_live_update", commChanged));
    },

    begin,

    /** A step failed: a kernel that is shut down in the midst of one is interrupted first. */
    doubt() {
      inDoubtUntil = performance.now() + LEAVING;
      begin();
    },

    /** It was asked for everything, just now. */
    probed() {
      lastProbe = performance.now();
    },

    /** It has said something. @param {boolean} isLoading  that it imports PyTorch */
    heard(isLoading) {
      wasHeard = true;
      linkIs(isLoading ? "loading" : "live");
    },
  };
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
