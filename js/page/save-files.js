// What the save menu does: the charts as SVG or PNG, a film of them, the history as CSV.

import { svgOf } from "./charts-svg.js";
import { newFilming } from "./filming.js";
import { csv, missing } from "./history-csv.js";
import { pngOf } from "./pixels.js";
import { withHeldColumn } from "../views/loss/held-curve.js";

const PNG_SCALE = 2; // pixels of the picture for one of the page
const KEPT_FOR = 60_000; // milliseconds a file stays at hand: some browsers ask before they read

/** @typedef {import("../types.js").View} View */

/**
 * @param {HTMLElement} root  the view's
 * @param {import("./film.js").Session} session
 * @param {() => void} redraw
 */
export function saving(root, session, redraw) {
  // The menu is part of what is shown: where nothing is, there is none.
  const view = () => /** @type {View} */ (session.view);
  const save = (/** @type {Blob} */ blob, /** @type {string} */ ending) =>
    download(blob, `${fileName(view().labels.title)}.${ending}`);
  return {
    svg: () => save(new Blob([svgOf(root)], { type: "image/svg+xml" }), "svg"),
    png: async () => save(await pngOf(svgOf(root), PNG_SCALE), "png"),
    csv: () => save(new Blob([historyOf(view())], { type: "text/csv" }), "csv"),
    missing: () => missing(view().runs),
    film: newFilming?.(root, session, redraw, (film) => save(film, "gif")),
  };
}

/** All that is known of all runs, as text. @param {View} view */
function historyOf(view) {
  const text = csv(view.runs, view.labels.names);
  return withHeldColumn?.(text, view) ?? text;
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
