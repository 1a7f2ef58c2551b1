// For who uses the bundle from npm: the element it defines, and the module hosts of Jupyter load.

export type Optimizer =
  | "gd"
  | "momentum"
  | "nesterov"
  | "adagrad"
  | "rmsprop"
  | "adam"
  | "cg"
  | "bfgs"
  | "lbfgs"
  | "newton";

export type Loss = "mse" | "mae" | "huber" | "cross_entropy";

/**
 * `<gradient-descent n="100" lr="0.1">`: gradient descent fitting a line, to play, step and drag.
 * Each property is an attribute too, with dashes; setting one sets the other. It speaks the language of
 * the nearest `lang`, if that is imported beside it: `import "gd-widget/es"`, fr, pt-BR, de or zh-CN.
 */
export interface GradientDescentElement extends HTMLElement {
  /** Points of your own, of one feature or rows of several; without them, points are made. */
  x: number[] | number[][];
  y: number[];
  /** How many points are made, 100. */
  n: number;
  /** About the line, on [0, 1) or N(0, 0.25²). */
  noise: "uniform" | "gaussian";
  /** The same seed, the same points, as in Python. */
  seed: number;
  /** Slope and intercept of the line that points are made about, [3, 2]. */
  true_params: [number, number];
  /** The share of the points that is held back, drawn by the seed; null: none is. */
  validation: number | null;
  /** Of a polynomial, 1: a line. */
  degree: number;
  /** Whether there is one. */
  intercept: boolean;
  /** Whether columns are given mean 0 and standard deviation 1. */
  standardize: boolean;
  /** What is trained down, "mse", the mean of squares; several of them are a race. */
  loss: Loss | Loss[];
  /** Of Huber's loss, where its square becomes a line, 1. */
  delta: number;
  /** What is added to the loss: so many times the sum of the squares of all but the intercept, 0. */
  ridge: number;
  /** A function of two parameters in the place of points; null: there are points. */
  function: "saddle" | "rosenbrock" | "himmelblau" | "beale" | "valley" | "plateau" | null;
  /** The rule, "gd"; several of them are a race. Follows the menu. */
  optimizer: Optimizer | Optimizer[];
  /** The learning rate, 0.1; several of them are a race. Follows the slider. */
  lr: number | number[];
  /** How many points a step looks at, for rules of the first order; null: all. */
  batch_size: number | null;
  /** What the rules keep of what they remember: 0.9, 0.99 and [0.9, 0.999]. */
  momentum: number;
  alpha: number;
  betas: [number, number];
  /** How many of the last steps L-BFGS learns from, 10. */
  history_size: number;
  /** The parameters to begin with; null: [-1, 1] for a line, [-1] through the origin, else 0. */
  guess: number[] | null;
  /** Play pauses after so many passes over the points, 100: steps, where each looks at all. */
  n_epochs: number;
  /** The speed of Play, 10; follows the slider. */
  steps_per_second: number;
  /** Which, and in which order; null: what suits, which is directions from three parameters on. */
  panels: ("fit" | "surface" | "loss" | "directions" | "code")[] | null;
  /** Those that are there; null: all. Their names are in js/core/controls.js. */
  controls: string[] | "beginner" | null;
  /** Those that cannot be used. */
  lock: string[];
  /** What is kept back for readers to find out. */
  hide: ("best" | "true" | "zones" | "advice" | "forecast")[];
  /** Pixels that it is high, its code folded; null: as many as are in sight. */
  height: number | null;
  /** Of the type, "normal". */
  size: "normal" | "large";
  heading: string;
  x_label: string;
  y_label: string;
}

declare global {
  interface HTMLElementTagNameMap {
    "gradient-descent": GradientDescentElement;
  }
}

/** The widget as anywidget and MyST load it. */
declare const widget: {
  initialize(context: { model: any }): () => void;
  render(context: { model: any; el: HTMLElement }): () => void;
};
export default widget;
