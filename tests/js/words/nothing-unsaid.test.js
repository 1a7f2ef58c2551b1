// No view has words of its own: what a person reads goes through say(), so that it can be said in
// another language.

import { expect, it } from "vitest";

const READ = "(?:title|aria-label|aria-valuetext|aria-description|placeholder|alt|label)";
const NO_WORD = ["3-D", "a.grad =", "loss =", "y_guess ="]; // code, and what is the same in any language

/**
 * What stands in the templates of a source, those inside others by themselves; ${} for values.
 * @param {string} source
 */
function templatesIn(source) {
  /** @type {string[]} */
  const found = [];
  let at = 0;
  const template = () => {
    let text = "";
    while (source[at] !== "`") {
      if (source.startsWith("${", at)) {
        at += 2;
        code("}");
        text += "${}";
      } else text += source[at++];
    }
    at += 1;
    return text;
  };
  /** Up to what ends it. @param {string} end */
  const code = (end) => {
    for (let depth = 0; at < source.length;) {
      const rest = source.slice(at);
      const [skipped] = rest.match(/^(?:\/\/.*|\/\*[^]*?\*\/|"(?:\\.|[^"])*"|'(?:\\.|[^'])*')/) ?? [
        "",
      ];
      if (skipped) {
        at += skipped.length;
        continue;
      }
      const [marked] = rest.match(/^(?:html|svg)?`/) ?? [""];
      if (marked) {
        at += marked.length;
        const text = template();
        if (marked !== "`") found.push(text);
        continue;
      }
      const letter = source[at++];
      if (letter === end && depth === 0) return;
      depth += Number(letter === "{") - Number(letter === "}");
    }
  };
  code("");
  return found;
}

/** The words in a template. @param {string} template */
function wordsIn(template) {
  const tag = /<[a-z!/][^>]*>/gi;
  const bare = template.replaceAll("${}", " ");
  const attributes = [...bare.matchAll(new RegExp(`\\s${READ}=("[^"]*"|[^\\s>"]+)`, "g"))];
  const texts = [...attributes.map(([, text]) => text), ...bare.replaceAll("=>", "").split(tag)];
  return texts
    .map((text) => text.trim())
    .filter((text) => /\p{L}{2}/u.test(text) && !NO_WORD.includes(text));
}

// @ts-expect-error -- of Vite, which runs the tests
const SOURCES = import.meta.glob("../../../js/{views,page}/**/*.js", {
  query: "?raw",
  import: "default",
  eager: true,
});

it.each(Object.entries(SOURCES))("%s", (_, source) => {
  expect(templatesIn(source).flatMap(wordsIn)).toEqual([]);
});

it("would find them", () => {
  const source =
    'html`<p title="Words">${html`<b>Some</b> ${say("x")} ${n > 1 ? `and` : ""}`}</p>`';
  expect(templatesIn(source).flatMap(wordsIn)).toEqual(["Some", '"Words"']);
});
