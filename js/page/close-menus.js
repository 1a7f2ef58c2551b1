// Popups are open until Escape, or until one presses elsewhere.

/**
 * Heard on the whole page, and before anyone who keeps an event to himself. Not all browsers give a
 * summary the focus when it is clicked.
 * @param {HTMLElement} root
 * @returns {() => void} stop listening
 */
export function closeMenus(root) {
  const heard = (/** @type {any} */ event) => {
    const isKey = event.type === "keydown";
    if (isKey && event.key !== "Escape") return;
    for (const menu of root.querySelectorAll("details:is(.menu, .notice)")) {
      const details = /** @type {HTMLDetailsElement} */ (menu);
      if (!details.open || (!isKey && event.composedPath().includes(menu))) continue;
      if (isKey) menu.querySelector("summary")?.focus();
      details.open = false;
    }
  };
  window.addEventListener("keydown", heard, true);
  window.addEventListener("pointerdown", heard, true);
  return () => {
    window.removeEventListener("keydown", heard, true);
    window.removeEventListener("pointerdown", heard, true);
  };
}
