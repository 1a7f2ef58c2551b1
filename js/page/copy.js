// Text for the clipboard.

/**
 * Whether it is there now: some hosts do not allow it.
 * @param {string} text
 */
export const copy = (text) =>
  Promise.resolve(navigator.clipboard?.writeText(text)).then(
    () => Boolean(navigator.clipboard),
    () => false,
  );
