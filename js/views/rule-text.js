// What is said of each rule: a sentence, its update as lines of PyTorch, and what stands where the
// learning rate would be.

import { html } from "lit-html";
import { times } from "../core/linear-algebra.js";
import { template } from "../words/say.js";
import { square } from "../core/rules.js";
import { OTHER_CURVATURE, OTHER_SEARCH } from "./code/other-losses.js";
import { matrix, vector } from "./code/values.js";

/**
 * @typedef {import("./code/known.js").Known} Known
 * @typedef {[string, unknown]} CodeLine  source and numbers
 *
 * @typedef {object} RuleText
 * @property {string} sentence  what it does
 * @property {(of: Known) => [string, ...CodeLine[]]} lines  the step, and the lines before it that change
 *   what the rule remembers
 * @property {(of: Known) => unknown} [factor]  what the rate is multiplied by
 * @property {string} [withoutRate]  what sets the length of a step, where no rate does
 */

const LENGTH = "t = -(a.grad @ d) / (2 * (x @ d).square().mean())";
const SEARCHES = template("The line search chooses each step's length.");

/**
 * The length of a step along a direction: of the mean of squares there is a formula.
 * @param {Known} of
 * @param {number[]} d
 * @returns {CodeLine}
 */
const search = ({ isPlain, length }, d) => [isPlain ? LENGTH : OTHER_SEARCH, length(d)];

/** @param {Known} of @returns {CodeLine} */
const velocity = ({ momentum, v }) => [`v = ${momentum} * v + a.grad`, html`v = ${v}`];

/** @type {Record<string, RuleText>} */
export const RULE_TEXT = {
  gd: {
    sentence: template("Moves against the gradient, by the learning rate."),
    lines: () => ["a -= lr * a.grad"],
    factor: ({ grad, g }) => vector(grad, g),
  },
  momentum: {
    sentence: template(
      "Keeps a share of the last velocity and adds the gradient: it gains speed, and overshoots.",
    ),
    lines: (of) => ["a -= lr * v", velocity(of)],
    factor: ({ v }) => v,
  },
  nesterov: {
    sentence: template(
      "Momentum that looks ahead: it counts the velocity it is about to have, and brakes sooner.",
    ),
    lines: (of) => [`a -= lr * (a.grad + ${of.momentum} * v)`, velocity(of)],
    factor: ({ likeGradient }) => likeGradient(),
  },
  adagrad: {
    sentence: template(
      "Gives each parameter a rate of its own, which shrinks as its gradients add up.",
    ),
    lines: ({ squares }) => [
      "a -= lr * a.grad / (s.sqrt() + 1e-10)",
      ["s += a.grad ** 2", html`s = ${squares(0)}`],
    ],
    factor: ({ likeOne }) => likeOne(),
  },
  rmsprop: {
    sentence: template(
      "Divides each gradient by its recent size: steps are about as long as the learning rate.",
    ),
    lines: ({ alpha, squares }) => [
      "a -= lr * a.grad / (s.sqrt() + 1e-8)",
      [`s = ${alpha} * s + (1 - ${alpha}) * a.grad ** 2`, html`s = ${squares(0)}`],
    ],
    factor: ({ likeOne }) => likeOne(),
  },
  adam: {
    sentence: template(
      "Momentum divided by the gradient's recent size, both corrected for having begun at zero.",
    ),
    lines: ({ betas: [beta1, beta2], v, squares, memory }) => [
      "a -= lr * m_hat / (v_hat.sqrt() + 1e-8)",
      [`m = ${beta1} * m + (1 - ${beta1}) * a.grad`, html`m = ${v}`],
      [`v = ${beta2} * v + (1 - ${beta2}) * a.grad ** 2`, html`v = ${squares(1)}`],
      [
        `t += 1; m_hat, v_hat = m / (1 - ${beta1} ** t), v / (1 - ${beta2} ** t)`,
        `t = ${memory[memory.length - 1]}`,
      ],
    ],
    factor: ({ likeOne }) => likeOne(),
  },
  cg: {
    sentence: template(
      "Turns so that the last step's gain is kept. On a bowl it walks the same path as BFGS and L-BFGS.",
    ),
    lines: (of) => [
      "a += t * d",
      ["d = max(0, a.grad @ (a.grad - g) / (g @ g)) * d - a.grad", of.direction(of.part(1))],
      search(of, of.part(1)),
    ],
    withoutRate: SEARCHES,
  },
  bfgs: {
    sentence: template(
      "Learns the curvature from how the gradient changes. On a bowl its path is conjugate gradient's.",
    ),
    lines: (of) => {
      const inverse = square(of.memory, of.grad.length);
      const d = times(inverse, of.grad).map((value) => -value);
      return [
        "s = t * d; a += s",
        ["B = bfgs(B, s, a.grad - g)", html`B = ${matrix(inverse)}`],
        ["d = -B @ a.grad", of.direction(d)],
        search(of, d),
      ];
    },
    withoutRate: SEARCHES,
  },
  lbfgs: {
    sentence: template(
      "BFGS that remembers a step instead of a matrix. On a bowl its path is conjugate gradient's.",
    ),
    lines: ({ isPlain }) => [
      "s = t * d; a += s",
      ["d = -two_loops(a.grad, s, a.grad - g)", ""],
      [isPlain ? LENGTH : OTHER_SEARCH, ""],
    ],
    withoutRate: SEARCHES,
  },
  newton: {
    sentence: template(
      "Divides the gradient by the curvature: on a bowl, one step leads to the bottom.",
    ),
    lines: ({ isPlain, curvature }) => [
      "a -= torch.linalg.pinv(H) @ a.grad",
      [isPlain ? "H = 2 * x.T @ x / len(x)" : OTHER_CURVATURE, curvature()],
    ],
    withoutRate: template("The curvature sets each step's length."),
  },
};
