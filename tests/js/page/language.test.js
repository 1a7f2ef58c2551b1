// In which language an element speaks, of those that the page has imported.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import "../../../js/widget.js";
import { register, registered } from "../../../js/words/registered.js";
import { fakeBrowser } from "../fake-browser.js";
import { settled } from "../fake-clock.js";

const SPANISH = {
  lang: "es",
  sentences: {
    Play: "Reproducir",
    step: "paso",
    "The learning rate {lr:.4g} is above {critical:.3g}, the critical rate of these data: along the steepest direction the steps overshoot by more and more. Try {suggested:g}.":
      "La tasa {lr:.4g} supera {critical:.3g}. Prueba con {suggested:g}.",
  },
};
const PORTUGUESE = { lang: "pt-BR", sentences: { Play: "Tocar" } };

/** @param {string} markup */
async function show(markup) {
  document.body.innerHTML = markup;
  await settled();
  const shadows = [...document.querySelectorAll("gradient-descent")].map((one) => one.shadowRoot);
  return /** @type {ShadowRoot[]} */ (shadows);
}

const drawn = async () => {
  await settled();
  for (let i = 0; i < 3; i++) await new Promise((done) => requestAnimationFrame(done));
};

/** @param {ShadowRoot} root */
const played = (root) => root.querySelector(".primary")?.getAttribute("aria-label");

beforeEach(() => {
  fakeBrowser();
  registered().length = 0;
  register(SPANISH);
  register(PORTUGUESE);
});

afterEach(() => {
  document.body.innerHTML = "";
  registered().length = 0;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it("is that of what is nearest around it, so that one page may have several", async () => {
  const [one, other, third] = await show(
    `<main lang="es"><gradient-descent></gradient-descent>
      <p lang="en"><gradient-descent></gradient-descent></p></main>
      <gradient-descent lang="pt"></gradient-descent>`,
  );
  expect([one, other, third].map(played)).toEqual(["Reproducir", "Play", "Tocar"]);
  expect(one.querySelector(".gd-widget")?.getAttribute("lang")).toBe("es");
  expect(other.querySelector(".gd-widget")?.getAttribute("lang")).toBe("en");
});

it("is the reader's where the page says nothing", async () => {
  vi.spyOn(navigator, "language", "get").mockReturnValue("es-MX");
  const [root] = await show("<gradient-descent></gradient-descent>");
  expect(played(root)).toBe("Reproducir");
});

it("is English where the language is not there, until it is", async () => {
  const [root] = await show(`<gradient-descent lang="de"></gradient-descent>`);
  expect(played(root)).toBe("Play");
  register({ lang: "de", sentences: { Play: "Abspielen" } });
  await settled();
  expect(played(/** @type {any} */ (document.querySelector("gradient-descent")).shadowRoot)).toBe(
    "Abspielen",
  );
});

it("follows the attribute", async () => {
  const [root] = await show("<gradient-descent></gradient-descent>");
  root.host.setAttribute("lang", "es");
  await settled();
  expect(played(root)).toBe("Reproducir");
});

it("has what is found out of the training in it, and numbers with its mark", async () => {
  const [root] = await show(`<gradient-descent lang="es" lr="2.5"></gradient-descent>`);
  const notice = root.querySelector(".notice summary")?.textContent;
  expect(notice).toMatch(/^La tasa 2,5 supera \d,\d+\. Prueba con \d,\d+\.$/);
  const field = /** @type {HTMLInputElement} */ (root.querySelector(".lr input[type=text]"));
  expect(field.value).toBe("2,5");
});

it("takes numbers as they are typed: with the language's mark, or a point", async () => {
  const [root] = await show(`<gradient-descent lang="es"></gradient-descent>`);
  const field = /** @type {HTMLInputElement} */ (root.querySelector(".lr input[type=text]"));
  for (const typed of ["0,25", "0.75"]) {
    field.value = typed;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name));
    await drawn();
    expect(root.host.getAttribute("lr")).toBe(typed.replace(",", "."));
  }
});

it("is kept out of code, and of what is copied", async () => {
  const [root] = await show(`<gradient-descent lang="es" panels="code"></gradient-descent>`);
  /** @type {HTMLElement} */ (root.querySelector(".fold")).click();
  await drawn();
  const code = root.querySelector(".code-lines")?.textContent ?? "";
  expect(code).toMatch(/\d\.\d/);
  expect(code).not.toMatch(/\d,\d/);
});

it("is that of the page's address before all others, and stands in the link again", async () => {
  history.replaceState(null, "", "#gradient-descent?lang=pt-BR&lr=0.5");
  const markup = `<main lang="es"><gradient-descent></gradient-descent>
    <gradient-descent id="mine"></gradient-descent></main>`;
  const [one, other] = await show(markup);
  history.replaceState(null, "", "#");
  expect([one, other].map(played)).toEqual(["Tocar", "Reproducir"]);
});
