// A link: what a page makes of it, and what of it is refused. tests/page/test_link.py compares it with
// Python's.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { asking, linked, linkOf } from "../../../js/page/link.js";
import { newSession } from "../../../js/session/session.js";
import { newBrowserSource } from "../../../js/sources/browser.js";
import { at, begin } from "../../../js/sources/start.js";
import "../../../js/widget.js";
import { settled } from "../fake-clock.js";
import { fakeBrowser } from "../fake-browser.js";

const NAME = "gradient-descent";

describe("what an address says", () => {
  it("is nothing to an element that it does not name", () => {
    for (const hash of ["", "#", "#chapter-2", "#other?lr=1", "#gradient-descent"]) {
      expect(linked(NAME, hash)).toBeNull();
    }
  });

  it("is options, and the step; what it does not say is as usual", () => {
    const asked = linked(
      NAME,
      "#gradient-descent?lr=0.5+0.1&true-params=1+2&noise=gaussian&step=7",
    );
    expect(asked?.step).toBe(7);
    expect(asked?.options).toMatchObject({
      lr: [0.5, 0.1],
      true_params: [1, 2],
      noise: "gaussian",
    });
    expect(asked?.options.seed).toBeNull();
  });

  it.each([
    ["step=-1", "step must be a whole number"],
    ["step=1.5", "step must be a whole number"],
    ["step=x", "step must be a whole number"],
    ["step=10001", "step must be at most 10000 in a link; got 10001"],
    ["n=1000000000", "n must be at most 20000 in a link; got 1000000000"],
    ["title=%3Cb%3E", 'no link has "title"'],
    ["hide=", 'no link has "hide"'],
    ["x=1+2", 'no link has "x"'],
    ["__proto__=1", 'no link has "__proto__"'],
    [`lr=${"1".repeat(3000)}`, "more than 2000 letters"],
  ])("is refused where it is %s", (text, said) => {
    expect(() => linked(NAME, `#gradient-descent?${text}`)).toThrow(said);
  });
});

describe("bets that an address asks", () => {
  /** @param {string} ask @param {Record<string, any>} [options] */
  const betsOf = (ask, options = {}) => asking({ ask, step: 3 }, begin(options)).snapshot.bets;

  it("are put at its step, and have no answer", () => {
    expect(betsOf("next_step; loss_after 20")).toMatchObject([
      { kind: "next_step", steps: 1, at: 3, answer: null, truth: null },
      { kind: "loss_after", steps: 20, at: 3, answer: null, truth: null },
    ]);
    expect(betsOf("")).toBeUndefined();
  });

  it.each([
    ["ask How many?", {}],
    ["constructor", {}],
    ["loss_after 0", {}],
    ["loss_after 10001", {}],
    ["loss_after x", {}],
    ["loss_after 2 3", {}],
    ["winner", {}],
    ["winner", { loss: ["mse", "mae"] }],
    ["winner", { function: "saddle", lr: [0.1, 0.2] }],
    ["winner", { x: [0, 1], y: [0, 1], loss: "cross_entropy", lr: [0.1, 0.2] }],
    ["next_step", { x: [0, 1, 2, 3], y: [1, 3, 2, 5], degree: 2 }],
    ["largest_rate", { optimizer: "adam" }],
    ["largest_rate", { batch_size: 8 }],
    ["largest_rate", { loss: "mae" }],
    ["order", { function: "saddle" }],
  ])("are refused where they are %s of %o", (ask, options) => {
    const said = "ask must be bets that suit what is shown, of next_step, ";
    expect(() => betsOf(ask, options)).toThrow(said);
    expect(() => betsOf(ask, options)).toThrow(`; got ${JSON.stringify(ask)}`);
  });

  it.each([
    { lr: [0.1, 0.2] },
    { loss: ["mse", "huber"] },
    { function: "rosenbrock", lr: [0.001, 0.002] },
    { x: [0, 1, 2], y: [0, 1, 0], loss: "cross_entropy", lr: [0.1, 0.2] },
  ])("are about a race's winner where its least loss is known, as of %o", (options) => {
    expect(betsOf("winner 20", options)).toMatchObject([{ kind: "winner", steps: 20 }]);
  });

  it("are at most twenty", () => {
    expect(() => betsOf(Array(21).fill("sign").join(";"))).toThrow("at most 20 bets; got 21");
  });
});

