// One source of rows made of two: a kernel while it is there, and else this page, which goes on
// from the row shown. What the one did not get done, the other does.

import { newBrowserSource } from "./browser.js";

/**
 * @typedef {import("./source.js").Source} Source
 * @typedef {import("./kernel.js").KernelSource} KernelSource
 * @typedef {import("./standing.js").Known} Known
 * @typedef {ReturnType<typeof newEitherSource>} EitherSource
 *
 * Told where the kernel is, and whether this page computes; asked for what to go on from, null
 * where there is nothing.
 * @typedef {import("./source.js").Listener & { known: () => Known | null }} Listener
 * @typedef {import("./source.js").Link} Link
 */

/**
 * @param {KernelSource} kernel
 * @param {import("../core/clock.js").Clock} clock
 */
export function newEitherSource(kernel, clock) {
  /** Who is asked. @type {Source} */
  let source = kernel;
  /** The page as a source, once it has been one. @type {Source | null} */
  let page = null;
  /** @type {Listener} */
  let listener;
  /** @type {Link} */
  let link = "connecting";
  let wentOnHere = false; // whether the page has done what a kernel does not know of
  /** What was answered here meanwhile. @type {Record<string, any>[]} */
  let answers = [];

  const isHere = () => source === page;

  /** @param {Source} one */
  function listenTo(one) {
    // What a kernel says that has been left is no longer of interest, but that it answers is.
    /** @template {any[]} A @param {(...args: A) => void} take @returns {(...args: A) => void} */
    const heard =
      (take) =>
      (...args) => {
        if (one === source) take(...args);
      };
    one.open({
      opened: heard(listener.opened),
      changed: heard(listener.changed),
      arrived: heard(listener.arrived),
      failed: heard(listener.failed),
      linked,
      // With a kernel, it has heard that, too, and tells the page.
      wanted: (name, value) => {
        if (isHere()) listener.wanted?.(name, value);
      },
    });
  }

  /**
   * @param {(source: Source) => Promise<void>} ask
   * @param {boolean} [isForAny]  whether the page may do what a kernel has not
   * @returns {Promise<boolean>} false where it was refused; why has been shown
   */
  async function attempt(ask, isForAny = true) {
    const asked = source;
    wentOnHere ||= isHere();
    try {
      await ask(asked);
      return true;
    } catch {
      if (asked !== source) return !isForAny || attempt(ask);
      // What is so now, after what was not done, is for the source to say.
      asked.refresh();
      return false;
    }
  }

  /** @param {Link} now */
  function linked(now) {
    const isAsExpected = link === "connecting" && now === "live" && !isHere();
    link = now;
    if (link === "gone" || link === "static") goOnHere();
    // What was done here meanwhile would be lost: to go back is then for the person to say.
    if (link === "live" && isHere() && !wentOnHere) goBack();
    listener.linked(link, isAsExpected);
  }

  /** Have this page compute, from the row shown. */
  function goOnHere() {
    const known = isHere() ? null : listener.known();
    if (!known) return;
    source = page = newBrowserSource(known, clock);
    kernel.leave();
    listenTo(source);
  }

  /**
   * Have the kernel compute again, from where it is.
   * @param {boolean} [playing]  whether playing is what the person wants
   */
  function goBack(playing = false) {
    page?.close();
    source = kernel;
    if (wentOnHere) command("set", { changes: { playing } });
    // Training goes on from where the kernel is; what a person has answered counts there, too.
    for (const given of answers.splice(0)) command("answer", given);
    wentOnHere = false;
    source.refresh();
  }

  /**
   * Have something done. False where it was refused; why has been shown.
   * @param {import("./source.js").CommandType} type
   * @param {Record<string, any>} [fields]
   * @param {boolean} [moves]
   */
  // What an edit does has been done in this page already: it is not for the page to do again.
  const command = (type, fields, moves) =>
    attempt(async (one) => {
      await one.command(type, fields, moves);
      if (one === page && type === "answer") answers.push(fields ?? {});
      if (one === page && type === "reset") answers = [];
    }, type !== "edit");

  return {
    /** Where the kernel is. */
    get link() {
      return link;
    },

    /** Whether this page computes, and no kernel. */
    get isHere() {
      return isHere();
    },

    /** @param {Listener} told */
    open: (told) => {
      listener = told;
      listenTo(source);
    },

    close: () => {
      kernel.close();
      page?.close();
    },

    /** @type {Source["pull"]} */
    pull: (after, steps) => {
      wentOnHere ||= isHere();
      return source.pull(after, steps);
    },

    command,

    /** @param {Record<string, any>} changes */
    setting: (changes) => attempt((one) => one.setting(changes)),

    /** @type {Source["picture"]} */
    picture: (x, y) => source.picture(x, y),

    /** @type {Source["heights"]} */
    heights: (x, y) => source.heights(x, y),

    refresh: () => source.refresh(),
    /** There is something to see. */
    painted: () => kernel.painted(),
    goOnHere,
    goBack,
  };
}
