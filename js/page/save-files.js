// What the save menu does: the charts as SVG or PNG, the history as CSV.

import { pngOf, svgOf } from "./charts-svg.js";
import { csv, missing } from "./history-csv.js";

const PNG_SCALE = 2; // pixels of the picture for one of the page
const KEPT_FOR = 60_000; // milliseconds a file stays at hand: some browsers ask before they read

/** @typedef {{ runs: import("./history-csv.js").Run[], labels: { title: string, names: string[] } }} Shown */

/**
 * @param {HTMLElement} root  the view's
 * @param {{ readonly view: Shown | null }} session
 */
export function saving(root, session) {
  // The menu is part of what is shown: where nothing is, there is none.
  const view = () => /** @type {Shown} */ (session.view);
  const save = (/** @type {Blob} */ blob, /** @type {string} */ ending) =>
    download(blob, `${fileName(view().labels.title)}.${ending}`);
  return {
    svg: () => save(new Blob([svgOf(root)], { type: "image/svg+xml" }), "svg"),
    png: async () => save(await pngOf(svgOf(root), PNG_SCALE), "png"),
    csv: () => save(new Blob([csv(view().runs, view().labels.names)], { type: "text/csv" }), "csv"),
    missing: () => missing(view().runs),
  };
}

/**
 * Have the browser save a file.
 * @param {Blob} blob
 * @param {string} name
 */
export function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  // On the page, because some hosts save what is clicked there themselves.
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_FOR);
}

/** A title as the name of a file. @param {string} title */
function fileName(title) {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join("-").slice(0, 60) || "gradient-descent";
}