describe("a link", () => {
  /** @param {Record<string, any>} options @param {number} [step] */
  const sessionOf = (options, step = 0) => newSession(newBrowserSource(at(step, begin(options))));
  /** @param {Record<string, any>} options @param {number} [step] */
  const viewOf = (options, step) => /** @type {any} */ (sessionOf(options, step).view);

  it("has what is not as usual", () => {
    expect(linkOf(NAME, viewOf({ lr: 0.5, seed: 3 }, 20))).toBe(
      "gradient-descent?seed=3&lr=0.5&step=20",
    );
    expect(linkOf("mine", viewOf({}))).toBe("mine?");
    expect(linkOf("mine", viewOf({}), "es")).toBe("mine?lang=es");
    expect(linked("mine", "#mine?lang=es")?.lang).toBe("es");
  });

  it("is of points made from a seed alone", () => {
    const own = viewOf({ x: [0, 1], y: [1, 2] });
    expect(() => linkOf(NAME, own)).toThrow("these were not made from one");
  });

  it("is not of points that were edited", async () => {
    const session = sessionOf({});
    session.editPoints(0, 1, [[0, 0]]);
    await settled();
    expect(() => linkOf(NAME, /** @type {any} */ (session.view))).toThrow("these were edited");
    session.close();
  });

  it("is not of what no page could make", () => {
    const view = viewOf({});
    const made = { ...view.labels.makes, validation: [1, 2] };
    const held = { ...view, labels: { ...view.labels, makes: made } };
    expect(() => linkOf(NAME, held)).toThrow("validation must be a share in a link; got 1 2");
    const own = { ...view, runs: [{ ...view.runs[0], outside: true }] };
    expect(() => linkOf(NAME, own)).toThrow("code in Python made these steps");
    const asks = { ...view, bets: [{ kind: "ask", question: "How many?", value: 2 }] };
    expect(() => linkOf(NAME, asks)).toThrow("a link has no words, and a question here has");
  });

  it("does not tell what points were made with where that is hidden", () => {
    expect(linkOf(NAME, viewOf({ hide: ["true"] }))).toBe("gradient-descent?");
    const other = viewOf({ hide: ["true"], true_params: [1, 1] });
    expect(() => linkOf(NAME, other)).toThrow("what they are made with is hidden");
  });
});

describe("an element", () => {
  const drawn = async () => {
    await settled();
    for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done));
  };
  /** @param {string} hash @param {string} [attributes] */
  async function show(hash, attributes = "") {
    history.replaceState(null, "", hash || " ");
    document.body.innerHTML = `<gradient-descent ${attributes}></gradient-descent>`;
    await drawn();
    const { shadowRoot } = /** @type {any} */ (document.querySelector("gradient-descent"));
    const value = (/** @type {string} */ name) =>
      shadowRoot.querySelector(`.value.${name}`)?.textContent;
    return {
      root: shadowRoot,
      value,
      notice: () => shadowRoot.querySelector(".notice").textContent,
    };
  }

  beforeEach(() => fakeBrowser());
  afterEach(() => {
    document.body.innerHTML = "";
    history.replaceState(null, "", " ");
    vi.unstubAllGlobals();
  });

  it("opens where the address of its page says", async () => {
    const { root, value } = await show("#gradient-descent?lr=0.5&step=7", 'lr="0.2" n="30"');
    expect(value("step")).toBe("7");
    expect(root.querySelector("[aria-label='Learning rate, typed']").value).toBe("0.5");
    expect(root.querySelector(".fit").getAttribute("aria-label")).toMatch(/^100 points/);
  });

  it("holds back as many points as its address says, of new data others", async () => {
    const { root, value } = await show("#gradient-descent?n=40&validation=0.25&step=7");
    const hollow = () => root.querySelector(".fit .held .points").getAttribute("d");
    const count = () => hollow().match(/M/g).length;
    expect([value("step"), count()]).toEqual(["7", 10]);
    expect(root.querySelector(".fit").getAttribute("aria-label")).toMatch(/^30 points/);
    const before = hollow();
    root.querySelector("[aria-label='More']").click();
    await drawn();
    [...root.querySelectorAll("button")]
      .find((/** @type {Element} */ one) => one.textContent?.trim() === "New data")
      .click();
    await drawn();
    expect([value("step"), count()]).toEqual(["0", 10]);
    expect(hollow()).not.toBe(before);
  });

  it("says what is wrong with an address, as text, and opens as its page says", async () => {
    const { root, value, notice } = await show("#gradient-descent?lr=%3Cimg%3E&step=7", 'n="30"');
    expect(notice()).toContain('The link is ignored: lr must be a positive number; got "<img>".');
    expect(root.querySelector("img")).toBeNull();
    expect(value("step")).toBe("0");
    expect(root.querySelector(".fit").getAttribute("aria-label")).toMatch(/^30 points/);
  });

  it("asks what its address asks", async () => {
    const { root, value } = await show("#gradient-descent?ask=loss_after+20&step=7");
    expect(value("step")).toBe("7");
    expect(root.querySelector(".question").textContent).toContain("20 steps from now?");
    expect(root.querySelector("[aria-label=Play]").getAttribute("aria-disabled")).toBe("true");
    const bad = await show("#gradient-descent?ask=%3Cimg%3E&step=7");
    expect(bad.notice()).toContain('got "<img>".');
    expect(bad.root.querySelector(".question")).toBeNull();
  });

  it("is opened by its own name where it has one", async () => {
    expect((await show("#gradient-descent?step=7", 'id="mine"')).value("step")).toBe("0");
    expect((await show("#mine?step=7", 'id="mine"')).value("step")).toBe("7");
  });

  it("copies its link from the menu, and goes where another one says", async () => {
    const { root, value } = await show("", 'seed="4"');
    root.querySelector("[aria-label='Step']").click();
    await drawn();
    root.querySelector("[aria-label='More']").click();
    await drawn();
    const entry = [...root.querySelectorAll(".save button")].find(({ textContent }) =>
      textContent.includes("Copy link"),
    );
    entry.click();
    await drawn();
    expect(location.hash).toBe("#gradient-descent?seed=4&step=1");
    location.hash = "#gradient-descent?step=3";
    window.dispatchEvent(new Event("hashchange"));
    await drawn();
    expect(value("step")).toBe("3");
  });
});
