// What is kept back from everyone who looks: the verdicts that a teacher hides. A view without them
// is what leaves the session, so that no panel, word or file can tell.

/** @typedef {import("../types.js").View} View */

/** The labels without them; the same for the same, which templates are compared by. */
const KEPT = new WeakMap();

/**
 * The view as it may be seen. The best fit and the zones of the rate are asked for by panels, each in
 * one place: views/told.js and views/controls/rate.js.
 * @param {View} view
 * @returns {View}
 */
export function seen(view) {
  const { hidden, labels } = view;
  if (!hidden.size) return view;
  const isSilent = hidden.has("advice");
  const isQuiet = isSilent || hidden.has("best");
  const { advice, status } = view;
  return Object.assign(Object.create(view, { hidden: { value: hidden } }), {
    labels: poorer(labels, hidden),
    advice: isSilent ? "" : advice,
    status: isQuiet && status === "converged" ? "paused" : status,
  });
}

/**
 * @param {View["labels"]} labels
 * @param {View["hidden"]} hidden
 */
function poorer(labels, hidden) {
  const key = [...hidden].join();
  const before = KEPT.get(labels);
  if (before?.key === key) return before.labels;
  const { makes } = labels;
  const kept = {
    ...labels,
    note: hidden.has("best") || hidden.has("true") ? "" : labels.note,
    makes: makes && hidden.has("true") ? { ...makes, true_params: [] } : makes,
  };
  KEPT.set(labels, { key, labels: kept });
  return kept;
}
