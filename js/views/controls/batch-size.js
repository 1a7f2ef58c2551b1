// How many points each step looks at.

import { html } from "lit-html";
import { say } from "../../words/say.js";
import { batchSizeOf } from "../heeded.js";
import { select } from "./select.js";

/**
 * @param {import("../../types.js").View} view
 * @param {(size: number | null) => void} set
 * @param {boolean} disabled
 */
export function batchSize(view, set, disabled) {
  const { n } = view.labels.bowl;
  const now = batchSizeOf(view);
  const sizes = new Set(now === null ? [] : [now]);
  for (let size = 1; size < n; size *= 2) sizes.add(size);
  const option = (/** @type {number | null} */ size) =>
    html`<option value=${size ?? ""} ?selected=${size === now}>${size ?? say("all")}</option>`;
  return select(
    {
      name: html`<span>${say("batch size")}</span>`,
      label: say("Batch size"),
      term: "batch size",
      now: String(now ?? ""),
      disabled,
      set: (size) => set(Number(size) || null),
    },
    [null, ...[...sizes].sort((a, b) => a - b)].map(option),
  );
}
