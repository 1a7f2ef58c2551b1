// The widget's traits in its host's model: what is set there by others, as a linked slider does, and
// what is told there of changes, for hosts that run cells again. One of the files that know of Jupyter.

import { guarded } from "./kernel-watch.js";

const SETTABLE = ["lr", "playing", "steps_per_second"];
const NEWS_EVERY = 250; // milliseconds

/**
 * @param {any} model  a host's model
 * @param {(name: string, value: any) => void} wanted  a trait was set to this
 */
export function newHostTraits(model, wanted) {
  /** @param {string} name */
  const valueOf = (name) => guarded(() => model.get(name));
  const events = SETTABLE.map((name) => ({
    event: `change:${name}`,
    listener: () => wanted(name, valueOf(name)),
  }));
  let news = 0;
  let timer = 0;

  return {
    open() {
      for (const { event, listener } of events) guarded(() => model.on(event, listener));
    },

    close() {
      for (const { event, listener } of events) guarded(() => model.off(event, listener));
      clearTimeout(timer);
    },

    /**
     * What a person did here is done. Where Python asks for it (gd_widget/reactive.py), the host is
     * told, a few times a second at most.
     */
    changed() {
      if (typeof valueOf("_news") !== "number" || timer) return;
      timer = window.setTimeout(() => {
        timer = 0;
        news += 1;
        model.set("_news", news);
        model.save_changes();
      }, NEWS_EVERY);
    },
  };
}
