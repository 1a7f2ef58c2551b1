// Saved sessions with something wrong in them: a page shows what is sound, or says what is wrong;
// it neither throws nor shows a number that is none.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../../../js/widget.js";
import widget from "../../../js/widget.js";
import { settled } from "../fake-clock.js";
import { FakeKernel } from "../fake-kernel.js";
import { fakeBrowser } from "../fake-browser.js";

const ROUNDS = Number(/** @type {any} */ (globalThis).process.env.GD_WIDGET_EXAMPLES ?? 100);
const HOSTILE = [
  ...[
    null,
    undefined,
    true,
    0,
    -1,
    0.5,
    2 ** 53,
    1e308,
    -1e308,
    1e140,
    1e-300,
    "",
    "12a",
    "<b>",
    "1",
  ],
  ...[[], {}, [[]], [null], ["x"], [0, 1, 2, 3], { a: {} }, "gd", "adam", 1e12, 1e999],
];

/** Numbers from 0 to below 1, the same for the same seed. @param {number} seed */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {any} value @returns {[any, string][]} every place in it: what has it, and its name there */
function places(value) {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((name) => [
    /** @type {[any, string]} */ ([value, name]),
    ...places(value[name]),
  ]);
}

/** @param {DataView} view */
const base64 = (view) => btoa(String.fromCharCode(...new Uint8Array(view.buffer)));

/** A session after some steps, as it is saved: JSON. @param {number[]} lrs */
function saved(lrs) {
  const kernel = new FakeKernel(lrs);
  kernel.train(3);
  const rows = kernel.tables.flatMap((table) =>
    table.flatMap(([step, slope, intercept, , , , lr]) => [step, slope, intercept, lr]),
  );
  const about = kernel.stretches.map((stretches) => ({ rows: 4, width: 4, stretches }));
  const snapshot = structuredClone({ ...kernel.snapshot(), saved: about });
  const points = base64(kernel.model.traits._points);
  return { snapshot, points, rows: base64(new DataView(new Float64Array(rows).buffer)) };
}

/** Something wrong, and in words. @param {any} state @param {() => number} next */
function damage(state, next) {
  const pick = (/** @type {any[]} */ all) => all[Math.floor(next() * all.length)];
  const kind = next();
  if (kind < 0.7) {
    const [owner, name] = pick(places(state.snapshot));
    const value = structuredClone(pick(HOSTILE));
    if (next() < 0.2) delete owner[name];
    else owner[name] = value;
    return `${name} is ${JSON.stringify(owner[name])}`;
  }
  const name = pick(["points", "rows"]);
  const text = state[name] ?? "";
  const at = Math.floor(next() * text.length);
  const cut = pick([4, 1, 12]) * Math.floor(next() * 4);
  state[name] = pick([
    text.slice(0, at),
    text.slice(0, at) + pick(["A", "/", "8", "*", "////"]) + text.slice(at + 1),
    text.slice(cut),
    text + text,
    "",
    null,
  ]);
  return `${name} are ${state[name]}`;
}

/** @type {string[]} */
let thrown = [];
const note = (/** @type {ErrorEvent} */ event) => {
  thrown.push(event.error?.stack ?? event.message);
  event.preventDefault();
};

beforeEach(() => {
  fakeBrowser();
  vi.stubGlobal("requestAnimationFrame", (/** @type {FrameRequestCallback} */ draw) =>
    setTimeout(() => {
      try {
        draw(performance.now());
      } catch (error) {
        thrown.push(String(/** @type {Error} */ (error).stack));
      }
    }, 0),
  );
  vi.stubGlobal("cancelAnimationFrame", clearTimeout);
  thrown = [];
  window.addEventListener("error", note);
});

