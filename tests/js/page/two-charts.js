// A view with two charts, as a page has it.

import { html, nothing, render } from "lit-html";

const STYLE = `
  .gd-widget { --paper: #fafafa; }
  .line { stroke: rgb(0, 114, 178); stroke-width: 2.5px; opacity: 0.5; }
  .gone { display: none; }
`;

/** @returns {HTMLElement} a view with two charts of 300 by 100, one under the other */
export function twoCharts() {
  const root = document.createElement("div");
  root.className = "gd-widget";
  const track = html`<svg class="zones" width="900" height="20"></svg>`;
  const button = html`<button><svg class="icon"></svg></button>`;
  const charts = html`<style>
      ${STYLE}
    </style>
    ${track}
    <div class="panels">
      <svg class="fit" width="300" height="100" aria-label=${"<a> & b"}>
        <svg x="10" y="20">
          <line class="line" x1="1" y1="2" x2="3" y2="4" />
          <line class="gone" x1="5" />
        </svg>
        <text tabindex="0">${"x < 1 & y"}</text>
      </svg>
      <div>
        <svg class="loss" width="300" height="100">
          ${nothing}
          <path d="M0,0" />
        </svg>
      </div>
      ${button}
    </div>`;
  render(charts, root);
  document.body.append(root);
  const boxes = { fit: new DOMRect(50, 200, 300, 100), loss: new DOMRect(50, 320, 300, 100) };
  for (const [name, box] of Object.entries(boxes)) {
    const chart = /** @type {Element} */ (root.querySelector(`.${name}`));
    chart.getBoundingClientRect = () => box;
  }
  return root;
}
