// Makes the site's one page; mystmd runs it and serves what it has read.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const { BUILD_DIRECTORY: folder, CONTENT_CDN: content } = process.env;

/** What mystmd has made of a file. @param {string} path */
const made = async (path) => (await fetch(`${content}${path}`)).text();

const page = await made("/content/index.json");
for (const [, script] of page.matchAll(/"esm":"([^"]+)"/g)) {
  await writeFile(join(folder, script), await made(script));
}
await build({
  entryPoints: ["page.mjs"],
  outfile: join(folder, "page.js"),
  bundle: true,
  minify: true,
  format: "esm",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
await writeFile(
  join(folder, "index.html"),
  `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>A page made by MyST</title>
  <main></main>
  <script type="application/json">${page.replaceAll("<", "\\u003c")}</script>
  <script type="module" src="page.js"></script>
</html>
`,
);
