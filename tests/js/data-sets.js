// Points of several kinds, and their bowls.

import { bowlOf } from "../../js/core/quadratic.js";
import cases from "../golden/gradient_descent.json";

const LESSON = "the lesson";

export const DATA = [
  ...cases.filter(({ name }) => [LESSON, "x in 0 to 100", "one point"].includes(name)),
  { name: "x = ±1: a round bowl", x: [-1, 1], y: [2, 5] },
  { name: "equal x: a valley", x: [3, 3, 3], y: [1, 2, 6] },
  {
    name: "x around 2",
    x: [1, 1.5, 2, 2.5, 3],
    y: [1, 2, 0, 4, 3],
  },
].map(({ name, x, y }) => ({ name, x, bowl: bowlOf([x], y) }));

export const [{ bowl: LESSON_BOWL }] = DATA;
