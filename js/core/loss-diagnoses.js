// What there is to say of training on another loss than the mean squared error: the twin of
// gd_widget/training/loss_diagnoses.py.

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
    if (isBent(objective, row.params)) return [{ code: "newton_climbs" }];
  }
  if (objective.kind === "function" && Math.hypot(...row.grad) <= AT_REST && objective.isKnown) {
    return isBent(objective, row.params) ? [{ code: "at_saddle" }] : [];
  }
  if (objective.isSeparable) return [{ code: "separable" }];
  if (objective.kind === "mae" && rises(trainer)) return [{ code: "trembles", lr: plan.lr }];
  return [];
}

/**
 * Whether the curvature of a function is below 0 along some direction.
 * @param {import("./objective.js").Objective} objective
 * @param {import("./quadratic.js").Params} params
 */
function isBent({ kind, hessianAt }, params) {
  if (kind !== "function") return false;
  const [[xx, xy], [, yy]] = hessianAt(params);
  return xx + yy < Math.hypot(xx - yy, 2 * xy);
}

const AT_REST = 1e-12; // a gradient that is as good as 0
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
