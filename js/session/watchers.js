// Who draws what is shown: each is called at most once a frame, when there is something new.

export class Watchers {
  #clock;
  /** @type {Set<() => void>} */
  #all = new Set();
  #frame = 0;

  /** @param {import("../core/clock.js").Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  get areNone() {
    return this.#all.size === 0;
  }

  /** @param {() => void} draw */
  add(draw) {
    this.#all.add(draw);
  }

  /** @param {() => void} draw */
  delete(draw) {
    this.#all.delete(draw);
  }

  close() {
    this.#clock.cancelFrame(this.#frame);
    this.#all.clear();
  }

  /** There is something new: it is drawn in the next frame. */
  changed() {
    if (this.#frame || this.areNone) return;
    this.#frame = this.#clock.requestFrame(() => this.draw());
  }

  /** Draw at once. */
  draw() {
    if (this.#frame) this.#clock.cancelFrame(this.#frame);
    this.#frame = 0;
    for (const draw of this.#all) {
      try {
        draw();
      } catch (error) {
        reportError(error); // as if nobody had caught it; other views and the player go on
      }
    }
  }
}
