// The element <gradient-descent>, and the widget of a page that has written down its options.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import widget from "../../../js/widget.js";
import { begin } from "../../../js/sources/start.js";
import * as browser from "../../../js/sources/browser.js";
import { settled } from "../fake-clock.js";
import { fakeBrowser } from "../fake-browser.js";

/** The source of rows that was made last. @type {import("../../../js/sources/source.js").Source} */
let source;
vi.mock("../../../js/sources/browser.js", async (original) => {
  const { newBrowserSource } = /** @type {typeof browser} */ (await original());
  /** @param {Parameters<typeof newBrowserSource>} given */
  const remembered = (...given) => (source = newBrowserSource(...given));
  return { newBrowserSource: remembered };
});

/** @param {string} markup */
function show(markup) {
  document.body.innerHTML = markup;
  const element = /** @type {any} */ (document.querySelector("gradient-descent"));
  return { element, root: element.shadowRoot, text: () => element.shadowRoot.textContent };
}

const drawn = async () => {
  await settled();
  for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done));
};

/** A page that was saved at its first step, as JSON. @param {Record<string, any>} options */
function savedPage(options) {
  const { snapshot, points, rows } = begin(options);
  const bytes = (/** @type {number[]} */ numbers) =>
    btoa(String.fromCharCode(...new Uint8Array(Float64Array.from(numbers).buffer)));
  const saved = [{ rows: 1, width: 4, stretches: [] }];
  const [[step, slope, intercept, , , , lr]] = rows.rows;
  const runs = [{ ...snapshot.runs[0], row: [...rows.rows[0]] }];
  return JSON.stringify({
    snapshot: { ...snapshot, runs, middle: [0, 0], spread: [1, 1], saved },
    points: bytes([...points.x, ...points.y]),
    rows: bytes([step, slope, intercept, lr]),
  });
}

/** @param {string} json */
const showSaved = (json) =>
  show(`<gradient-descent><script type="application/json">${json}</script></gradient-descent>`);

/** @param {any} root @param {string} name */
const numberIn = (root, name) => root.querySelector(`.value.${name}`).textContent;

beforeEach(() => {
  fakeBrowser();
});

afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("<gradient-descent>", () => {
  it("shows what its attributes say", async () => {
    const { root, element } = show(
      `<gradient-descent n="20" seed="7" lr="0.5" guess="1, 2" heading="A title" x-label="age"
        panels="loss fit" steps-per-second="30"></gradient-descent>`,
    );
    await drawn();
    expect(root.querySelector(".title").textContent).toBe("A title");
    expect(numberIn(root, "slope")).toBe("1.00");
    expect(root.querySelector(".fit").getAttribute("aria-label")).toMatch(/^20 points .* age \+/);
    expect(root.querySelector(".surface")).toBeNull();
    expect(element.lr).toBe(0.5);
    expect(element.guess).toEqual([1, 2]);
  });

  it("takes points", async () => {
    const { root } = show(`<gradient-descent x="0 1 2" y="1 3 5" guess="2 1"></gradient-descent>`);
    await drawn();
    expect(numberIn(root, "loss")).toMatch(/^0\.0/);
    root.querySelector("[aria-label='More']").click();
    await drawn();
    expect(root.querySelector(".choices").textContent).not.toContain("New data");
  });

  it("takes points of several features, in rows", async () => {
    const { element, root } = show(
      `<gradient-descent x="1 0 5; 1 1 3; 1 2 9" y="1 3 5" panels="loss" lr="0.01"></gradient-descent>`,
    );
    await drawn();
    expect(element.x).toEqual([
      [1, 0, 5],
      [1, 1, 3],
      [1, 2, 9],
    ]);
    expect(root.textContent).toContain("x2");
    element.x = [
      [2, 7],
      [3, 4],
      [5, 6],
    ];
    expect(element.getAttribute("x")).toBe("2 7; 3 4; 5 6");
  });

  it("fits a polynomial, and what goes through the origin", async () => {
    const { root } = show(`<gradient-descent degree="2" intercept="false"></gradient-descent>`);
    await drawn();
    expect(root.textContent).toContain("x^2");
    expect(root.textContent).not.toContain("intercept");
    const other = show(`<gradient-descent degree="2" standardize></gradient-descent>`);
    await drawn();
    expect(other.root.textContent).toContain("intercept");
  });

  it("follows its attributes, and they follow what a person does", async () => {
    const { element, root } = show(`<gradient-descent></gradient-descent>`);
    await drawn();
    expect(element.hasAttribute("lr"), "nothing was changed").toBe(false);
    element.lr = 0.25;
    expect(element.getAttribute("lr")).toBe("0.25");
    await drawn();
    const typed = root.querySelector("[aria-label='Learning rate, typed']");
    expect(typed.value).toBe("0.25");
    typed.value = "0.4";
    typed.dispatchEvent(new Event("input"));
    typed.dispatchEvent(new Event("change"));
    await drawn();
    expect(element.getAttribute("lr")).toBe("0.4");
    root.querySelector("[aria-label='Step']").click();
    await drawn();
    expect(numberIn(root, "step")).toBe("1");
    element.setAttribute("steps-per-second", "60");
    await drawn();
    expect(numberIn(root, "step"), "a speed begins nothing anew").toBe("1");
    element.seed = 3;
    await drawn();
    expect(numberIn(root, "step"), "other points do").toBe("0");
  });

  it.each([
    [`lr="-1"`, "lr must be a positive number; got -1"],
    [`lr="fast"`, 'lr must be a positive number; got "fast"'],
    [`lr=""`, 'lr must be a positive number; got ""'],
    [`lr="0.1 -1"`, "lr must be a positive number; got -1"],
    [
      `lr="1 2 3 4 5 6 7 8 9"`,
      "lr must be one value, or a list of 1 to 8; got [1,2,3,4,5,6,7,8,9]",
    ],
    [
      `lr="0.1 0.2 0.3" optimizer="gd adam"`,
      "lr and optimizer must be of one length where both are lists; got 3 and 2 values",
    ],
    [`betas="0.9"`, "betas must be two numbers from 0 to below 1; got [0.9]"],
    [`batch-size="0"`, "batch_size must be a whole number, at least 1; got 0"],
    [`n="2.5"`, "n must be a whole number, at least 1; got 2.5"],
    [`guess="1"`, "guess must be two finite numbers (slope, intercept); got [1]"],
    [`noise="loud"`, `noise must be 'uniform' or 'gaussian'; got "loud"`],
    [`degree="0"`, "degree must be a whole number, at least 1; got 0"],
    [
      `x="1 2; 3" y="1 2"`,
      "x must be a list of finite numbers, or of rows of so many; got [[1,2],[3]]",
    ],
    [`x="1 2; 3 4" y="1 2" degree="2"`, "degree must be 1 for several features; got 2"],
    [
      `intercept="false" standardize`,
      "standardize must be False where intercept is False; got true",
    ],
    [`x="1 1 1" y="1 2 3" standardize`, "standardize must be False where a column is constant"],
    [
      `panels="fit fit"`,
      `panels must be some of fit, surface, loss, directions, code; got ["fit","fit"]`,
    ],
    [`x="1 2"`, "x and y must be of one length; got 2 and 0 values"],
    [`x="1 a" y="1 2"`, `x must be a list of finite numbers, or of rows of so many; got [1,"a"]`],
    [
      `x="1e200 2" y="1 2"`,
      "x and y must be small enough for their squares to be finite; " +
        "got values up to 1e+200 in x and 2 in y",
    ],
    [`guess="1e200 0"`, "guess must be where the loss is finite; got (1e+200, 0)"],
  ])("says what is wrong with %s", (attributes, message) => {
    const { root, element, text } = show(`<gradient-descent ${attributes}></gradient-descent>`);
    expect(root.querySelector("[role=alert]").textContent).toBe(message);
    for (const name of [...element.attributes].map(({ name }) => name)) {
      element.removeAttribute(name);
    }
    expect(text()).toContain("Gradient descent");
  });

  it("runs a race of several rates or rules", async () => {
    const { element, root } = show(`<gradient-descent lr="0.01 0.1, 0.9"></gradient-descent>`);
    await drawn();
    expect(element.lr).toEqual([0.01, 0.1, 0.9]);
    root.querySelector("[aria-label='Step']").click();
    await drawn();
    element.setAttribute("lr", "0.01 0.1 0.5");
    await drawn();
    expect(numberIn(root, "step"), "a rate begins nothing anew").toBe("1");
    element.lr = [0.1, 0.2];
    await drawn();
    expect(numberIn(root, "step"), "another number of runs does").toBe("0");
    element.lr = 0.3;
    element.optimizer = ["gd", "adam"];
    await drawn();
    expect(element.getAttribute("optimizer")).toBe("gd adam");
    expect(element.lr, "said once where it is the same").toBe(0.3);
    element.lr = 0.4;
    await drawn();
    expect([element.lr, element.getAttribute("lr")]).toEqual([0.4, "0.4"]);
  });

  it("has the rules' settings as attributes, and follows them", async () => {
    const { element, root } = show(
      `<gradient-descent optimizer="adam" batch-size="10" betas="0.8 0.99"></gradient-descent>`,
    );
    await drawn();
    expect([element.optimizer, element.batch_size, element.betas]).toEqual([
      "adam",
      10,
      [0.8, 0.99],
    ]);
    root.querySelector("[aria-label='Step']").click();
    await drawn();
    element.optimizer = "momentum";
    element.momentum = 0.5;
    element.batch_size = null;
    await drawn();
    expect(numberIn(root, "step")).toBe("1");
    expect([element.batch_size, element.hasAttribute("batch-size")]).toEqual([null, false]);
    expect(element.hasAttribute("alpha"), "what is as usual is not said").toBe(false);
  });

  it("says at once what is wrong with a later rate, and keeps the one before", async () => {
    const { element, root } = show(`<gradient-descent></gradient-descent>`);
    await drawn();
    element.lr = -2;
    await drawn();
    expect(root.querySelector(".notice.error").textContent).toContain("got -2");
    expect(root.querySelector("[aria-label='Learning rate, typed']").value).toBe("0.1");
  });

  it("goes back to the default of an attribute that is removed", async () => {
    const { element, root } = show(`<gradient-descent lr="0.5" heading="T"></gradient-descent>`);
    await drawn();
    element.removeAttribute("lr");
    element.heading = null;
    await drawn();
    expect(root.querySelector("[aria-label='Learning rate, typed']").value).toBe("0.1");
    expect(root.querySelector(".title").textContent).toBe("Gradient descent");
    expect([element.lr, element.hasAttribute("lr")]).toEqual([0.1, false]);
  });

  it("can be told its own points, and none", async () => {
    const { element, root } = show(`<gradient-descent></gradient-descent>`);
    element.x = element.x;
    expect(root.querySelector(".notice[role=alert]")).toBeNull();
    element.y = [1, 2];
    element.x = [0, 1];
    await drawn();
    expect(root.querySelector(".fit").getAttribute("aria-label")).toMatch(/^2 points/);
  });

  it("knows the rate that a saved page goes on with", async () => {
    const { element, root } = showSaved(savedPage({ lr: 0.4 }));
    await drawn();
    expect(element.lr).toBe(0.4);
    expect(numberIn(root, "loss")).toBe("7.9554");
  });

  it("goes on from a saved page whose seed is too large for a number", async () => {
    const { root } = showSaved(savedPage({ seed: String(2n ** 128n - 1n), n_epochs: null }));
    await drawn();
    const loss = numberIn(root, "loss");
    root.querySelector("[aria-label='More']").click();
    await drawn();
    [...root.querySelectorAll("button")]
      .find((one) => one.textContent.trim() === "New data")
      .click();
    await drawn();
    expect(root.querySelector(".notice.error")).toBeNull();
    expect(numberIn(root, "loss")).not.toBe(loss);
  });

  it("says of a saved page that was cut off that it is damaged", () => {
    const { root } = showSaved(savedPage({}).slice(0, -20));
    expect(root.querySelector("[role=alert]").textContent).toMatch(
      /^What was saved here is damaged: /,
    );
  });

  it("shows words as words", async () => {
    const { root, element } = show(`<gradient-descent></gradient-descent>`);
    element.heading = `<img src=x onerror="alert(1)"></script>`;
    await drawn();
    expect(root.querySelector(".title").textContent).toBe(element.heading);
    expect(root.querySelector("img")).toBeNull();
  });

  it("leaves nothing running when it is taken away, and comes back", async () => {
    const { element } = show(`<gradient-descent></gradient-descent>`);
    await drawn();
    element.remove();
    expect(element.shadowRoot.querySelector(".gd-widget")).toBeNull();
    document.body.append(element);
    await drawn();
    expect(element.shadowRoot.querySelectorAll(".gd-widget")).toHaveLength(1);
  });
});

