import { expect, it } from "vitest";
import { panelsFor } from "../../../js/core/settings.js";

const OF_A_LINE = ["fit", "surface", "loss", "code"];
const OF_MORE = ["fit", "surface", "loss", "directions", "code"];

it.each([
  [2, undefined, OF_A_LINE],
  [3, undefined, OF_MORE],
  [3, ["cross_entropy"], OF_A_LINE],
  [3, ["huber", "mse"], OF_MORE],
  [2, ["function"], ["surface", "loss", "code"]],
])("the panels that suit %d parameters and the losses %j", (d, losses, panels) => {
  expect(panelsFor(d, losses)).toEqual(panels);
});
