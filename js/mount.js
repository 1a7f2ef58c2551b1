// One view: puts a session on a page element, keeps it drawn, and takes it away again.

import { html, render } from "lit-html";
import css from "./theme.css";
import { isDark, onThemeChange } from "./theme.js";
import { frame } from "./views/frame.js";
import { sentence } from "./views/status.js";

const SAY_EVERY = 1000; // milliseconds: a screen reader must be able to follow

/**
 * @param {import("./session.js").Session} session
 * @param {HTMLElement} el
 * @returns {() => void} take it away
 */
export function mount(session, el) {
  const root = document.createElement("div");
  const style = document.createElement("style");
  style.textContent = css;
  const body = document.createElement("div");
  const announcer = document.createElement("p");
  announcer.setAttribute("role", "status");
  announcer.className = "spoken";
  root.className = "gd-widget";
  // A notebook has shortcuts of its own, on plain letters and arrows too. JupyterLab knows this
  // mark, and takes arrows all the same; what is pressed in here stays in here.
  root.dataset.lmSuppressShortcuts = "true";
  root.addEventListener("keydown", (event) => event.stopPropagation());
  root.append(style, body, announcer);
  el.append(root);

  const picture = frame();
  let width = 0;
  let residuals = true;
  const draw = () => {
    if (session.view && width > 0) {
      const look = { width, residuals, showResiduals };
      render(picture(session.view, session, look), body);
    } else {
      render(html`<p class="notice">Waiting for the kernel…</p>`, body);
    }
    announce();
  };
  const showResiduals = (/** @type {boolean} */ shown) => {
    residuals = shown;
    draw();
  };

  let timer = 0;
  const announce = () => {
    if (timer) return;
    timer = window.setTimeout(() => {
      timer = 0;
      const words = session.view ? sentence(session.view) : "";
      if (announcer.textContent !== words) announcer.textContent = words;
    }, SAY_EVERY);
  };

  const resized = new ResizeObserver(() => {
    const { paddingLeft, paddingRight } = getComputedStyle(root);
    const space =
      root.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
    if (Math.floor(space) === width) return;
    width = Math.floor(space);
    draw();
  });
  resized.observe(root);

  const dress = () => root.classList.toggle("dark", isDark(el));
  const undress = onThemeChange(dress);
  dress();

  const unsubscribe = session.subscribe(draw);
  draw();
  return () => {
    unsubscribe();
    undress();
    resized.disconnect();
    clearTimeout(timer);
    root.remove();
  };
}
