// How much room a view has: measured whenever the page has changed it, and in the pixels of its own
// type, which is larger than usual where it is seen from the back row.

import { isNarrow } from "../views/layout.js";
import { hostOf } from "./root.js";

const LARGE = 4 / 3; // times the usual size
const FULL = [744, 432]; // pixels of its own that a full screen has at least in one direction
const AROUND = 160; // pixels of height that hosts take for themselves
const LEAST = 560; // pixels of height
const MOST = 900;
const ON_A_PHONE = 750; // where one scrolls anyway, and what is in sight changes with that

/** @typedef {{ width: number, height: number }} Pixels */

/**
 * What of the space there is goes to a view, and how many times as large it is then.
 * @param {Pixels} space  as wide as its place; as high as what is in sight
 * @param {{ height: number | null, size: string }} asked  by its labels
 * @param {boolean} isFull  whether it has the whole screen
 * @param {number} over  pixels of height that it would have beyond that, which the charts give
 */
export function roomIn({ width, height }, asked, isFull, over) {
  const full = Math.max(1, Math.min(width / FULL[0], height / FULL[1]));
  const isLarge = asked.size === "large" && !isNarrow(width); // a phone is near at hand
  const scale = isFull ? full : isLarge ? LARGE : 1;
  const usual = isNarrow(width) ? ON_A_PHONE : Math.min(Math.max(height - AROUND, LEAST), MOST);
  const most = isFull ? height - over : (asked.height ?? usual);
  return { scale, width: Math.floor(width / scale), height: Math.floor(most / scale) };
}

/**
 * @param {HTMLElement} root  the view's
 * @param {(space: Pixels) => void} changed  there are so many pixels now
 * @returns {{ measure: () => void, stop: () => void }}
 */
export function watchSpace(root, changed) {
  let last = "";
  const measure = () => {
    const { paddingLeft, paddingRight } = getComputedStyle(root);
    const space = root.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    // A place as wide as what is in it, as Panel's are and an HBox's, must be told how wide that is.
    if (space <= 0 && root.clientWidth > 0) {
      root.classList.add("asking");
      hostOf(root).style.minWidth = "0"; // and may yet give less
    }
    // A host that scrolls takes what is not seen off the page for a while, and then tells nobody.
    if (!(space > 0)) return;
    // Frames are as high as what is in them: what is in sight, they do not know.
    const height = root.matches(":fullscreen") || self === top ? innerHeight : 0;
    const now = { width: Math.floor(space), height };
    if (String(Object.values(now)) === last) return;
    last = String(Object.values(now));
    changed(now);
  };
  // In the next frame, because what is drawn changes the height of what is observed; but the first
  // time at once, or the page would jump where a view takes the place of another.
  let [waiting, isFirst] = [0, true];
  const later = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(measure);
  };
  const observer = new ResizeObserver(() => {
    if (!isFirst) return later();
    isFirst = false;
    observer.disconnect();
    measure();
    waiting = requestAnimationFrame(() => observer.observe(root));
  });
  observer.observe(root);
  window.addEventListener("resize", later);
  const stop = () => {
    observer.disconnect();
    window.removeEventListener("resize", later);
    cancelAnimationFrame(waiting);
  };
  return { measure, stop };
}

/**
 * Slides of reveal.js are centred by the height that they had when they were laid out, which is
 * before there is a widget on them. They are laid out again when the window changes its size.
 * @param {HTMLElement} root
 */
export function centreSlide(root) {
  if (hostOf(root).closest(".reveal")) window.dispatchEvent(new Event("resize"));
}
