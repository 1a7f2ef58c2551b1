// Well-known functions of two parameters: the twin of gd_widget/core/functions.py, which says where they
// are from.

/**
 * @typedef {import("./quadratic.js").Params} Params
 * @typedef {[number, number]} Pair
 *
 * @typedef {object} Known
 * @property {(x: number, y: number) => number} value
 * @property {(x: number, y: number) => Pair} gradient  the derivatives by x and by y
 * @property {(x: number, y: number) => [Pair, Pair]} hessian  those of the gradient, by rows
 */

const BEALE = [1.5, 2.25, 2.625];

/** @type {Record<string, Known>} */
export const FUNCTIONS = {
  saddle: {
    value: (x, y) => x * x - y * y,
    gradient: (x, y) => [2 * x, -2 * y],
    hessian: () => [
      [2, 0],
      [0, -2],
    ],
  },
  rosenbrock: {
    value: (x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
    gradient: (x, y) => [2 * (x - 1) - 400 * x * (y - x * x), 200 * (y - x * x)],
    hessian: (x, y) => [
      [2 - 400 * (y - 3 * x * x), -400 * x],
      [-400 * x, 200],
    ],
  },
  himmelblau: {
    value: (x, y) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
    gradient: (x, y) => {
      const [one, other] = [x * x + y - 11, x + y * y - 7];
      return [4 * x * one + 2 * other, 2 * one + 4 * y * other];
    },
    hessian: (x, y) => [
      [12 * x * x + 4 * y - 42, 4 * (x + y)],
      [4 * (x + y), 4 * x + 12 * y * y - 26],
    ],
  },
  beale: {
    value: (x, y) => sum((value, k) => (value - x + x * y ** k) ** 2),
    gradient: (x, y) => [
      sum((value, k) => 2 * (value - x + x * y ** k) * (y ** k - 1)),
      sum((value, k) => 2 * (value - x + x * y ** k) * k * x * y ** (k - 1)),
    ],
    hessian: (x, y) => {
      const both = sum((value, k) => {
        const slope = k * y ** (k - 1);
        return 2 * (x * slope * (y ** k - 1) + (value - x + x * y ** k) * slope);
      });
      const upwards = sum((value, k) => {
        const bend = k > 1 ? k * (k - 1) * y ** (k - 2) : 0;
        return 2 * ((x * k * y ** (k - 1)) ** 2 + (value - x + x * y ** k) * x * bend);
      });
      return [
        [sum((_, k) => 2 * (y ** k - 1) ** 2), both],
        [both, upwards],
      ];
    },
  },
  valley: {
    value: (x, y) => (x * x + 100 * y * y) / 2,
    gradient: (x, y) => [x, 100 * y],
    hessian: () => [
      [1, 0],
      [0, 100],
    ],
  },
  plateau: {
    value: (x, y) => 1 - 1 / (1 + x * x + y * y),
    gradient: (x, y) => {
      const shrink = 2 / (1 + x * x + y * y) ** 2;
      return [shrink * x, shrink * y];
    },
    hessian: (x, y) => {
      const above = 1 + x * x + y * y;
      const [shrink, bend] = [2 / above ** 2, 8 / above ** 3];
      const both = -bend * x * y;
      return [
        [shrink - bend * x * x, both],
        [both, shrink - bend * y * y],
      ];
    },
  },
};

/** Of Beale's, what is missed by x · (1 - yᵏ), k = 1, 2, 3. @param {(value: number, k: number) => number} part */
const sum = (part) => BEALE.reduce((total, value, i) => total + part(value, i + 1), 0);
