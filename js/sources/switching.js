// One source of rows made of two: a kernel while it is there, and else this page, which goes on
// from the row shown. What the one did not get done, the other does.

import { BrowserSource } from "./browser.js";

/**
 * @typedef {import("./source.js").Source} Source
 * @typedef {import("./kernel.js").KernelSource} KernelSource
 * @typedef {import("./browser.js").Known} Known
 *
 * Told where the kernel is, and whether this page computes; asked for what to go on from, null
 * where there is nothing.
 * @typedef {import("./source.js").Listener & { known: () => Known | null }} Listener
 */

export class EitherSource {
  /** Who is asked. @type {Source} */
  #source;
  #clock;
  /** @type {KernelSource | null} */
  #kernel = null;
  /** The page as a source, once it has been one. @type {Source | null} */
  #here = null;
  /** @type {Listener | null} */
  #listener = null;
  #wentOnHere = false; // whether the page has done what a kernel does not know of

  /** @type {import("./source.js").Link} */
  link = "connecting";

  /** @param {KernelSource | BrowserSource} source @param {import("../core/clock.js").Clock} clock */
  constructor(source, clock) {
    this.#source = source;
    this.#clock = clock;
    if (source instanceof BrowserSource) {
      this.#here = source;
      this.link = "static";
    } else {
      this.#kernel = source;
    }
  }

  /** Whether this page computes, and no kernel. */
  get isHere() {
    return this.#source === this.#here;
  }

  /** @param {Listener} listener */
  open(listener) {
    this.#listener = listener;
    this.#listenTo(this.#source, listener);
  }

  /** @param {Source} source @param {Listener} listener */
  #listenTo(source, listener) {
    // What a kernel says that has been left is no longer of interest, but that it answers is.
    /** @template {any[]} A @param {(...args: A) => void} take @returns {(...args: A) => void} */
    const heard =
      (take) =>
      (...args) => {
        if (source === this.#source) take(...args);
      };
    source.open({
      opened: heard(listener.opened),
      changed: heard(listener.changed),
      arrived: heard(listener.arrived),
      failed: heard(listener.failed),
      linked: (link) => this.#linked(link),
    });
  }

  close() {
    this.#kernel?.close();
    this.#here?.close();
  }

  /** @param {number} after @param {number} steps */
  pull(after, steps) {
    this.#wentOnHere ||= this.isHere;
    return this.#source.pull(after, steps);
  }

  /**
   * Have something done. False where it was refused; why has been shown.
   * @param {import("./source.js").CommandType} type
   * @param {Record<string, any>} [fields]
   * @param {boolean} [moves]
   */
  command(type, fields, moves) {
    // What an edit does has been done in this page already: it is not for the page to do again.
    return this.#attempt((source) => source.command(type, fields, moves), type !== "edit");
  }

  /** @param {Record<string, any>} changes */
  setting(changes) {
    return this.#attempt((source) => source.setting(changes));
  }

  /** @type {Source["picture"]} */
  picture(x, y) {
    return this.#source.picture(x, y);
  }

  refresh() {
    this.#source.refresh();
  }

  /**
   * @param {(source: Source) => Promise<void>} ask
   * @param {boolean} [isForAny]  whether the page may do what a kernel has not
   * @returns {Promise<boolean>}
   */
  async #attempt(ask, isForAny = true) {
    const source = this.#source;
    this.#wentOnHere ||= this.isHere;
    try {
      await ask(source);
      return true;
    } catch {
      if (source !== this.#source) return !isForAny || this.#attempt(ask);
      // What is so now, after what was not done, is for the source to say.
      source.refresh();
      return false;
    }
  }

  /** @param {import("./source.js").Link} link */
  #linked(link) {
    this.link = link;
    if (link === "gone" || link === "static") this.goOnHere();
    // What was done here meanwhile would be lost: to go back is then for the person to say.
    if (link === "live" && this.isHere && !this.#wentOnHere) this.goBack();
    this.#listener?.linked(link);
  }

  /** Have this page compute, from the row shown. */
  goOnHere() {
    const known = this.isHere ? null : this.#listener?.known();
    if (!known || !this.#listener) return;
    this.#here = new BrowserSource(known, this.#clock);
    this.#source = this.#here;
    this.#kernel?.leave();
    this.#listenTo(this.#here, this.#listener);
  }

  /**
   * Have the kernel compute again, from where it is.
   * @param {boolean} [playing]  whether playing is what the person wants
   */
  goBack(playing = false) {
    if (!this.#kernel) return;
    this.#here?.close();
    this.#source = this.#kernel;
    if (this.#wentOnHere) this.command("set", { changes: { playing } });
    this.#wentOnHere = false;
    this.refresh();
  }
}
