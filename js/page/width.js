// How wide a view can be: the space there is, measured whenever the page has changed it.

import { hostOf } from "./root.js";

/**
 * @param {HTMLElement} root  the view's
 * @param {(width: number) => void} changed  there are so many pixels now
 * @returns {{ measure: () => void, stop: () => void }}
 */
export function watchWidth(root, changed) {
  let width = 0;
  const measure = () => {
    const { paddingLeft, paddingRight } = getComputedStyle(root);
    const space = root.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    // A place as wide as what is in it, as Panel's are and an HBox's, must be told how wide that is.
    if (space <= 0 && root.clientWidth > 0) {
      root.classList.add("asking");
      hostOf(root).style.minWidth = "0"; // and may yet give less
    }
    // A host that scrolls takes what is not seen off the page for a while, and then tells nobody.
    if (!(space > 0) || Math.floor(space) === width) return;
    width = Math.floor(space);
    changed(width);
  };
  // In the next frame, because what is drawn changes the height of what is observed; but the first
  // time at once, or the page would jump where a view takes the place of another.
  let [waiting, isFirst] = [0, true];
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(waiting);
    if (!isFirst) {
      waiting = requestAnimationFrame(measure);
      return;
    }
    isFirst = false;
    observer.disconnect();
    measure();
    waiting = requestAnimationFrame(() => observer.observe(root));
  });
  observer.observe(root);
  const stop = () => {
    observer.disconnect();
    cancelAnimationFrame(waiting);
  };
  return { measure, stop };
}
