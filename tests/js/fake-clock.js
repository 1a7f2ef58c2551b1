// A page's clock that the tests turn: frames of 1/60 s, promises settled between them.

export class FakeClock {
  time = 0;
  #next = 1;
  /** @type {Map<number, (now: number) => void>} */
  #frames = new Map();

  now = () => this.time;

  /** @param {(now: number) => void} callback */
  requestFrame = (callback) => {
    this.#frames.set(this.#next, callback);
    return this.#next++;
  };

  /** @param {number} handle */
  cancelFrame = (handle) => {
    this.#frames.delete(handle);
  };

  get pending() {
    return this.#frames.size;
  }

  /** @param {number} [milliseconds] */
  async frame(milliseconds = 1000 / 60) {
    await settled();
    this.time += milliseconds;
    const due = [...this.#frames.values()];
    this.#frames.clear();
    for (const callback of due) callback(this.time);
    await settled();
  }

  /** @param {number} seconds */
  async seconds(seconds) {
    for (let i = Math.round(seconds * 60); i > 0; i--) await this.frame();
  }
}

/** Every promise that can be settled without time passing has been. */
export async function settled() {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
