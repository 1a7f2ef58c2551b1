// Builds gd_widget/static/widget.js, the one file a page needs, CSS inlined; and loader.js, which
// the widgets of a notebook carry in its place. All are stored in notebooks, so what only we read is
// taken out.
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { build, transform } from "esbuild";
import { minify } from "terser";

// A style sheet becomes its text.
const styleSheets = {
  name: "style sheets as text",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
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
const OURS = /^[a-z]+[A-Z]/;
const NOT_OURS = [
  ...["connectionStatus", "maximumSignificantDigits", "preventScroll", "handleEvent", "goOnHere"],
  ...["litHtmlVersions", "litHtmlPolyfillSupport"],
];

/** What is looked up by its name must keep it. @param {string} text @param {string[]} shortened */
function check(text, shortened) {
  const quoted = shortened.filter((name) => new RegExp(`["'\`]${name}["'\`]`).test(text));
  if (quoted.length) throw new Error(`${quoted.join(", ")} must be in NOT_OURS, being in quotes`);
}

const STATIC = "gd_widget/static";

const { outputFiles } = await build({
  entryPoints: ["js/widget.js", "js/loader.js"],
  outdir: STATIC,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  plugins: [styleSheets, templates],
  legalComments: "none",
  logLevel: "warning",
  write: false,
});
const [widget, loader] = outputFiles.map(({ text }) => text);
const nameCache = { props: { props: {} } };
const { code } = await minify(aliased(widget), {
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
const shortened = Object.keys(nameCache.props.props).map((name) => name.slice(1)); // of its "$"
check(widget, shortened);
// A page may show widgets of several builds: what they share, they share by their contents.
const contents = createHash("sha256").update(code).digest("hex").slice(0, 16);
const notice = "/*! With lit-html, Copyright 2017 Google LLC, BSD-3-Clause */";
// The style sheets stand one after another, each in a rule for the whole widget: one rule is enough.
const bare = code.replaceAll("}}.gd-widget{", "}");
await mkdir(STATIC, { recursive: true });
for (const [name, text] of [
  ["widget.js", `${notice}\n${bare}\n`],
  ["loader.js", loader],
]) {
  await writeFile(`${STATIC}/${name}`, text.replace("of this build", contents));
}
