// Three runs to be drawn.

import { render } from "lit-html";

export const RUNS = [
  { name: "0.01", lr: 0.01 },
  { name: "0.1", lr: 0.1 },
  { name: "0.9", lr: 0.9 },
];

/** A template on an element that is on no page. @param {unknown} template */
export function drawn(template) {
  const el = document.createElement("div");
  render(template, el);
  return el;
}
