// Builds gd_widget/static: the front end in the sizes that parts.mjs names, each one file, CSS inlined;
// loader.js, which the widgets of a notebook carry in its place; and sizes.json, which says what parts
// each size has. For npm also languages/, a file for each. Notebooks store them, so what only we read is taken out.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { relative } from "node:path";
import { build, transform } from "esbuild";
import { minify } from "terser";
import { PARTS, SIZES } from "./parts.mjs";

const STATIC = "gd_widget/static";
const WORDS = "gd_widget/words";
const LANGUAGES = "languages"; // of npm's package: in the others, Python has the words

/** In files that a size is without, all that others import is null. @param {string[]} files */
const without = (files) => ({
  name: "files left out",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.(js|css)$/ }, async ({ path }) => {
      if (!files.includes(relative("js", path))) return null;
      if (path.endsWith(".css")) return { contents: "", loader: "text" };
      const exported = /^export (?:async )?(?:function|const) (\w+)/gm;
      const names = [...(await readFile(path, "utf8")).matchAll(exported)];
      return { contents: names.map(([, name]) => `export const ${name} = null;`).join("\n") };
    }),
});

// A style sheet becomes its text.
const styleSheets = {
  name: "style sheets as text",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      // Else what is joined, below, would end in the middle of it.
      if (/^@/m.test(text)) throw new Error(`${path} has a rule that is not within .gd-widget`);
      const { code } = await transform(text, { loader: "css", minify: true });
      return { contents: code.trim().replaceAll(/(--\w+:) /g, "$1"), loader: "text" };
    }),
};

// Once the code has lost its line breaks, those that are left stand in templates, where each is as
// good as a space, or as nothing between two tags. (Strings say \n, and are not touched.) In tags a
// plain word needs no quotes.
const templates = {
  name: "templates without indentation",
  setup: ({ onLoad }) =>
    onLoad({ filter: /js\/views\/.*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const { code } = await transform(text, { minifyWhitespace: true, charset: "utf8" });
      const bare = code.trim().replaceAll(/(?<=>)\s*\n\s*(?=<)/g, "");
      const flat = bare.replaceAll(/\s*\n\s*/g, " ");
      const unquoted = flat.replaceAll(/(?<=<[a-z][^<>]* [\w-]+=)"([\w.-]+)"(?=[ >])/g, "$1");
      return { contents: unquoted, loader: "js" };
    }),
};

// What of the language is used often is worth a name of our own, which can be shortened.
const OFTEN = 4;
const USES =
  /(?<![\w.$])(?:(?:Math|Object|Array|Number)\.\w+|Float64Array|(?:Number|Error)(?=\())/g;

/** @param {string} text */
function aliased(text) {
  const all = text.match(USES) ?? [];
  const isOften = (/** @type {string} */ use) =>
    all.filter((other) => other === use).length >= OFTEN;
  const often = [...new Set(all)].filter(isOften);
  const aliasOf = (/** @type {string} */ use) => `our_${use.replace(".", "_")}`;
  const code = text.replaceAll(USES, (use) => (often.includes(use) ? aliasOf(use) : use));
  return `const ${often.map((use) => `${aliasOf(use)}=${use}`)};${code}`;
}

// Names of properties that are two words, such as isDragging, are ours, but for those that browsers
// know (terser has a list) and these: of hosts, of what is given to browsers, and of what is looked up
// by its name. No one outside sees ours, and they are shortened.
const OURS = /^([a-z]+[A-Z]|_\$)/;
const NOT_OURS = [
  ...["connectionStatus", "maximumSignificantDigits", "preventScroll", "handleEvent", "goOnHere"],
  ...["litHtmlVersions", "litHtmlPolyfillSupport"],
];

/** What is looked up by its name must keep it. @param {string} text @param {string[]} shortened */
function check(text, shortened) {
  const quoted = shortened.filter((name) => new RegExp(`["'\`]${name}["'\`]`).test(text));
  if (quoted.length) throw new Error(`${quoted.join(", ")} must be in NOT_OURS, being in quotes`);
}

/**
 * An entry and all that it imports in one file.
 * @param {string} entry
 * @param {string[]} [leftOut]
 */
async function bundled(entry, leftOut = []) {
  const { outputFiles } = await build({
    entryPoints: [`js/${entry}`],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    mainFields: ["module"], // of gifenc's two builds the one of which only what is used is taken
    charset: "utf8",
    plugins: [without(leftOut), styleSheets, templates],
    legalComments: "none",
    logLevel: "warning",
    write: false,
  });
  return outputFiles[0].text;
}

/** The same in fewer bytes. @param {string} text */
async function shortened(text) {
  const nameCache = { props: { props: {} } };
  const { code } = await minify(aliased(text), {
    module: true,
    ecma: 2020,
    compress: {
      passes: 3,
      pure_getters: true,
      unsafe_arrows: true,
      keep_fargs: false,
      unsafe: true, // nothing here redefines what the language has
    },
    mangle: { properties: { regex: OURS, reserved: NOT_OURS } },
    nameCache,
  });
  const names = Object.keys(nameCache.props.props).map((name) => name.slice(1)); // of its "$"
  check(text, names);
  // The style sheets stand one after another, each in a rule for the whole widget: one rule is enough.
  return code.replaceAll("}}.gd-widget{", "}");
}

const LIT = "lit-html, Copyright 2017 Google LLC, BSD-3-Clause";
const GIFENC = "gifenc, Copyright 2017 Matt DesLauriers, MIT";
const noticeOf = (/** @type {string[]} */ parts) =>
  `/*! With ${LIT}${parts.includes("film") ? `; ${GIFENC}` : ""} */`;
/** What a page imports beside the element, to have that speak a language. @param {string} lang */
async function language(lang) {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { register } from "./js/words/registered.js";
        import sentences from "./${WORDS}/${lang}.json";
        register({ lang: "${lang}", sentences });`,
      resolveDir: ".",
    },
    ...{ bundle: true, minify: true, format: "esm", charset: "utf8", write: false },
  });
  return outputFiles[0].text;
}

/** @type {Record<string, string>} */
const files = {};
for (const [name, { entry, parts }] of Object.entries(SIZES)) {
  const others = Object.keys(PARTS).filter((part) => !parts.includes(part));
  const code = await shortened(
    await bundled(
      entry,
      others.flatMap((part) => PARTS[part]),
    ),
  );
  files[name] = `${noticeOf(parts)}\n${code}\n`;
}
// A page may show widgets of several builds: what they share, they share by their contents.
const contents = createHash("sha256").update(files["widget.js"]).digest("hex").slice(0, 16);
files["loader.js"] = await bundled("loader.js");
for (const name of ["widget.js", "loader.js"])
  files[name] = files[name].replace("of this build", contents);
const partsOf = Object.entries(SIZES).map(([name, { parts }]) => [name, parts]);
files["sizes.json"] = JSON.stringify(Object.fromEntries(partsOf));
await mkdir(STATIC, { recursive: true });
await mkdir(LANGUAGES, { recursive: true });
for (const name of await readdir(WORDS)) {
  const [lang, ending] = name.split(".");
  if (ending === "json") await writeFile(`${LANGUAGES}/${lang}.js`, await language(lang));
}
for (const [name, text] of Object.entries(files)) await writeFile(`${STATIC}/${name}`, text);
