// Principal directions of a symmetric matrix, which NumPy finds for Python.

import { dot } from "./dot.js";

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
