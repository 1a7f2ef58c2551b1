// What of the space goes to a view, in pixels of its own type.

import { describe, expect, it } from "vitest";
import { roomIn } from "../../../js/page/room.js";
import { layOutShadow } from "../../../js/views/directions/layout-of-shadow.js";
import { layOut } from "../../../js/views/layout.js";

const USUAL = { height: null, size: "normal" };

describe("the room of a view", () => {
  it.each([
    { where: "JupyterLab at 1280 by 720", width: 824, height: 720, high: 560 },
    { where: "JupyterLab at 1366 by 768", width: 910, height: 768, high: 608 },
    { where: "a tall screen", width: 1200, height: 1000, high: 840 },
    { where: "a wall", width: 1200, height: 3000, high: 900 },
    { where: "a frame, which is as high as what is in it", width: 824, height: 0, high: 560 },
    { where: "a phone, whatever is in sight of it", width: 366, height: 400, high: 750 },
  ])("is as high as what is in sight, within reason: $where", ({ width, height, high }) => {
    expect(roomIn({ width, height }, USUAL, false, 0)).toEqual({ scale: 1, width, height: high });
  });

  it("is as high as was asked for", () => {
    const asked = { ...USUAL, height: 480 };
    expect(roomIn({ width: 824, height: 1000 }, asked, false, 0).height).toBe(480);
  });

  it("has fewer and larger pixels where the type is large", () => {
    const { scale, ...room } = roomIn(
      { width: 824, height: 720 },
      { ...USUAL, size: "large" },
      false,
      0,
    );
    expect(12 * scale).toBe(16);
    expect(room).toEqual({ width: 618, height: 420 });
    const phone = { width: 366, height: 720 };
    expect(roomIn(phone, { ...USUAL, size: "large" }, false, 0).scale, "it is near at hand").toBe(
      1,
    );
  });

  it("is the whole of a full screen, in which 12 pixels are 20 at 1280 by 720", () => {
    const space = { width: 1240, height: 720 };
    const { scale, height } = roomIn(space, { ...USUAL, height: 480 }, true, 0);
    expect(12 * scale).toBeGreaterThanOrEqual(20);
    expect(height * scale).toBeGreaterThan(718);
    expect(roomIn({ width: 360, height: 700 }, USUAL, true, 0).scale).toBe(1);
  });
});

describe("the heights of charts", () => {
  const ALL = ["fit", "surface", "loss", "code"];
  const heights = (/** @type {string[]} */ panels, /** @type {[number, number]} */ ...room) => {
    const { size } = layOut(panels, ...room);
    return panels.filter((name) => name !== "code").map((name) => size(name).height);
  };

  it("are what the rest leaves of 560 pixels, and more where there is more", () => {
    expect(heights(ALL, 824, 560)).toEqual([268, 268, 99]);
    const [fit, , loss] = heights(ALL, 824, 700);
    expect(fit + loss).toBeGreaterThan(268 + 99 + 130);
    expect(layOut(ALL, 824, 560).isRoomy).toBe(false);
    expect(layOut(ALL, 824, 720).isRoomy).toBe(true);
  });

  it("are shared by those that are shown", () => {
    expect(heights(["fit", "loss"], 824, 560)).toEqual([268, 99]);
    expect(heights(["fit"], 824, 560)).toEqual([368]);
    expect(heights(["loss"], 824, 560)).toEqual([260]);
    expect(heights(ALL, 1600, 560)).toEqual([349, 349, 349]);
  });

  it("are in one column on a phone, where the surface comes after the controls", () => {
    const { isBelow, columns } = layOut(ALL, 366, 750);
    expect(ALL.filter(isBelow)).toEqual(["surface"]);
    expect(columns).toBe(1);
    const sum = heights(ALL, 366, 750).reduce((all, one) => all + one);
    expect(sum).toBeGreaterThan(441);
    expect(sum).toBeLessThan(451);
    expect(["surface", "loss"].some(layOut(["surface", "loss"], 366, 750).isBelow)).toBe(false);
  });

  it("are those of two pairs where there are directions, which on a phone come last", () => {
    const both = [...ALL.slice(0, 3), "directions"];
    expect(heights(both, 824, 560)).toEqual([227, 227, 140, 140]);
    expect(layOut(both, 824, 560).spans).toMatchObject({ loss: 1, directions: 1 });
    expect(heights(["loss", "directions"], 824, 560)).toEqual([138, 230]);
    expect(heights(both, 753, 432), "of a full screen").toEqual([130, 130, 110, 110]);
    expect(heights(both, 1600, 560)).toEqual([349, 349, 349, 349]);
    expect(both.filter(layOut(both, 366, 750).isBelow)).toEqual(["surface", "directions"]);
    expect(heights(both, 366, 750).slice(0, 3)).toEqual(heights(ALL, 366, 750));
  });

  it("are those of a pair without a fit, too", () => {
    const panels = ["surface", "loss", "directions"];
    /** @type {any} */
    const shadow = { panels, bowl: { of: 101 } };
    const { size, isBelow: _, ...wide } = /** @type {any} */ (layOutShadow(shadow, 824, 560));
    expect(panels.map((name) => size(name).height)).toEqual([268, 99, 268]);
    expect(wide).toMatchObject({ columns: 2, spans: { loss: 2, directions: 1 } });
    expect(panels.filter((name) => layOutShadow(shadow, 366, 750)?.isBelow(name))).toEqual([
      "directions",
    ]);
    expect(layOutShadow({ ...shadow, bowl: {} }, 824, 560)).toBe(null);
  });

  it("leave the width to what stands beside the charts", () => {
    const width = (/** @type {number} */ aside) => layOut(ALL, 824, 560, aside).size("loss").width;
    expect(width(0) - width(266)).toBe(266);
  });

  it("are never less than can be read", () => {
    expect(heights(ALL, 824, 440), "no chart takes what another cannot do without").toEqual([
      178, 178, 70,
    ]);
    expect(heights(ALL, 824, 360)).toEqual([110, 110, 70]);
    expect(heights(ALL, 366, 380)).toEqual([156, 156, 70]);
  });
});