describe("one of very many points, that is taken away", () => {
  /** @type {ReturnType<typeof show>} */
  let shown;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
    shown = show(`<gradient-descent n="30000"></gradient-descent>`);
    await drawn();
    for (let i = 0; i < 3; i++) shown.root.querySelector("[aria-label='Zoom in']").click();
    for (let i = 0; i < 20; i++) await drawn(); // it glides there
  });

  afterEach(() => void vi.useRealTimers());

  it("asks for no finer picture of them", () => {
    const asked = vi.spyOn(source, "picture");
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    shown.element.remove();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(asked).not.toHaveBeenCalled();
  });

  it("draws none that comes too late", async () => {
    let answer = (/** @type {any} */ _) => {};
    const later = new Promise((resolve) => (answer = resolve));
    vi.spyOn(source, "picture").mockReturnValue(/** @type {any} */ (later));
    vi.advanceTimersByTime(1000);
    shown.element.remove();
    const frames = vi.spyOn(globalThis, "requestAnimationFrame");
    answer(null);
    await settled();
    expect(frames).not.toHaveBeenCalled();
  });
});

describe("a widget whose page has written down its options", () => {
  /** A model of MyST's: JSON, and nothing else can be done. @param {Record<string, any>} json */
  const model = (json) => ({ get: (/** @type {string} */ name) => json[name] });

  it("is shown", async () => {
    const el = document.createElement("div");
    document.body.append(el);
    const mysts = model({ n: 30, lr: 0.3, title: "MyST" });
    widget.initialize({ model: mysts });
    const cleanup = widget.render({ model: mysts, el });
    const root = /** @type {any} */ (el.shadowRoot);
    await drawn();
    expect(root.querySelector(".title")?.textContent).toBe("MyST");
    expect(root.querySelector(".fit")?.getAttribute("aria-label")).toMatch(/^30 points/);
    cleanup();
    expect(root.children).toHaveLength(0);
  });

  it("says what is wrong with them", () => {
    const el = document.createElement("div");
    widget.render({ model: model({ n: 0 }), el });
    expect(el.shadowRoot?.textContent).toContain("n must be a whole number, at least 1; got 0");
  });
});

describe("begin", () => {
  it("makes Python's points, and says what to know of them", () => {
    const { snapshot, points, rows } = begin({});
    expect(points.x).toHaveLength(100);
    expect(rows.rows[0][3].toFixed(3)).toBe("7.955");
    expect(snapshot.note).toBe(
      "The noise has mean ½: of many points the best intercept is near 2.5, not the 2 the data were made with.",
    );
    expect(begin({ noise: "gaussian" }).snapshot.note).toBe("");
  });
});
