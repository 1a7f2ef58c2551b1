// A view on the whole screen, for a class to see.

/** Where nothing is allowed, and WebKit complains of the question. */
const isSandboxed = () => self !== top && self.origin === "null";

/**
 * @param {HTMLElement} root  the view's
 * @param {() => void} changed  it has been given the screen, or taken off it
 */
export function watchFullScreen(root, changed) {
  const page = /** @type {Document | ShadowRoot} */ (root.getRootNode());
  const isOn = () => page.fullscreenElement === root;
  const turn = () => {
    // The host may yet refuse: then all stays as it is.
    (isOn() ? document.exitFullscreen() : root.requestFullscreen()).catch(() => {});
  };
  document.addEventListener("fullscreenchange", changed);
  return {
    isOn,
    /** Null: the host does not allow it. */
    turn: !isSandboxed() && document.fullscreenEnabled ? turn : null,
    stop: () => document.removeEventListener("fullscreenchange", changed),
  };
}
