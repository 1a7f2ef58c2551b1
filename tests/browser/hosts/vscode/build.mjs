// Makes the page's one script; beside it lies what VS Code, too, finds in the kernel's environment.
import { build } from "esbuild";

const [, , outfile] = process.argv;

await build({
  entryPoints: ["page.mjs"],
  outfile,
  bundle: true,
  format: "esm",
  define: { "process.env.NODE_ENV": '"production"' },
  loader: {
    ".woff": "empty",
    ".woff2": "empty",
    ".ttf": "empty",
    ".eot": "empty",
    ".svg": "empty",
  },
  logLevel: "error",
});
