// What the words on the screen mean, a sentence for each, for who meets them for the first time.

/** @type {Record<string, string>} */
export const TERMS = {
  step: "One update of all parameters: a little way downhill.",
  epoch: "One pass over all points; in batches it takes several steps.",
  slope: "How much the line rises where x grows by 1.",
  intercept: "How high the line is at x = 0.",
  loss: "How badly the model fits.",
  "learning rate":
    "How far a step goes: the gradient is multiplied by it. If it is too small, training creeps; if it is too large, it oscillates or diverges.",
  forecast:
    "How many steps this rate takes, from step 0 on, until the loss is within 1% of the least; or, where a line fits all points and the least is 0, a millionth of the first.",
  creeps:
    "After 1,000 steps the loss is not yet within 1% of the least, or a millionth of the first where that is 0.",
  converges:
    "After 1,000 steps the loss is within 1% of the least, or a millionth of the first where that is 0.",
  oscillates: "Training swings to and fro across the best fit, by less and less.",
  diverges: "Steps go too far, and by more and more: the loss grows.",
  speed: "Steps per second while it plays.",
  optimizer: "The rule that makes a step of the gradient.",
  "batch size": "How many points a step looks at; all: every point, each time.",
  residual: "How far the fit is above or below a point.",
  line: "The line now. Training moves it, and so can you.",
  "faint lines": "The fit at earlier steps.",
  bowl: "The loss is a bowl, seen from above: every place is a fit, and the lowest is the best.",
  turned: "Drag it, or use the arrow keys, to turn it.",
  rings: "All fits on one ring have the same loss; the smaller the ring, the smaller the loss.",
  arrow: "Where the next step leads.",
  "best fit": "The fit with the least loss there is.",
  true: "What the points were made with, before the noise came.",
  guess: "Where training began.",
  a: "The parameters, in one tensor: of a line, a = [slope, intercept].",
  "@": "Each row of x times a: of a line, slope · x + intercept · 1, for all points at once.",
};
