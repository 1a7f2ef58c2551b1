// The charts of a view as one picture, in SVG.

import { scaleOf } from "../views/charts/drag.js";
import { template } from "../words/say.js";
import { inlineStyles } from "./inline-styles.js";

const MARGIN = 12; // pixels of paper around the charts
const LINE = 24; // pixels, of words above them
const SVG = "http://www.w3.org/2000/svg";

/**
 * The charts of a view as one file that needs nothing else, placed as they are on the page.
 * @param {HTMLElement} root  the view's
 * @param {string} [words]  above them
 */
export function svgOf(root, words = "") {
  const charts = chartsIn(root);
  if (charts.length === 0) throw new Error(template("there is no chart"));
  const scale = scaleOf(charts[0]);
  const boxes = charts.map((chart) => boxOf(chart, scale));
  const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
  const above = words ? LINE : 0;
  const top = Math.min(...boxes.map((box) => box.top)) - MARGIN - above;
  const width = Math.max(...boxes.map((box) => box.right)) + MARGIN - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) + MARGIN - top;
  const style = getComputedStyle(root);
  const paper = style.getPropertyValue("--paper").trim() || "#fff";
  const picture = element("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  picture.append(element("rect", { width, height, fill: paper }));
  if (words) {
    const font = { "font-family": style.fontFamily, "font-size": 14, fill: style.color };
    const heading = element("text", { x: MARGIN, y: LINE, ...font });
    heading.textContent = words;
    picture.append(heading);
  }
  charts.forEach((chart, i) => {
    const copy = standalone(chart);
    copy.setAttribute("x", String(boxes[i].left - left));
    copy.setAttribute("y", String(boxes[i].top - top));
    picture.append(copy);
  });
  return new XMLSerializer().serializeToString(picture);
}

/** The drawings in the panels that are no part of another one, or of a button. @param {HTMLElement} root */
const chartsIn = (root) =>
  /** @type {SVGElement[]} */ ([...root.querySelectorAll(".panels svg")]).filter(
    (chart) => !chart.parentElement?.closest("svg, button"),
  );

/** Where an element is, in the units of the charts. @param {Element} el @param {number} scale */
function boxOf(el, scale) {
  const { x, y, width, height } = el.getBoundingClientRect();
  return new DOMRect(x / scale, y / scale, width / scale, height / scale);
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
  inlineStyles(chart, copy, null);
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
  const scale = scaleOf(chart);
  const { left, top, width, height } = boxOf(canvas, scale);
  const box = boxOf(chart, scale);
  const place = { x: left - box.left, y: top - box.top, width, height };
  return element("image", { href: canvas.toDataURL(), ...place, "image-rendering": "pixelated" });
}
