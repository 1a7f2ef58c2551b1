// Level sets of a loss that is known at the nodes of a grid alone, by marching squares: the twin of
// gd_widget/core/contours.py. Source: Lorensen and Cline, Marching cubes (1987), in the plane.

/**
 * @typedef {import("./points.js").Range} Range
 * @typedef {[number, number]} Place
 *
 * @typedef {object} Grid
 * @property {Range} x  what it covers
 * @property {Range} y
 * @property {number} columns  of nodes
 * @property {number} rows
 * @property {Float64Array} heights  of the nodes, from the lowest row up, in a row from the left
 */

/**
 * @param {(place: Place) => number} loss
 * @param {Pick<Grid, "x" | "y" | "columns" | "rows">} nodes
 * @returns {Grid}
 */
export function sampled(loss, { x, y, columns, rows }) {
  const heights = new Float64Array(columns * rows);
  for (let k = 0; k < heights.length; k++) {
    const row = Math.floor(k / columns);
    heights[k] = loss([valueAt(x, k % columns, columns), valueAt(y, row, rows)]);
  }
  return { x, y, columns, rows, heights };
}

/** The value at a node, or between two. @param {Range} range @param {number} i @param {number} count */
export const valueAt = ([low, high], i, count) => low + (i / (count - 1)) * (high - low);

/**
 * The rings around all places whose loss is below a level, each with these on its left. A set that
 * leaves the grid is closed along its edge.
 * @param {Grid} grid
 * @param {number} level
 * @returns {Place[][]}
 */
export function rings({ x, y, columns, rows, heights }, level) {
  // Beyond the grid all is higher: so every ring is closed.
  const wide = columns + 2;
  const nodes = new Float64Array(wide * (rows + 2)).fill(Infinity);
  for (let row = 0; row < rows; row++)
    nodes.set(heights.subarray(row * columns, (row + 1) * columns), (row + 1) * wide + 1);
  const isLow = (/** @type {number} */ node) => nodes[node] < level;

  // Going round a cell counterclockwise, the set is left by some edges and entered by others: the
  // ring leads from each of the first to one of the second, which the next cell is left by.
  /** @type {Map<number, number>} */
  const ways = new Map();
  const last = nodes.length - wide - 1;
  for (let node = 0; node < last; node++) {
    const [a, b, c, d] = [isLow(node), isLow(node + 1), isLow(node + wide + 1), isLow(node + wide)];
    if (a === b && b === c && c === d) continue;
    const edges = [2 * node, 2 * node + 3, 2 * (node + wide), 2 * node + 1];
    const low = [a, b, c, d];
    // Where low corners face each other, the middle of the cell says whether they are one set.
    const middle =
      (nodes[node] + nodes[node + 1] + nodes[node + wide] + nodes[node + wide + 1]) / 4;
    const turn = middle < level ? 1 : 3;
    for (let k = 0; k < 4; k++) {
      if (!low[k] || low[(k + 1) % 4]) continue;
      let to = k;
      do to = (to + turn) % 4;
      while (low[to] || !low[(to + 1) % 4]);
      ways.set(edges[k], edges[to]);
    }
  }

  /** Where an edge, from a node to the right or up, has the level. @param {number} edge @returns {Place} */
  const placeOf = (edge) => {
    const from = edge >> 1;
    const to = from + (edge % 2 ? wide : 1);
    const [low, high] = isLow(from) ? [from, to] : [to, from];
    const share = (level - nodes[low]) / (nodes[high] - nodes[low]) || 0;
    const between = (/** @type {number} */ one, /** @type {number} */ other) =>
      one + share * (other - one) - 1;
    const row = between(Math.floor(low / wide), Math.floor(high / wide));
    return [valueAt(x, between(low % wide, high % wide), columns), valueAt(y, row, rows)];
  };

  const found = [];
  for (const start of ways.keys()) {
    const ring = [];
    for (let edge = start, next; (next = ways.get(edge)) !== undefined; edge = next) {
      ring.push(placeOf(edge));
      ways.delete(edge);
    }
    found.push(ring);
  }
  return found;
}

/**
 * How high a place is, between the nodes around it; beyond the grid, as at its edge.
 * @param {Grid} grid
 * @param {Place} place
 */
export function heightAt({ x, y, columns, rows, heights }, [right, up]) {
  const [i, across] = cellOf(x, right, columns);
  const [j, above] = cellOf(y, up, rows);
  const inRow = (/** @type {number} */ row) => {
    const [one, other] = heights.subarray(row * columns + i);
    return one + across * (other - one);
  };
  return inRow(j) + above * (inRow(j + 1) - inRow(j));
}

/**
 * Which cell a value is in, and where in that.
 * @param {Range} range
 * @param {number} value
 * @param {number} count
 */
function cellOf([low, high], value, count) {
  const last = count - 1;
  const at = Math.min(Math.max(((value - low) / (high - low)) * last, 0), last);
  const cell = Math.min(Math.floor(at), last - 1);
  return [cell, at - cell];
}
