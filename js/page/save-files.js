// What is on the page, as files: the charts as SVG or PNG, the history as CSV.

import { columns } from "../core/table.js";

const PNG_SCALE = 2; // pixels of the picture for one of the page
const KEPT_FOR = 60_000; // milliseconds a file stays at hand: some browsers ask before they read
const MARGIN = 12; // pixels of paper around the charts
const SVG = "http://www.w3.org/2000/svg";

// What of an element's style is written down, because it is not what it would be anyway: these
// are passed on from parent to child, ...
const INHERITED = (
  "fill fill-opacity fill-rule " +
  "font-family font-size font-style font-weight " +
  "stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-opacity stroke-width " +
  "dominant-baseline letter-spacing paint-order shape-rendering text-anchor visibility"
).split(" ");
// ... and these are not. How they are where nothing is said:
const OWN = {
  "mix-blend-mode": "normal",
  opacity: "1",
  "stop-color": "rgb(0, 0, 0)",
  "stop-opacity": "1",
  "vector-effect": "none",
};
const NAMES = ["slope", "intercept"];
// What is about the page, and nothing outside it.
const NOT_KEPT = ["class", "style", "tabindex", "aria-hidden"];

/**
 * @typedef {Pick<import("../session/runs.js").Run, "name" | "history">} Run
 * @typedef {{ runs: Run[], labels: { title: string } }} Shown
 */

/**
 * What the save menu does.
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
    csv: () => save(new Blob([csv(view().runs)], { type: "text/csv" }), "csv"),
    missing: () => missing(view().runs),
  };
}

/**
 * That the history has not every row there is, "" where it has.
 * @param {Run[]} runs
 */
export function missing(runs) {
  const sum = (/** @type {(run: Run) => number} */ of) => runs.reduce((n, run) => n + of(run), 0);
  const [known, all] = [
    sum(({ history }) => history.length),
    sum(({ history }) => history.last + 1),
  ];
  const count = (/** @type {number} */ n) => n.toLocaleString("en");
  return known < all ? `The history is of ${count(known)} of ${count(all)} rows.` : "";
}

/**
 * Every row known, in all its digits; of a race, after the name of its run.
 * @param {Run[]} runs
 */
export function csv(runs) {
  const isRace = runs.length > 1;
  const lines = [[...(isRace ? ["run"] : []), ...columns(NAMES)].join(",")];
  for (const { name, history } of runs) {
    // Names have commas, and may have quotes.
    const first = isRace ? `"${name.replaceAll('"', '""')}",` : "";
    for (let i = 0; i < history.length; i++) {
      const { step, params, loss, grad, lr, epoch } = history.rowAt(i);
      lines.push(first + [step, ...params, loss, ...grad, lr, epoch].join(","));
    }
  }
  return `${lines.join("\n")}\n`;
}

/**
 * The charts of a view as one file that needs nothing else, placed as they are on the page.
 * @param {HTMLElement} root  the view's
 */
export function svgOf(root) {
  const charts = chartsIn(root);
  if (charts.length === 0) throw new Error("there is no chart");
  const boxes = charts.map((chart) => chart.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
  const top = Math.min(...boxes.map((box) => box.top)) - MARGIN;
  const width = Math.max(...boxes.map((box) => box.right)) + MARGIN - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) + MARGIN - top;
  const paper = getComputedStyle(root).getPropertyValue("--paper").trim() || "#fff";
  const picture = element("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  picture.append(element("rect", { width, height, fill: paper }));
  charts.forEach((chart, i) => {
    const copy = standalone(chart);
    copy.setAttribute("x", String(boxes[i].left - left));
    copy.setAttribute("y", String(boxes[i].top - top));
    picture.append(copy);
  });
  return new XMLSerializer().serializeToString(picture);
}

/**
 * A picture of the SVG in pixels.
 * @param {string} svgText
 * @param {number} scale
 * @returns {Promise<Blob>}
 */
export async function pngOf(svgText, scale) {
  const image = new Image();
  // Not a Blob's address: hosts allow fewer pages to show those.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(scale * image.naturalWidth);
  canvas.height = Math.round(scale * image.naturalHeight);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    const made = (/** @type {Blob | null} */ blob) =>
      blob ? resolve(blob) : reject(new Error("the picture is too large for this browser"));
    canvas.toBlob(made, "image/png");
  });
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

/** The drawings that are no part of another one, or of a control. @param {HTMLElement} root */
function chartsIn(root) {
  const inside = "svg, button, summary, label, .controls";
  return [...root.querySelectorAll("svg")].filter((chart) => !chart.parentElement?.closest(inside));
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/**
 * A copy that looks the same where there is no style sheet.
 * @param {SVGElement} chart
 */
function standalone(chart) {
  const copy = /** @type {SVGElement} */ (chart.cloneNode(true));
  dress(chart, copy, null);
  const under = chart.previousElementSibling;
  if (under instanceof HTMLCanvasElement) copy.prepend(picture(under, chart));
  return copy;
}

/**
 * What is drawn under a chart, as a part of it.
 * @param {HTMLCanvasElement} canvas
 * @param {SVGElement} chart
 */
function picture(canvas, chart) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const box = chart.getBoundingClientRect();
  const place = { x: left - box.left, y: top - box.top, width, height };
  return element("image", { href: canvas.toDataURL(), ...place, "image-rendering": "pixelated" });
}

/**
 * Write down how an element and all that is in it look, and drop what cannot be seen.
 * @param {Element} from
 * @param {Element} to
 * @param {CSSStyleDeclaration | null} above  the parent's style
 */
function dress(from, to, above) {
  const style = getComputedStyle(from);
  const looks = Object.entries(appearance(style, above));
  for (const name of NOT_KEPT) to.removeAttribute(name);
  for (const [name, value] of looks) to.setAttribute(name, value);
  if (from.localName === "svg") to.setAttribute("overflow", style.overflow);
  const copies = [...to.children];
  [...from.children].forEach((child, i) => {
    if (getComputedStyle(child).display === "none") copies[i].remove();
    else dress(child, copies[i], style);
  });
  // What templates leave behind.
  for (const node of [...to.childNodes]) if (node.nodeType === Node.COMMENT_NODE) node.remove();
}

/**
 * @param {CSSStyleDeclaration} style
 * @param {CSSStyleDeclaration | null} above
 */
function appearance(style, above) {
  /** @type {Record<string, string>} */
  const said = {};
  for (const name of INHERITED) {
    const value = style.getPropertyValue(name);
    if (value && value !== above?.getPropertyValue(name)) said[name] = value;
  }
  for (const [name, usual] of Object.entries(OWN)) {
    const value = style.getPropertyValue(name);
    if (value && value !== usual) said[name] = value;
  }
  return said;
}
