// What the widgets of a notebook carry: whichever is there first, they or the front end, it is the
// front end that is shown.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { settled } from "./fake-clock.js";

const BUILD = "gd_widget of this build";
const page = /** @type {any} */ (globalThis);

/** @type {any} what was loaded last */
let loader;
/** @type {string[]} what was done by the front end */
let done;

/** What widget.js exports. */
const frontEnd = () => ({
  initialize: (/** @type {any} */ { model }) => {
    done.push(`begin ${model.id}`);
    return () => done.push(`end ${model.id}`);
  },
  render: (/** @type {any} */ { model }) => {
    done.push(`show ${model.id}`);
    return () => done.push(`hide ${model.id}`);
  },
});

/** What a page does that runs widget.js. */
function arrive() {
  page[BUILD] = frontEnd;
  page.dispatchEvent(new Event(BUILD));
}

const none = async () => {
  throw new Error("no such model");
};

/** A host's model. @param {string} id @param {() => Promise<unknown>} [made] */
function newModel(id, made = async () => {}) {
  return {
    id,
    /** @type {string[]} */ asked: [],
    /** @type {any[]} */ sent: [],
    get: (/** @type {string} */ name) => ({ _front_end: "IPY_MODEL_shared" })[name],
    send(/** @type {any} */ message) {
      this.sent.push(JSON.parse(message.json));
    },
    get widget_manager() {
      return { get_model: (/** @type {string} */ name) => (this.asked.push(name), made()) };
    },
  };
}

const newPlace = () => document.createElement("div");

beforeEach(async () => {
  vi.stubGlobal("DecompressionStream", class {});
  delete page[BUILD];
  done = [];
  vi.resetModules();
  loader = (await import("../../js/loader.js")).default;
});

afterEach(() => vi.unstubAllGlobals());

it("hands on to the front end that is there", async () => {
  arrive();
  const model = newModel("w");
  const end = loader.initialize({ model });
  const hide = await loader.render({ model, el: newPlace() });
  hide();
  end();
  await settled();
  expect(done).toEqual(["begin w", "show w", "hide w", "end w"]);
  expect(model.asked).toEqual([]);
});

it("waits for the front end without keeping the host waiting", async () => {
  const model = newModel("w");
  const end = loader.initialize({ model });
  expect(end).toBeTypeOf("function");
  const shown = loader.render({ model, el: newPlace() });
  await settled();
  expect(done).toEqual([]);
  expect(model.asked, "hosts may make it only when it is asked for").toEqual(["shared"]);
  arrive();
  await shown;
  expect(done).toEqual(["begin w", "show w"]);
  expect(model.sent).toEqual([]);
});

it("ends what has been closed before there was a front end", async () => {
  const end = loader.initialize({ model: newModel("w") });
  end();
  arrive();
  await settled();
  expect(done).toEqual(["begin w", "end w"]);
});

it("asks the kernel where the host has no front end, and says so meanwhile", async () => {
  const model = newModel("w", none);
  const el = newPlace();
  const end = loader.initialize({ model });
  expect(await loader.render({ model, el })).toBe(undefined);
  expect(el.textContent).toContain("Run the cell again");
  expect(model.sent).toEqual([{ type: "front_end" }]);
  await end();
});

it("asks the kernel where the browser cannot unpack the one it has", async () => {
  vi.stubGlobal("DecompressionStream", undefined);
  const model = newModel("w");
  loader.initialize({ model });
  await settled();
  expect(model.sent).toEqual([{ type: "front_end" }]);
});

it("is one front end for all the models of a host that loads it once", async () => {
  const [a, b] = [newModel("a"), newModel("b")];
  loader.initialize({ model: a });
  loader.initialize({ model: b });
  arrive();
  await loader.render({ model: a, el: newPlace() });
  await loader.render({ model: b, el: newPlace() });
  expect(done).toEqual(["begin a", "begin b", "show a", "show b"]);
});

it("is found by the name under which the front end puts itself on the page", async () => {
  const model = newModel("w");
  loader.initialize({ model });
  await import("../../js/widget.js");
  expect(page[BUILD]).toBeTypeOf("function");
  const { default: widget } = await import("../../js/widget.js");
  expect(Object.keys(widget)).toEqual(["initialize", "render"]);
});
