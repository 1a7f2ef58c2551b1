// The little linear algebra that NumPy does for Python: the twin of gd_widget/core/linear_algebra.py.
// Vectors are lists of numbers, matrices lists of their rows.

const FLAT = 1e-14; // what features of one size vary by at least, where they vary

/** @param {ArrayLike<number>} one @param {ArrayLike<number>} other */
export function dot(one, other) {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}

/** @param {number[]} one @param {ArrayLike<number>} other */
export const minus = (one, other) => one.map((value, i) => value - other[i]);

/** A matrix times a vector. @param {ArrayLike<number>[]} matrix @param {ArrayLike<number>} vector */
export const times = (matrix, vector) => matrix.map((row) => dot(row, vector));

/**
 * So much of each of some vectors, added up.
 * @param {number[][]} vectors
 * @param {number[]} shares
 * @param {number} length  of a vector
 */
const sumOf = (vectors, shares, length) =>
  Array.from({ length }, (_, i) => vectors.reduce((sum, one, j) => sum + shares[j] * one[i], 0));

/**
 * The mean products of p features, and the directions in which these vary.
 * @param {number[][]} products  p rows of p numbers
 */
export function newCovariance(products) {
  // Beside a feature around 1e6, one around 1e-6 is noise. So they are brought to one size first.
  const scale = products.map((row, i) => 2 ** Math.ceil(Math.log2(Math.sqrt(row[i]))) || 1);
  const scaled = products.map((row, i) => row.map((value, j) => value / scale[i] / scale[j]));
  const all = eigen(scaled).map(({ value, vector }) => ({
    isSeen: value > FLAT * scale.length,
    value,
    vector: vector.map((part, i) => part / scale[i]),
  }));
  const seen = all.filter(({ isSeen }) => isSeen);
  const ways = seen.map(({ vector }) => vector);

  return {
    /** The directions in which nothing varies. */
    flat: all.filter(({ isSeen }) => !isSeen).map(({ vector }) => vector),

    /**
     * What the products take to a vector; where that is not one alone, one of them.
     * @param {number[]} goal
     */
    solve(goal) {
      const along = seen.map(({ vector, value }) => dot(vector, goal) / value);
      return sumOf(ways, along, goal.length);
    },
  };
}

/**
 * Of all slopes that differ in flat directions alone, those of the least parameters: the slopes and
 * the intercept mean_y - mean_x · slopes, which goes through the middle of the data. Least is the
 * sum of their squares.
 * @param {number[]} slopes
 * @param {number[][]} flat
 * @param {number[]} mean_x
 * @param {number} mean_y
 */
export function leastNorm(slopes, flat, mean_x, mean_y) {
  const tilt = times(flat, mean_x);
  const squares = flat.map((one, i) => flat.map((other, j) => dot(one, other) + tilt[i] * tilt[j]));
  const left = mean_y - dot(mean_x, slopes);
  const goals = flat.map((one, i) => tilt[i] * left - dot(one, slopes));
  const moved = sumOf(flat, newCovariance(squares).solve(goals), slopes.length);
  return slopes.map((slope, i) => slope + moved[i]);
}

/**
 * The eigenvalues of a symmetric matrix that has no negative ones, in ascending order, and to each an
 * eigenvector of length 1. By Jacobi's rotations: vectors that they turn into another basis stand at
 * right angles at the end; source: Golub and Van Loan, Matrix Computations (2013), section 8.6.3.
 * @param {number[][]} matrix
 */
export function eigen(matrix) {
  const d = matrix.length;
  const vectors = matrix.map((row, i) => Float64Array.from(row, (_, j) => Number(i === j)));
  const images = matrix.map((row) => Float64Array.from(row)); // the matrix times each
  for (let isDone = false; !isDone;) {
    isDone = true;
    const squares = images.map((one) => dot(one, one));
    for (let i = 0; i < d; i++) {
      for (let j = i + 1; j < d; j++) {
        const product = dot(images[i], images[j]);
        const limit = squares[i] * squares[j] * (d * Number.EPSILON) ** 2;
        if (!(product * product > limit)) continue;
        isDone = false;
        const half = (squares[j] - squares[i]) / (2 * product);
        const tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.hypot(half, 1));
        turn(images[i], images[j], tangent);
        turn(vectors[i], vectors[j], tangent);
        squares[i] -= tangent * product;
        squares[j] += tangent * product;
      }
    }
  }
  return vectors
    .map((vector, i) => ({ value: dot(vector, images[i]), vector: [...vector] }))
    .sort((one, other) => one.value - other.value);
}

/**
 * What a symmetric matrix makes a vector of; null where that is not one, or not finite. By elimination.
 * @param {number[][]} matrix
 * @param {number[]} vector
 * @returns {number[] | null}
 */
export function solved(matrix, vector) {
  const rows = matrix.map((row, i) => [...row, vector[i]]);
  const size = Math.max(...matrix.flat().map(Math.abs));
  if (!Number.isFinite(size)) return null;
  for (let k = 0; k < rows.length; k++) {
    const below = rows.slice(k);
    const pivot = below.reduce((most, row) => (Math.abs(row[k]) > Math.abs(most[k]) ? row : most));
    if (!(Math.abs(pivot[k]) > FLAT * size)) return null;
    rows.splice(k, rows.length, pivot, ...below.filter((row) => row !== pivot));
    for (const row of rows.slice(k + 1)) {
      const share = row[k] / pivot[k];
      for (let l = k; l < row.length; l++) row[l] -= share * pivot[l];
    }
  }
  const found = Array(rows.length).fill(0);
  for (let k = rows.length - 1; k >= 0; k--) {
    const [goal] = rows[k].slice(-1);
    found[k] = (goal - dot(rows[k].slice(0, -1), found)) / rows[k][k];
  }
  return found;
}

/**
 * Turn two vectors in the plane they span.
 * @param {Float64Array} one
 * @param {Float64Array} other
 * @param {number} tangent  of the angle
 */
function turn(one, other, tangent) {
  const cosine = 1 / Math.hypot(tangent, 1);
  for (let k = 0; k < one.length; k++) {
    const value = one[k];
    one[k] = cosine * (value - tangent * other[k]);
    other[k] = cosine * (other[k] + tangent * value);
  }
}
