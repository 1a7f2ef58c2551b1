// What there is to say of training on another loss than the mean squared error: the twin of
// gd_widget/training/loss_diagnoses.py.

import { dot } from "./linear-algebra.js";

/**
 * One thing at most.
 * @param {import("./trainer.js").Trainer} trainer
 * @returns {import("./diagnoses.js").Diagnosis[]}
 */
export function diagnoseLoss(trainer) {
  const { plan, row, data } = trainer;
  const { objective } = data;
  if (plan.optimizer === "newton" && objective.isKnown && row.grad.some(Boolean)) {
    const step = objective.newtonStep(row.params, row.grad);
    if (!step.some(Boolean)) return [{ code: "no_curvature" }];
    if (dot(step, row.grad) < 0) return [{ code: "newton_climbs" }];
  }
  if (objective.isSeparable) return [{ code: "separable" }];
  if (objective.kind === "mae" && rises(trainer)) return [{ code: "trembles", lr: plan.lr }];
  return [];
}

const LATELY = 20; // steps that are looked back on

/**
 * Whether the loss has risen now and again lately, by steps at one rate.
 * @param {import("./trainer.js").Trainer} trainer
 */
function rises({ plan, table, step }) {
  const isConstant = ["gd", "momentum", "nesterov"].includes(plan.optimizer);
  const first = step - LATELY;
  if (!isConstant || plan.outside || plan.batch_size || first < 0) return false;
  if (table.stretchAt(first) !== table.stretchAt(step)) return false;
  let times = 0;
  for (let i = table.indexOf(first); i < table.indexOf(step); i++) {
    if (table.lossAt(i + 1) > table.lossAt(i)) times += 1;
  }
  return times > 1;
}
