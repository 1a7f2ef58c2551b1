// One view: puts a session on a page element, keeps it drawn, and takes it away again.

import { render } from "lit-html";
import { nextOf } from "../session/view.js";
import { say, speaking } from "../words/say.js";
import { linesOf } from "../views/code/update-lines.js";
import { said } from "../views/bets/row.js";
import { saveMenu } from "../views/controls/save-menu.js";
import { waitingFor } from "../views/controls/kernel-words.js";
import { sentence } from "../views/controls/status.js";
import { frame } from "../views/frame.js";
import { newScene } from "../views/scene.js";
import { announcer } from "./announce.js";
import { closeMenus } from "./close-menus.js";
import { explaining } from "./explain.js";
import { watchFullScreen } from "./full-screen.js";
import { newLook } from "./look.js";
import { newPace } from "./pace.js";
import { centreSlide, roomIn, watchSpace } from "./room.js";
import { addRoot } from "./root.js";
import { saving } from "./save-files.js";
import { shortcuts } from "./shortcuts.js";
import { newSlowStep } from "./slow-step.js";
import { isDark, onThemeChange } from "./theme.js";

/** @typedef {import("../session/session.js").Session} Session */

/**
 * @param {Session} session
 * @param {ShadowRoot} place
 * @param {(() => Promise<void>) | null} [copyLink]  to its state; null: the page has no address for it
 * @returns {() => void} take it away
 */
export function mount(session, place, copyLink = null) {
  const root = addRoot(place);
  const body = document.createElement("div");
  /** @template T @param {() => T} draw */
  const inItsLanguage = (draw) => speaking(session.language, draw);
  const voice = announcer(() => inItsLanguage(() => spokenOf(session.view)));
  root.tabIndex = -1; // so that keys are heard after a click on a picture
  root.append(body, voice.line);

  let waiting = 0;
  let painting = 0; // the frame in which the first picture is painted, or the one after it
  const redraw = () => {
    waiting ||= requestAnimationFrame(draw);
  };
  const files = { ...saving(root, session, redraw), link: copyLink };
  const look = newLook(redraw, () => saveMenu(files));
  const slowStep = newSlowStep(session);
  const scene = newScene(look.motion, session);
  const picture = frame();
  const pace = newPace(redraw);
  /** Of the step to come, as it was when this was last drawn in full. @type {import("../views/code/update-lines.js").Line[]} */
  let lines = [];

  const content = () => {
    const { view } = session;
    if (!view) return waitingFor(session);
    look.isFull = fullScreen.isOn();
    const { scale, ...room } = roomIn(space, view.labels, look.isFull, over);
    Object.assign(look, room);
    const zoom = String(scale);
    if (body.style.zoom !== zoom) body.style.zoom = zoom;
    const part = pace.next(view.playing);
    const next = nextOf(view);
    if (part.inFull) lines = linesOf(view, next);
    const line = slowStep.follow(view, lines.length);
    return picture(view, {
      scene: scene.follow(view, look),
      next,
      walk: { lines, line, slowStep: goSlowly },
      look,
      ...part,
      actions: session,
    });
  };
  const goSlowly = () => {
    slowStep.go();
    redraw();
  };
  const draw = () => {
    cancelAnimationFrame(waiting);
    waiting = 0;
    if (!session.view || space.width > 0) {
      const { lang } = session.language;
      if (root.lang !== lang) root.lang = lang; // set again, it is taken to change every style
      keepingFocus(body, () => inItsLanguage(() => render(content(), body)));
    }
    if (session.view && space.width > 0) afterPainting();
    voice.announce();
  };
  /** Once: in the frame after the next, what is drawn now has been painted. */
  const afterPainting = () => {
    painting ||= requestAnimationFrame(() => {
      painting = requestAnimationFrame(() => {
        session.painted();
        centreSlide(root);
      });
    });
  };

  /** @type {import("./room.js").Pixels} */
  let space = { width: 0, height: 0 };
  let over = 0; // a full screen, pixels of height: by a second row of numbers, say
  const fill = (now = space) => {
    space = now;
    over = 0;
    draw();
    if (!fullScreen.isOn()) return; // to ask how high it is has the whole page laid out
    over = root.scrollHeight - innerHeight;
    draw();
  };
  const fullScreen = watchFullScreen(root, () => fill());
  look.fullScreen = fullScreen.turn;
  const { measure, stop } = watchSpace(root, fill);
  const shade = () => {
    const dark = isDark(place);
    if (dark !== root.classList.contains("dark")) redraw(); // what is no style follows
    root.classList.toggle("dark", dark);
  };
  const unshade = onThemeChange(shade);
  shade();

  // A page that is printed gets no other turn to draw what fits the paper. One that is shown as on
  // paper from the start, as nbconvert's webpdf does, has only another width then.
  const printing = ["print", `(width:${innerWidth}px)`].map((query) => matchMedia(query));
  const print = () => {
    shade();
    measure();
    draw();
  };
  for (const query of printing) query.onchange = print;

  // A key begins where the last one has led, although that may not be drawn yet: two are pressed in one
  // frame. And what comes of anything that somebody does is seen at once, words and all.
  const heed = () => {
    pace.hurryUp();
    draw();
    pace.hurryUp();
  };
  root.addEventListener("click", pace.hurryUp, true);
  root.addEventListener("input", pace.hurryUp, true);
  root.addEventListener("keydown", heed, true);
  const deafen = shortcuts(root, session);
  const leave = closeMenus(root);
  const explainNoMore = explaining(root, inItsLanguage);
  const unsubscribe = session.subscribe(draw);
  draw();
  measure();
  return () => {
    unsubscribe();
    deafen();
    leave();
    explainNoMore();
    unshade();
    for (const query of printing) query.onchange = null;
    stop();
    fullScreen.stop();
    cancelAnimationFrame(painting);
    cancelAnimationFrame(waiting);
    waiting = -1; // what is answered later is not drawn
    voice.silence();
    pace.stop();
    scene.close();
    root.remove();
  };
}

/** What is said to who listens. @param {Session["view"]} view */
function spokenOf(view) {
  if (!view) return "";
  if (!view.bets.length) return sentence(view);
  return say("{said} {more}", { said: said(view), more: sentence(view) });
}

/**
 * Keys are heard where the focus is: it does not go with a button that is no longer there.
 * @param {HTMLElement} body
 * @param {() => void} draw
 */
function keepingFocus(body, draw) {
  const page = /** @type {Document | ShadowRoot} */ (body.getRootNode());
  const hadFocus = body.contains(page.activeElement);
  const wasAnswering = page.activeElement?.closest(".bet-row");
  draw();
  if (!hadFocus || body.contains(page.activeElement)) return;
  const goesOn = wasAnswering ? ".bet-it, .bet-row button" : ".primary";
  const play = /** @type {HTMLElement | null} */ (body.querySelector(goesOn));
  play?.focus({ preventScroll: true });
}
