// Builds the one file a widget needs: gd_widget/static/widget.js, CSS inlined.
import { build } from "esbuild";

await build({
  entryPoints: ["js/widget.js"],
  outfile: "gd_widget/static/widget.js",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  loader: { ".css": "text" },
  legalComments: "none",
  logLevel: "warning",
});
