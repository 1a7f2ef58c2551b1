// Which part of a chart is seen: wheel, pinch and drag, about whatever is pointed at, and buttons.
// A memory: events change it, and so does the time until a glide is over; drawing reads it.

import { clamp } from "./clamp.js";
import { dragging, placeIn } from "./drag.js";
import { moved } from "./still-axis.js";

const WHEEL = 0.01; // of the logarithm, for a pixel
const FASTEST = 50; // pixels of the wheel, at once
const DEEPEST = 1e6; // times as large as all
const DIGITS = 1e-12; // of a number, that a chart can tell apart
const MIDDLE = /** @type {Pair} */ ([0.5, 0.5]);

/**
 * @typedef {import("./scales.js").Range} Range
 * @typedef {import("./axes.js").Box} Box
 * @typedef {{ x: Range, y: Range }} Part
 * @typedef {[number, number]} Pair  along x and along y
 * @typedef {ReturnType<typeof zooming>} Zoom
 */

/**
 * One view's zoom.
 * @param {Pick<import("../../types.js").Motion, "again" | "redraw">} motion
 */
export function zooming(motion) {
  /** @type {Part | null} */
  let part = null; // null: all is seen
  /** @type {Part | null} */
  let goal = null; // where it is going
  /** @type {Part} */
  let all;
  /** @type {unknown} */
  let of;
  /** @type {Box} */
  let box;
  /** @type {{ distance: number, place: Pair } | null} */
  let pinch = null;

  /**
   * What is seen next: as much smaller, about a place in the chart, and moved.
   * @param {number} factor
   * @param {Pair} about  shares of width and height, from the lowest
   * @param {Pair} [by]  the same, of what is seen then
   * @param {boolean} [glides]
   */
  const go = (factor, about, by = [0, 0], glides = false) => {
    const from = (glides && goal) || part || all;
    const next = zoomed(from, all, factor, about, by);
    part = glides ? (part ?? all) : next;
    goal = glides || isAll(next) ? next : null;
    motion.redraw();
  };

  const isAll = (/** @type {Part} */ some) => isWhole(some.x, all.x) && isWhole(some.y, all.y);

  /** @param {Pair} place  pixels @returns {Pair} */
  const shares = ([px, py]) => [
    (px - box.left) / (box.right - box.left),
    (box.bottom - py) / (box.bottom - box.top),
  ];

  /** @param {Pair} from @param {Pair} to @returns {Pair} */
  const between = (from, to) => {
    const [[x1, y1], [x2, y2]] = [shares(from), shares(to)];
    return [x1 - x2, y1 - y2];
  };

  /** @type {Pair} */
  let last;
  const pan = dragging({
    grip: (...place) => (last = place),
    to: (...place) => {
      go(1, [0, 0], between(last, place));
      last = place;
    },
  });

  return {
    /**
     * Before each drawing: what is to be seen in it.
     * @param {Part} whole
     * @param {unknown} data  of others, all is seen
     * @param {Box} room
     * @returns {Part}
     */
    follow: (whole, data, room) => {
      if (data !== of) part = goal = null;
      [all, of, box] = [whole, data, room];
      // What all is may have become less.
      const within = (/** @type {Part | null} */ some) => some && zoomed(some, all, 1);
      [part, goal] = [within(part), within(goal)];
      if (part && goal) {
        const { again } = motion;
        part = { x: moved(part.x, goal.x, again), y: moved(part.y, goal.y, again) };
        if (part.x === goal.x && part.y === goal.y) {
          part = isAll(goal) ? null : goal;
          goal = null;
        }
      }
      return part ?? all;
    },

    /** Whether all is seen, or will be. */
    get isNothingLeft() {
      return !part || (goal !== null && isAll(goal));
    },

    /** Glide to a part so many times as long. @param {number} factor */
    scale: (factor) => go(factor, MIDDLE, [0, 0], true),

    /** Glide to show all. */
    showAll: () => go(DEEPEST, MIDDLE, [0, 0], true),

    /** Glide by shares of what is seen. @param {Pair} by */
    shift: (by) => go(1, MIDDLE, by, true),

    /** The handler of a pointerdown on the background, where there is something to be moved. */
    get pan() {
      return part ? pan : null;
    },

    onWheel: (/** @type {any} */ event) => {
      // Without a key, the wheel is the page's.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const turned = event.deltaMode ? FASTEST * Math.sign(event.deltaY) : event.deltaY;
      const step = clamp(turned, -FASTEST, FASTEST);
      go(Math.exp(WHEEL * step), shares(placeIn(event)));
    },

    onTouch: {
      passive: false,
      handleEvent: (/** @type {any} */ event) => {
        const [one, other] = event.touches;
        if (!other) return void (pinch = null);
        event.preventDefault();
        const { currentTarget } = event;
        const clientX = (one.clientX + other.clientX) / 2;
        const clientY = (one.clientY + other.clientY) / 2;
        const place = placeIn({ currentTarget, clientX, clientY });
        const apart = [one.clientX - other.clientX, one.clientY - other.clientY];
        const distance = Math.hypot(...apart);
        if (pinch) go(pinch.distance / distance, shares(pinch.place), between(pinch.place, place));
        pinch = { distance, place };
      },
    },
  };
}

/**
 * Another part, no smaller than can be told apart, and in what there is.
 * @param {Part} part
 * @param {Part} all
 * @param {number} factor  of its lengths
 * @param {Pair} [about]  the shares of it that keep their places
 * @param {Pair} [by]  the shares of its new lengths that it is moved by
 * @returns {Part}
 */
function zoomed(part, all, factor, about = MIDDLE, by = [0, 0]) {
  const along = (/** @type {"x" | "y"} */ axis, /** @type {0 | 1} */ i) => {
    const [[low, high], [least, most]] = [part[axis], all[axis]];
    const whole = most - least;
    const shortest = Math.max(whole / DEEPEST, DIGITS * Math.max(Math.abs(least), Math.abs(most)));
    const length = clamp((high - low) * factor, shortest, whole);
    const start = low + about[i] * (high - low - length) + by[i] * length;
    const from = Math.max(Math.min(start, most - length), least);
    return /** @type {Range} */ ([from, from + length]);
  };
  return { x: along("x", 0), y: along("y", 1) };
}

/** @param {Range} range @param {Range} all */
const isWhole = ([low, high], [least, most]) => high - low >= (1 - 1e-9) * (most - least);
