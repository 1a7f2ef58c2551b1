// What Python packs as bytes, unpacked: the twin of the pack functions in gd_widget/protocol.py.

import { rowOf } from "./trainer.js";

const MOST_EXACT = 1000; // points that are packed in all their digits
const SAVED_WIDTH = 4; // of a saved row: step, slope, intercept, lr

/**
 * Numbers, from bytes as a host hands them over: a view at any place of a buffer, a buffer, a
 * list of bytes, or base64.
 * @template {Float32ArrayConstructor | Float64ArrayConstructor} T
 * @param {any} value
 * @param {T} Numbers
 * @returns {InstanceType<T>}
 */
export function unpack(value, Numbers) {
  // Copied, because numbers must be aligned in memory and messages need not be.
  return /** @type {any} */ (new Numbers(bytes(value).slice().buffer));
}

/** @param {any} value */
function bytes(value) {
  if (typeof value === "string") return Uint8Array.from(atob(value), (c) => c.charCodeAt(0));
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  return new Uint8Array(value ?? 0);
}

/**
 * Points, which are packed as offsets from the means in units of `spread`: all x, then all y.
 * @param {any} value
 * @param {{ bowl: import("./quadratic.js").Bowl, spread: [number, number] }} units
 * @returns {import("./points.js").Points}
 */
export function unpackPoints(value, { bowl, spread }) {
  const offsets = unpack(value, bowl.n > MOST_EXACT ? Float32Array : Float64Array);
  const n = offsets.length / 2;
  return {
    x: Float64Array.from(offsets.subarray(0, n), (offset) => bowl.mean_x + spread[0] * offset),
    y: Float64Array.from(offsets.subarray(n), (offset) => bowl.mean_y + spread[1] * offset),
  };
}

/**
 * Saved rows, which leave out what the bowl knows: the loss and the gradient.
 * @param {any} value
 * @param {import("./quadratic.js").Bowl} bowl
 * @returns {Float64Array}
 */
export function unpackSavedRows(value, bowl) {
  const saved = unpack(value, Float64Array);
  /** @type {number[]} */
  const rows = [];
  for (let i = 0; i < saved.length; i += SAVED_WIDTH) {
    const [step, slope, intercept, lr] = saved.subarray(i, i + SAVED_WIDTH);
    rows.push(...rowOf(step, [slope, intercept], bowl, lr));
  }
  return Float64Array.from(rows);
}
