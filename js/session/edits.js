// Edits of the points, made in this page, and what takes them back.

import { spliced } from "../core/points.js";
import { bowlOf } from "../core/quadratic.js";

/**
 * @typedef {import("../core/quadratic.js").Params} Params
 * @typedef {{ at: number, remove: number, insert: Params[] }} Edit
 */

export class Edits {
  #stage;
  #source;
  #transport;
  /** What takes back each edit. @type {Edit[]} */
  #undoing = [];
  #unanswered = 0; // edits that the source has yet to answer

  /**
   * @param {import("./stage.js").Stage} stage
   * @param {import("../sources/switching.js").EitherSource} source
   * @param {import("./transport.js").Transport} transport
   */
  constructor(stage, source, transport) {
    this.#stage = stage;
    this.#source = source;
    this.#transport = transport;
  }

  /**
   * Replace some points by others; training begins again from the line that is shown.
   * @param {Edit} edit
   * @param {boolean} goesOn  part of the edit before, as when a point is dragged further
   */
  make(edit, goesOn) {
    const { x, y } = this.#stage.act().points;
    const { at, remove, insert } = edit;
    const removed = Array.from(
      { length: remove },
      (_, i) => /** @type {Params} */ ([x[at + i], y[at + i]]),
    );
    if (!goesOn) this.#undoing.push({ at, remove: insert.length, insert: removed });
    this.#make(edit);
  }

  /** Take back the last edit that there is. */
  undo() {
    this.#stage.act();
    const edit = this.#undoing.pop();
    if (edit) this.#make(edit);
  }

  /** The points are others, or will be: there is nothing to take back. */
  forget() {
    this.#undoing = [];
  }

  /** The source has other points: unless an edit made here is why, none of them is of these. */
  replaced() {
    if (!this.#unanswered) this.forget();
  }

  /** @param {Edit} edit */
  async #make({ at, remove, insert }) {
    const view = this.#stage.shownView;
    const { step, runs, row } = view;
    this.#transport.rest();
    view.points = spliced(view.points, at, remove, insert);
    view.labels = { ...view.labels, bowl: bowlOf(view.points.x, view.points.y) };
    // A race shows several lines, and begins again at the guess.
    this.#stage.restart(runs.length > 1 ? view.guess : [row.slope, row.intercept]);
    this.#unanswered += 1;
    // What was refused is not there to be taken back.
    if (!(await this.#source.command("edit", { step, at, remove, insert }))) this.forget();
    this.#unanswered -= 1;
  }
}
