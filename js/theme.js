// Light or dark: what the page behind the widget is, whoever made it so.

/**
 * Whether the first background colour found behind an element is dark.
 * @param {HTMLElement} el
 */
export function isDark(el) {
  /** @type {Node | null} */
  let node = el;
  while (node) {
    if (node instanceof Element) {
      const [r, g, b, alpha = 1] = (
        getComputedStyle(node).backgroundColor.match(/[\d.]+/g) ?? []
      ).map(Number);
      // Weights of red, green and blue in brightness: ITU-R BT.601.
      if (alpha > 0.5 && r !== undefined) return 0.299 * r + 0.587 * g + 0.114 * b < 128;
    }
    node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
  }
  // Nothing has a colour: the browser's own, unless the page says that it knows dark.
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  return scheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
}

/**
 * Be called when the page may have changed its theme.
 * @param {() => void} changed
 * @returns {() => void} stop
 */
export function onThemeChange(changed) {
  // Themes are switched by an attribute of the page, a style sheet, or both in some order.
  const later = () => void requestAnimationFrame(changed);
  document.addEventListener("load", later, { capture: true });
  const observer = new MutationObserver(later);
  for (const node of [document.documentElement, document.body]) {
    observer.observe(node, { attributes: true });
  }
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", later);
  return () => {
    observer.disconnect();
    document.removeEventListener("load", later, { capture: true });
    system.removeEventListener("change", later);
  };
}
