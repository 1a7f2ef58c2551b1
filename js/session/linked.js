// What else on a page sets the widget's traits, as a slider that ipywidgets links to its rate: without
// a kernel to hear of it, this page does what it says.

/**
 * @param {import("./stage.js").Stage} stage
 * @param {import("./transport.js").Transport} transport
 * @param {(changes: Record<string, any>) => void} setRule
 */
export const newLinked = (stage, transport, setRule) => {
  /** @param {string} name @param {any} value */
  return (name, value) => {
    const { runs, playing, stepsPerSecond } = stage.shown;
    const lrs = runs.map(({ lr }) => lr);
    if (name === "lr" && String(lrs) !== String(value)) setRule({ lr: value });
    if (name === "playing" && playing !== value) value ? transport.play() : transport.pause();
    if (name === "steps_per_second" && stepsPerSecond !== value) transport.setSpeed(value);
  };
};
