// <gradient-descent n="100" lr="0.1">: the widget as an element of any web page. Its attributes
// are GDWidget's arguments, with dashes; lists are numbers or words with spaces between them.
// One that holds a <script type="application/json"> goes on from what GDWidget.save wrote there.

import { newBrowserSource } from "../sources/browser.js";
import { inText, read, turned } from "./attributes.js";
import { opened } from "./link.js";
import { onRegistered } from "../words/registered.js";
import { inLanguageOf, wordsFor } from "./language.js";
import { mountLinked, reopened } from "./reopened.js";
import { complain, placeIn } from "./root.js";
import { DEFAULTS } from "../core/options.js";
import { readSaved } from "../sources/read-saved.js";
import { begin } from "../sources/start.js";
import { newSession } from "../session/session.js";
import { PER_RUN } from "../core/settings.js";

const NAME = "gradient-descent";

/** Every element has a language, which may be any. */
const OPTIONS = Object.keys(DEFAULTS).filter((option) => option !== "lang");
/** Options by attribute. A title of the page's own would be a tooltip: ours is the heading. */
const ATTRIBUTES = Object.fromEntries(
  OPTIONS.map((option) => [option === "title" ? "heading" : option.replaceAll("_", "-"), option]),
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
    static observedAttributes = [...Object.keys(ATTRIBUTES), "lang"];

    /** @type {import("../session/session.js").Session | null} */
    #session = null;
    #takeAway = () => {};
    #listenNoMore = () => {};

    connectedCallback() {
      this.#listenNoMore = onRegistered(() => this.#speakAnew());
      if (document.readyState !== "loading") return this.#show();
      // What is in the element has yet to be read.
      document.addEventListener("DOMContentLoaded", () => this.isConnected && this.#show(), {
        once: true,
      });
    }

    disconnectedCallback() {
      this.#listenNoMore();
      this.#takeAway();
    }

    /** @param {string} attribute @param {string | null} before @param {string | null} text */
    attributeChangedCallback(attribute, before, text) {
      if (!this.#isShown || before === text) return;
      if (attribute === "lang") return this.#speakAnew();
      const session = this.#session;
      const option = ATTRIBUTES[attribute];
      const value = read(option, text) ?? DEFAULTS[option];
      const now = session?.view && turned(session.view);
      if (!session || !now || !(option in now) || !suits(value, option, session.view)) {
        this.#show();
      } else if (String(value) !== String(now[option])) {
        if (option === "steps_per_second") session.setSpeed(value);
        else session.setRule({ [option]: value });
      }
    }

    /** Begin again in the language that is meant now, if it is another. */
    #speakAnew() {
      const { lang = "en" } = wordsFor(this) ?? {};
      if (this.#session && this.#session.language.lang !== lang && !this.#saved) this.#show();
    }

    /** Before that, attributes come one by one, and none is news. */
    get #isShown() {
      return this.isConnected && this.shadowRoot !== null;
    }

    #show() {
      this.#takeAway();
      const shadow = placeIn(this);
      try {
        const session = newSession(newBrowserSource(this.#known()));
        const unmount = mountLinked(this, session, shadow, () => this.#show());
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

    /** What GDWidget.save wrote into it. */
    get #saved() {
      return this.querySelector(":scope > script[type='application/json']");
    }

    /** @returns {import("../sources/standing.js").Known} */
    #known() {
      const saved = this.#saved;
      if (saved)
        return reopened(
          this,
          readSaved(() => JSON.parse(saved.textContent ?? "")),
        );
      const given = Object.fromEntries(
        Object.entries(ATTRIBUTES).map(([attribute, option]) => [
          option,
          read(option, this.getAttribute(attribute)),
        ]),
      );
      const known = () => opened(this, (asked) => begin({ ...given, ...asked?.options }));
      return inLanguageOf(wordsFor(this), known);
    }

    /** What the person has changed in the view stands in the attributes, too. */
    #reflect() {
      const view = this.#session?.view;
      if (!view) return;
      for (const [option, value] of Object.entries(turned(view))) {
        const attribute = option.replaceAll("_", "-");
        const isNews = String(value) !== String(said(this, attribute));
        if (isNews) write(this, attribute, value);
      }
    }
  }

  for (const [attribute, option] of Object.entries(ATTRIBUTES)) {
    Object.defineProperty(GradientDescent.prototype, option === "title" ? attribute : option, {
      /** @this {GradientDescent} */
      get() {
        return said(this, attribute);
      },
      /** @this {GradientDescent} @param {unknown} value */
      set(value) {
        write(this, attribute, value);
      },
    });
  }
  return GradientDescent;
}

/**
 * Whether the runs that there are can go on with an option.
 * @param {any} value
 * @param {string} option
 * @param {import("../types.js").View | null} view
 */
const suits = (value, option, view) =>
  !PER_RUN.includes(option) ||
  (Array.isArray(value) ? value.length : 1) ===
    [turned(/** @type {any} */ (view))[option]].flat().length;

/**
 * @param {HTMLElement} element
 * @param {string} attribute
 * @param {unknown} value  null: what it would be anyway
 */
function write(element, attribute, value) {
  if (value === null || value === undefined) element.removeAttribute(attribute);
  else element.setAttribute(attribute, inText(value));
}

/** What an attribute says, or would. @param {HTMLElement} element @param {string} attribute */
function said(element, attribute) {
  const option = ATTRIBUTES[attribute];
  return read(option, element.getAttribute(attribute)) ?? DEFAULTS[option];
}
