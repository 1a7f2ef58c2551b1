// What else on a page sets the widget's traits, as a slider that ipywidgets links to its rate: without
// a kernel to hear of it, this page does what it says.

/**
 * @param {import("./stage.js").Stage} stage
 * @param {import("./transport.js").Transport} transport
 * @param {(changes: Record<string, any>) => void} setRule
 */
export function newLinked(stage, transport, setRule) {
  /** By the names of the traits: what one says now, and how it is changed. */
  const traits = {
    lr: {
      get value() {
        const lrs = stage.shown.runs.map(({ lr }) => lr);
        return lrs.length > 1 ? lrs : lrs[0];
      },
      set: (/** @type {any} */ lr) => setRule({ lr }),
    },
    playing: {
      get value() {
        return stage.shown.playing;
      },
      set: (/** @type {any} */ playing) => (playing ? transport.play() : transport.pause()),
    },
    steps_per_second: {
      get value() {
        return stage.shown.stepsPerSecond;
      },
      set: transport.setSpeed,
    },
  };

  /** @param {string} name @param {any} value */
  return (name, value) => {
    const trait = traits[/** @type {keyof typeof traits} */ (name)];
    if (String(trait.value) !== String(value)) trait.set(value);
  };
}
