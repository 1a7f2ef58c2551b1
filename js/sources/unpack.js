// What Python packs as bytes, unpacked: the twin of the pack functions in gd_widget/page/packing.py.

import { lastHeld } from "../core/held-back.js";
import { rowOf } from "../core/next-step.js";
import { objectiveOf } from "../core/objective.js";
import { pointsOf } from "../core/points.js";
import { dimension } from "../core/quadratic.js";

const MOST_EXACT = 1000; // points that are packed in all their digits

/**
 * Numbers, from bytes as a host hands them over: a view at any place of a buffer, a buffer, a
 * list of bytes, or base64.
 * @template {Float32ArrayConstructor | Float64ArrayConstructor | Uint8ArrayConstructor} T
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
 * Points, which are packed as offsets from `middle` in units of `spread`: each feature, then y. The last
 * `held` of them are held back.
 * @param {any} value
 * @param {{ bowl: import("../core/quadratic.js").Bowl, middle: number[], spread: number[], held?: number }} units
 * @returns {import("../core/points.js").Points}
 */
export function unpackPoints(value, { bowl, middle, spread, held = 0 }) {
  const offsets = unpack(value, bowl.n > MOST_EXACT && !held ? Float32Array : Float64Array);
  const n = offsets.length / spread.length;
  const columns = spread.map((unit, j) =>
    Float64Array.from(offsets.subarray(j * n, (j + 1) * n), (offset) => middle[j] + unit * offset),
  );
  const points = pointsOf(columns.slice(0, -1), columns[columns.length - 1]);
  return held ? lastHeld(points, held) : points;
}

/**
 * The picture of very many points; null where the points are few, and travel as they are.
 * @param {any} value  a byte for each cell
 * @param {import("../core/picture.js").About | null} [about]
 * @returns {import("../core/picture.js").Picture | null}
 */
export const unpackPicture = (value, about) =>
  about ? { ...about, shades: unpack(value, Uint8Array) } : null;

/**
 * Saved rows of all runs, one after another; they leave out what can be computed: the loss and the
 * gradient.
 * @param {any} value
 * @param {import("../core/objective.js").Labels & {
 *   saved: { rows: number, width: number, stretches: import("../core/stretches.js").Stretch[] }[] }} about
 * @param {import("../core/points.js").Points} points
 * @returns {import("./source.js").Tables}
 */
export function unpackSavedRows(value, { saved, ...labels }, points) {
  const { bowl } = labels;
  const numbers = unpack(value, Float64Array);
  const d = dimension(bowl);
  let at = 0;
  const rows = saved.map(({ rows, width }, i) => {
    const objective = objectiveOf({ labels, points }, i);
    const unpacked = Array.from({ length: rows }, () => {
      const [step, ...others] = numbers.slice(at, (at += width));
      // Of a shadow, and of what the kernel alone can compute, they are all there.
      if (bowl.of || !objective.isKnown) return [step, ...others];
      const [lr, ...memory] = others.splice(d);
      return [...rowOf(step, others, objective, lr), ...memory];
    });
    return Float64Array.from(unpacked.flat());
  });
  const widths = saved.map(({ width }, i) => {
    const { isKnown } = objectiveOf({ labels, points }, i);
    return bowl.of || !isKnown ? width : width + d + 1;
  });
  return { rows, widths, stretches: saved.map(({ stretches }) => stretches) };
}
