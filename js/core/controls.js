// Which controls a person has: all, or those that a teacher has chosen. The twin of
// gd_widget/core/controls.py, which says what each is.

export const STEER = [
  ...["reset", "back", "play", "step", "timeline", "speed", "optimizer", "lr", "settings"],
  ...["data", "drag"],
];
export const CONTROLS = [...STEER, "residuals", "save", "keys", "full_screen"];
const BEGINNER = ["reset", "play", "step", "lr"];
export const VERDICTS = ["best", "true", "zones", "advice", "forecast"];

/**
 * @typedef {object} Frame  that a teacher gives
 * @property {string[] | "beginner" | null} controls  that are there; null: all
 * @property {string[]} lock  those of them that cannot be used
 */

/**
 * Whether there is a control.
 * @param {Frame["controls"]} controls
 * @param {string} name
 */
export const isShown = (controls, name) =>
  !controls || (controls === "beginner" ? BEGINNER : controls).includes(name);

/**
 * Whether a person can use it: it is there, and not locked.
 * @param {Frame} frame
 * @param {string} name
 */
export const isFree = ({ controls, lock }, name) => isShown(controls, name) && !lock.includes(name);
