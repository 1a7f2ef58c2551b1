// What is asked of a bowl again and again, and looked at once.

const MOST = 64; // answers that are kept of a bowl

/**
 * @template {unknown[]} Rest
 * @template T
 * @param {(bowl: import("./quadratic.js").Bowl, ...rest: Rest) => T} look
 */
export function once(look) {
  /** @type {WeakMap<object, Map<string, T>>} */
  const seen = new WeakMap();
  return (/** @type {import("./quadratic.js").Bowl} */ bowl, /** @type {Rest} */ ...rest) => {
    const known = seen.get(bowl) ?? new Map();
    const key = JSON.stringify(rest);
    if (!known.has(key)) {
      if (known.size === MOST) known.clear();
      known.set(key, look(bowl, ...rest));
      seen.set(bowl, known);
    }
    return /** @type {T} */ (known.get(key));
  };
}