afterEach(() => {
  document.body.innerHTML = "";
  window.removeEventListener("error", note);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const drawn = async () => {
  await settled();
  for (let i = 0; i < 3; i++) await new Promise((done) => setTimeout(done, 0));
};

/** @param {Element} root @param {string} what */
function mustBeSound(root, what) {
  expect(thrown, what).toEqual([]);
  const copy = /** @type {Element} */ (root.cloneNode(true));
  for (const style of copy.querySelectorAll("style, [role=alert]")) style.remove();
  const none = /.{0,60}(\bNaN\b|\bundefined\b|\bInfinity\b|\[object)/g;
  expect(copy.innerHTML.match(none)?.[0], what).toBeUndefined();
}

/** Use what there is. @param {ParentNode} root */
async function use(root) {
  const press = async (/** @type {string} */ name) => {
    const found = [...root.querySelectorAll("button")].find(
      (button) => (button.getAttribute("aria-label") ?? button.textContent)?.trim() === name,
    );
    found?.click();
    await drawn();
  };
  for (const name of ["Step", "Step back", "Play", "Pause", "More", "New data", "Step", "Reset"]) {
    await press(name);
  }
}

const TIMEOUT = 60_000 + 600 * ROUNDS;

describe("a saved session with something wrong in it", () => {
  it("is one that could be shown before", async () => {
    for (const lrs of [[0.1], [0.1, 0.2]]) {
      const data = `<script type="application/json">${JSON.stringify(saved(lrs))}</script>`;
      document.body.innerHTML = `<gradient-descent>${data}</gradient-descent>`;
      const { shadowRoot } = /** @type {any} */ (document.querySelector("gradient-descent"));
      await drawn();
      expect(shadowRoot.querySelector(".notice.error")?.textContent).toBeUndefined();
      mustBeSound(shadowRoot.querySelector(".gd-widget"), "whole");
    }
  });

  it("in a page: works, or says so", { timeout: TIMEOUT }, async () => {
    let said = 0;
    for (let seed = 0; seed < ROUNDS; seed++) {
      const next = random(seed);
      const state = saved(seed % 3 ? [0.1] : [0.1, 0.2]);
      const times = 1 + Math.floor(2 * next());
      const what = Array.from({ length: times }, () => damage(state, next)).join(", ");
      const text = JSON.stringify(state).replaceAll("<", "\\u003c");
      const cut = next() < 0.05 ? text.slice(0, -20) : text;
      const data = `<script type="application/json">${cut}</script>`;
      document.body.innerHTML = `<gradient-descent>${data}</gradient-descent>`;
      const root = /** @type {any} */ (document.querySelector("gradient-descent")).shadowRoot;
      await drawn();
      mustBeSound(root.querySelector(".gd-widget"), what);
      const alert = root.querySelector(".notice.error[role=alert]");
      if (alert) {
        expect(alert.textContent.length).toBeGreaterThan(10);
        said += 1;
      } else {
        expect(root.querySelector(".value.loss").textContent).toMatch(/\d/);
        await use(root);
        mustBeSound(root.querySelector(".gd-widget"), `used, where ${what}`);
      }
    }
    expect(said).toBeGreaterThan(0.2 * ROUNDS);
    expect(said).toBeLessThan(0.97 * ROUNDS);
  });

  it(
    "in a notebook: shown, or waited for until the kernel says it anew",
    { timeout: TIMEOUT },
    async () => {
      for (let seed = 0; seed < ROUNDS; seed++) {
        const next = random(seed);
        const { snapshot, points, rows } = saved(seed % 3 ? [0.1] : [0.1, 0.2]);
        const state = { snapshot, points, rows };
        const what = damage(state, next);
        const kernel = new FakeKernel(seed % 3 ? [0.1] : [0.1, 0.2]);
        kernel.waiting = [];
        const _snapshot = JSON.stringify(state.snapshot);
        const traits = { _snapshot, _points: state.points, _rows: state.rows };
        Object.assign(kernel.model.traits, { ...traits, _id: `m${seed}` });
        const el = document.createElement("div");
        document.body.append(el);
        const end = widget.initialize({ model: kernel.model });
        const leave = widget.render({ model: kernel.model, el });
        const root = /** @type {any} */ (el.shadowRoot).querySelector(".gd-widget");
        await drawn();
        mustBeSound(root, what);
        const shown = root.querySelector(".value.loss, .notice")?.textContent;
        expect(shown, what).toMatch(/\d|^Waiting for the kernel…$/);
        kernel.free();
        await drawn();
        expect(thrown, what).toEqual([]);
        expect(root.querySelector(".value.step")?.textContent, what).toBe("0");
        leave();
        end();
        el.remove();
      }
    },
  );
});
