// <gradient-descent n="100" lr="0.1">: the widget as an element of any web page. Its attributes
// are GDWidget's arguments, with dashes; lists are numbers or words with spaces between them.
// One that holds a <script type="application/json"> goes on from what GDWidget.save wrote there.

import { newBrowserSource } from "../sources/browser.js";
import { mount } from "./mount.js";
import { complain, placeIn } from "./root.js";
import { DEFAULTS } from "../core/options.js";
import { readSaved } from "../sources/read-saved.js";
import { begin } from "../sources/start.js";
import { newSession } from "../session/session.js";
import { PER_RUN } from "../core/settings.js";

const NAME = "gradient-descent";

/** Options by attribute. A title of the page's own would be a tooltip: ours is the heading. */
const ATTRIBUTES = Object.fromEntries(
  Object.keys(DEFAULTS).map((option) => [
    option === "title" ? "heading" : option.replaceAll("_", "-"),
    option,
  ]),
);

/** What may be said for each run of a race. */
const OF_RUNS = [...PER_RUN, "loss"];

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

    /** @type {import("../session/session.js").Session | null} */
    #session = null;
    #takeAway = () => {};

    connectedCallback() {
      if (document.readyState !== "loading") return this.#show();
      // What is in the element has yet to be read.
      document.addEventListener("DOMContentLoaded", () => this.isConnected && this.#show(), {
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
      const now = session?.view && turned(session.view);
      if (!session || !now || !(option in now) || !suits(value, option, session.view)) {
        this.#show();
      } else if (String(value) !== String(now[option])) {
        if (option === "steps_per_second") session.setSpeed(value);
        else session.setRule({ [option]: value });
      }
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

    /** @returns {import("../sources/standing.js").Known} */
    #known() {
      const saved = this.querySelector(":scope > script[type='application/json']");
      if (saved) return readSaved(() => JSON.parse(saved.textContent ?? ""));
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
 * What a person may have changed in the view, by option.
 * @param {import("../types.js").View} view
 * @returns {Record<string, any>}
 */
function turned({ runs, settings, stepsPerSecond }) {
  const rules = runs.map(({ optimizer }) => optimizer);
  const rates = runs.map(({ lr }) => lr);
  // What all runs share while they differ in the other stands there once.
  const brief = (/** @type {unknown[]} */ mine, /** @type {unknown[]} */ others) =>
    runs.length === 1 || (areSame(mine) && !areSame(others)) ? mine[0] : mine;
  return {
    lr: brief(rates, rules),
    optimizer: brief(rules, rates),
    ...settings,
    steps_per_second: stepsPerSecond,
  };
}

/** @param {unknown[]} values */
const areSame = (values) => new Set(values).size === 1;

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

/** A list with spaces, one of rows with semicolons between them. @param {unknown} value */
function inText(value) {
  if (!Array.isArray(value)) return String(value);
  const areRows = Array.isArray(value[0]);
  return value.map((one) => [one].flat().join(" ")).join(areRows ? "; " : " ");
}

/** What an attribute says, or would. @param {HTMLElement} element @param {string} attribute */
function said(element, attribute) {
  const option = ATTRIBUTES[attribute];
  return read(option, element.getAttribute(attribute)) ?? DEFAULTS[option];
}

/**
 * What an attribute's text means: text, a number, a list, or whether something is so: "false" says
 * that it is not. Rows of several x end with semicolons. What is no number stays as it is: begin()
 * says what is wrong with it.
 * @param {string} option
 * @param {string | null} text
 * @returns {any}
 */
function read(option, text) {
  if (text === null) return null;
  const usual = DEFAULTS[option];
  if (typeof usual === "boolean") return text.trim() !== "false";
  const number = (/** @type {string} */ word) =>
    word === "" || Number.isNaN(Number(word)) ? word : Number(word);
  if (option === "x" && text.includes(";")) return text.split(";").map((row) => read("y", row));
  const words = text.match(/[^\s,]+/g) ?? [];
  const isOfMany = OF_RUNS.includes(option) && words.length > 1;
  const isList =
    Array.isArray(usual) || ["guess", "panels", "controls"].includes(option) || isOfMany;
  if (option === "controls" && text.trim() === "beginner") return "beginner";
  if (isList) return words.map(number);
  return typeof usual === "string" && !OF_RUNS.includes(option) ? text : number(text.trim());
}
