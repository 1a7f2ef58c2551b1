// Points of several features, made without chance.

/**
 * @param {number} p  features
 * @param {number} n  points
 * @param {(values: number[], i: number) => number} yOf
 * @returns {import("./plain-view.js").Given}
 */
export function severalFeatures(p, n, yOf) {
  const places = Array.from({ length: n }, (_, i) => i);
  const features = Array.from({ length: p }, (_, j) =>
    places.map((i) => Math.sin((i + 1) * (j + 2)) + Math.cos(7 * i + 3 * j * j)),
  );
  const y = places.map((i) =>
    yOf(
      features.map((values) => values[i]),
      i,
    ),
  );
  return { x: features[0], y, features };
}
