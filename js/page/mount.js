// One view: puts a session on a page element, keeps it drawn, and takes it away again.

import { html, render } from "lit-html";
import { saving } from "./save-files.js";
import { shortcuts } from "./shortcuts.js";
import { css } from "./styles.js";
import { isDark, onThemeChange } from "./theme.js";
import { frame } from "../views/frame.js";
import { closing } from "../views/controls/menu.js";
import { saveMenu } from "../views/controls/save-menu.js";
import { sentence } from "../views/controls/status.js";

const SAY_EVERY = 1000; // milliseconds: a screen reader must be able to follow

/**
 * @param {import("../session/session.js").Session} session
 * @param {HTMLElement | ShadowRoot} el
 * @returns {() => void} take it away
 */
export function mount(session, el) {
  const root = dressed(el);
  const body = document.createElement("div");
  const announcer = document.createElement("p");
  announcer.setAttribute("role", "status");
  announcer.className = "spoken";
  root.tabIndex = -1; // so that keys are heard after a click on a picture
  root.append(body, announcer);

  const picture = frame();
  const files = saving(root, session);
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  let waiting = 0;
  const redraw = () => {
    waiting ||= requestAnimationFrame(draw);
  };
  const hold = (/** @type {boolean} */ held) => () => {
    look.motion.held = held;
    redraw();
  };
  /** @type {import("../views/frame.js").Look} */
  const look = {
    width: 0,
    residuals: "lines",
    lossScale: "auto",
    line: null,
    from: "",
    motion: {
      ...{ held: false, hold: hold(true), release: hold(false) },
      ...{ again: redraw, redraw, resting: 0 },
    },
    change: (change) => {
      Object.assign(look, change);
      redraw();
    },
    menu: () => saveMenu(files),
  };

  const draw = () => {
    const { activeElement } = /** @type {Document | ShadowRoot} */ (root.getRootNode());
    const hadFocus = body.contains(activeElement);
    cancelAnimationFrame(waiting);
    waiting = 0;
    look.motion.again = quiet.matches ? null : redraw;
    if (!session.view) {
      const why = session.isEmpty
        ? `There is no kernel. ${session.reason}`
        : "Waiting for the kernel…";
      render(html`<p class="notice">${why}</p>`, body);
    } else if (look.width > 0) {
      render(picture(session.view, session, look), body);
    }
    // Keys are heard where the focus is: it does not go with a button that is no longer there.
    if (hadFocus && !body.contains(activeElement)) {
      const play = /** @type {HTMLElement | null} */ (body.querySelector(".primary"));
      play?.focus({ preventScroll: true });
    }
    root.dataset.line = look.line === null ? "" : String(look.line);
    announce();
  };

  let timer = 0;
  const announce = () => {
    timer ||= window.setTimeout(() => {
      timer = 0;
      const words = session.view ? sentence(session.view) : "";
      if (announcer.textContent !== words) announcer.textContent = words;
    }, SAY_EVERY);
  };

  const measure = () => {
    const { paddingLeft, paddingRight } = getComputedStyle(root);
    const space = root.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    // A place as wide as what is in it, as Panel's are and an HBox's, must be told how wide that is.
    if (space <= 0 && root.clientWidth > 0) {
      root.classList.add("asking");
      if (el instanceof HTMLElement) el.style.minWidth = "0"; // and may yet give less
    }
    // A host that scrolls takes what is not seen off the page for a while, and then tells nobody.
    if (!(space > 0) || Math.floor(space) === look.width) return;
    look.width = Math.floor(space);
    draw();
  };
  // In the next frame, because what is drawn changes the height of what is observed.
  let measuring = 0;
  const resized = new ResizeObserver(() => {
    cancelAnimationFrame(measuring);
    measuring = requestAnimationFrame(measure);
  });
  resized.observe(root);

  const shade = () => {
    const dark = isDark(el);
    if (dark !== root.classList.contains("dark")) redraw(); // what is no style follows
    root.classList.toggle("dark", dark);
  };
  const unshade = onThemeChange(shade);
  shade();

  const deafen = shortcuts(root, session);
  const leave = closing(root);
  const unsubscribe = session.subscribe(draw);
  draw();
  measure();
  return () => {
    unsubscribe();
    deafen();
    leave();
    unshade();
    resized.disconnect();
    cancelAnimationFrame(waiting);
    waiting = -1; // what is answered later is not drawn
    cancelAnimationFrame(measuring);
    clearTimeout(timer);
    clearTimeout(look.motion.resting);
    root.remove();
  };
}

/**
 * The element of a view, with its style sheet, on the page.
 * @param {HTMLElement | ShadowRoot} el
 */
function dressed(el) {
  const root = document.createElement("div");
  root.className = "gd-widget";
  if (el instanceof ShadowRoot) {
    // Ours alone: and allowed even where a page's policy allows no style but its own.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    el.adoptedStyleSheets = [sheet];
  } else {
    const style = document.createElement("style");
    style.textContent = css;
    root.append(style);
  }
  el.append(root);
  return root;
}

/**
 * Instead of a view: why there is none.
 * @param {HTMLElement | ShadowRoot} el
 * @param {unknown} error
 * @returns {() => void} take it away
 */
export function complain(el, error) {
  const root = dressed(el);
  root.classList.toggle("dark", isDark(el));
  const words = document.createElement("p");
  words.className = "notice error";
  words.setAttribute("role", "alert");
  words.textContent = error instanceof Error ? error.message : String(error);
  root.append(words);
  return () => root.remove();
}
