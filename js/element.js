// <gradient-descent n="100" lr="0.1">: the widget as an element of any web page. Its attributes
// are GDWidget's arguments, with dashes; lists are numbers or words with spaces between them.
// One that holds a <script type="application/json"> goes on from what GDWidget.save wrote there.

import { BrowserSource } from "./browser-source.js";
import { complain, mount } from "./mount.js";
import { DEFAULTS, begin } from "./options.js";
import { unpackPoints, unpackSavedRows } from "./packed.js";
import { Session } from "./session.js";

const NAME = "gradient-descent";

/** Options by attribute. A title of the page's own would be a tooltip: ours is the heading. */
const ATTRIBUTES = Object.fromEntries(
  Object.keys(DEFAULTS).map((option) => [
    option === "title" ? "heading" : option.replaceAll("_", "-"),
    option,
  ]),
);

/** Make the element known to this page, unless it is already. */
export function defineElement() {
  if (globalThis.customElements && !customElements.get(NAME)) {
    customElements.define(NAME, elementClass());
  }
}

// Made when it is needed: where there are no elements, there is no HTMLElement to extend.
function elementClass() {
  class GradientDescent extends HTMLElement {
    static observedAttributes = Object.keys(ATTRIBUTES);

    /** @type {Session | null} */
    #session = null;
    #takeAway = () => {};

    connectedCallback() {
      if (document.readyState !== "loading") return this.#begin();
      // What is in the element has yet to be read.
      document.addEventListener("DOMContentLoaded", () => this.isConnected && this.#begin(), {
        once: true,
      });
    }

    disconnectedCallback() {
      this.#takeAway();
    }

    /** @param {string} attribute @param {string | null} before @param {string | null} text */
    attributeChangedCallback(attribute, before, text) {
      if (!this.#isShown || before === text) return;
      const session = this.#session;
      const option = ATTRIBUTES[attribute];
      const value = read(option, text) ?? DEFAULTS[option];
      if (session?.view && option === "lr") {
        if (value !== session.view.lr) session.setLr(value);
      } else if (session?.view && option === "steps_per_second") {
        if (value !== session.view.stepsPerSecond) session.setSpeed(value);
      } else {
        this.#begin();
      }
    }

    /** Before that, attributes come one by one, and none is news. */
    get #isShown() {
      return this.isConnected && this.shadowRoot !== null;
    }

    #begin() {
      this.#takeAway();
      const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      try {
        const session = new Session(new BrowserSource(this.#known()));
        const unmount = mount(session, shadow);
        const deafen = session.subscribe(() => this.#reflect());
        this.#session = session;
        this.#takeAway = () => {
          deafen();
          unmount();
          session.close();
          this.#session = null;
          this.#takeAway = () => {};
        };
        this.#reflect();
      } catch (error) {
        this.#takeAway = complain(shadow, error);
      }
    }

    /** @returns {import("./browser-source.js").Known} */
    #known() {
      const saved = this.querySelector(":scope > script[type='application/json']");
      if (saved) {
        const { snapshot, points, rows } = JSON.parse(saved.textContent ?? "");
        return {
          snapshot,
          points: unpackPoints(points, snapshot),
          rows: unpackSavedRows(rows, snapshot.bowl),
        };
      }
      const given = Object.entries(ATTRIBUTES).map(([attribute, option]) => [
        option,
        read(option, this.getAttribute(attribute)),
      ]);
      return begin(Object.fromEntries(given));
    }

    /** What the person has changed in the view stands in the attributes, too. */
    #reflect() {
      const view = this.#session?.view;
      if (!view) return;
      const now = { lr: view.lr, "steps-per-second": view.stepsPerSecond };
      for (const [attribute, value] of Object.entries(now)) {
        const isKnown = this.hasAttribute(attribute) || value !== DEFAULTS[ATTRIBUTES[attribute]];
        if (isKnown) this.setAttribute(attribute, String(value));
      }
    }
  }

  for (const [attribute, option] of Object.entries(ATTRIBUTES)) {
    Object.defineProperty(GradientDescent.prototype, option === "title" ? attribute : option, {
      /** @this {GradientDescent} */
      get() {
        return read(option, this.getAttribute(attribute)) ?? DEFAULTS[option];
      },
      /** @this {GradientDescent} @param {unknown} value */
      set(value) {
        if (value === null || value === undefined) this.removeAttribute(attribute);
        else this.setAttribute(attribute, Array.isArray(value) ? value.join(" ") : String(value));
      },
    });
  }
  return GradientDescent;
}

/**
 * What an attribute says: text, a number, or a list, as the option's default is one. What is no
 * number stays as it is: begin() says what is wrong with it.
 * @param {string} option
 * @param {string | null} text
 * @returns {any}
 */
function read(option, text) {
  if (text === null) return null;
  const usual = DEFAULTS[option];
  const number = (/** @type {string} */ word) =>
    word === "" || Number.isNaN(Number(word)) ? word : Number(word);
  if (Array.isArray(usual)) return (text.match(/[^\s,]+/g) ?? []).map(number);
  return typeof usual === "number" ? number(text.trim()) : text;
}
