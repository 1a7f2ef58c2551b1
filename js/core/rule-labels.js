// What the update rules are called where a person reads it: the twin of LABELS in
// gd_widget/training/race.py.

/** @type {Record<string, string>} */
export const LABELS = {
  gd: "Gradient descent",
  momentum: "Momentum",
  nesterov: "Nesterov",
  adagrad: "AdaGrad",
  rmsprop: "RMSProp",
  adam: "Adam",
  cg: "Conjugate gradient",
  bfgs: "BFGS",
  lbfgs: "L-BFGS",
  newton: "Newton",
};
