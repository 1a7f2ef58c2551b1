// Builds the one file a widget needs: gd_widget/static/widget.js, CSS inlined.
import { readFile } from "node:fs/promises";
import { build, transform } from "esbuild";

// A style sheet becomes its text, without the spaces that only we read.
const styleSheets = {
  name: "style sheets as text",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const { code } = await transform(text, { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    }),
};

await build({
  entryPoints: ["js/widget.js"],
  outfile: "gd_widget/static/widget.js",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  plugins: [styleSheets],
  legalComments: "none",
  logLevel: "warning",
});
