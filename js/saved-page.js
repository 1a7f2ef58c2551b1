// The entry of a page that is saved, or kept in a cell: no host calls it, no kernel is there, and its
// <gradient-descent> goes on from what GDWidget wrote into it. It is a module, and runs once all of the
// page has been read.

import { mount } from "./page/mount.js";
import { mountLinked, reopened } from "./page/reopened.js";
import { complain, placeIn } from "./page/root.js";
import { newSession } from "./session/session.js";
import { newBrowserSource } from "./sources/browser.js";
import { readSaved } from "./sources/read-saved.js";

class SavedPage extends HTMLElement {
  #takeAway = () => {};

  connectedCallback() {
    const shadow = placeIn(this);
    try {
      const saved = readSaved(() => JSON.parse(this.querySelector("script")?.textContent ?? ""));
      const session = newSession(newBrowserSource(reopened ? reopened(this, saved) : saved));
      const again = () => {
        this.disconnectedCallback();
        this.connectedCallback();
      };
      const unmount = mountLinked
        ? mountLinked(this, session, shadow, again)
        : mount(session, shadow);
      this.#takeAway = () => {
        unmount();
        session.close();
      };
    } catch (error) {
      this.#takeAway = complain(shadow, error);
    }
  }

  disconnectedCallback() {
    this.#takeAway();
  }
}

customElements.get("gradient-descent") ?? customElements.define("gradient-descent", SavedPage);
