// The table of runs.

import { describe, expect, it } from "vitest";
import { runsTable } from "../../../../js/views/controls/runs-table.js";
import { plainView } from "../../plain-view.js";
import { RUNS, drawn } from "../race.js";

describe("the table of runs", () => {
  /** @param {import("../../plain-view.js").Wish} wish */
  function table(wish) {
    const { view } = plainView({ runs: RUNS, ...wish });
    /** @type {number[]} */
    const chosen = [];
    const draw = runsTable();
    const el = drawn(draw(view, (i) => chosen.push(i)));
    const cells = [...el.querySelectorAll("tbody tr")].map((row) =>
      [...row.children].map((cell) => cell.textContent?.trim()),
    );
    return { el, view, chosen, cells };
  }

  it("says how far each has got", () => {
    const { cells, el, view } = table({ steps: 60 });
    expect(cells.map(([name]) => name)).toEqual(["0.01", "0.1", "0.9"]);
    const limit = 1.01 * view.labels.bowl.floor;
    const first = view.runs.map((/** @type {any} */ { history }) => {
      for (let i = 0; i < history.length; i++) if (history.lossAt(i) <= limit) return String(i);
      return "—";
    });
    expect(cells.map(([, , step]) => step)).toEqual(first);
    expect(first[0]).toBe("—");
    expect(Number(first[2])).toBeGreaterThan(5);
    expect(el.querySelector("thead")?.textContent).toContain("steps to 1% above the best fit");
  });

  it("does not tell what has not been seen yet", () => {
    const { cells } = table({ steps: 60, changes: { seen: 3 } });
    expect(cells.map(([, , step]) => step)).toEqual(["—", "—", "—"]);
  });

  it("asks for a millionth of the first loss where the points are on a line", () => {
    const points = { x: [-1, 0, 1], y: [-1, 2, 5] };
    const { el, cells } = table({ points, steps: 200 });
    expect(el.querySelector("thead")?.textContent).toContain("a millionth of the first loss");
    expect(Number(cells[1][2])).toBeGreaterThan(10);
  });

  it("asks for what counts as near by the loss of the run, not by squares", () => {
    // Of points far up, small residuals are nothing beside Huber's loss of a line at 0.
    const points = { x: [-1, 0, 1, 2], y: [1e8, 1e8 + 0.3, 1e8 - 0.2, 1e8] };
    const huber = { kind: "huber", delta: 1, ridge: 0 };
    const runs = [0.1, 0.5].map((lr) => ({ lr, name: `${lr}`, loss: huber }));
    const { el } = table({ points, runs });
    expect(el.querySelector("thead")?.textContent).toContain("a millionth of the first loss");
    const { el: squares } = table({ points });
    expect(squares.querySelector("thead")?.textContent).toContain("1% above the best fit");
  });

  it("says who diverged, and when", () => {
    const { view } = plainView({ runs: RUNS });
    view.runs[2].divergedAt = 9;
    const el = drawn(runsTable()(view, () => {}));
    expect([...el.querySelectorAll("td")].at(-1)?.textContent).toBe("diverged at 9");
  });

  it("chooses one by its name", () => {
    const { el, chosen } = table({ changes: { chosen: 1 } });
    const radios = [...el.querySelectorAll("input")];
    expect(radios.map(({ checked }) => checked)).toEqual([false, true, false]);
    expect(radios.map(({ labels }) => labels?.[0].textContent?.trim())).toEqual([
      "0.01",
      "0.1",
      "0.9",
    ]);
    document.body.append(el); // else the browser tells nobody
    radios[2].click();
    el.remove();
    expect(chosen).toEqual([2]);
  });

  it("has radio buttons of its own in each view", () => {
    const names = [table({}), table({})].map(({ el }) => el.querySelector("input")?.name);
    expect(names[0]).not.toBe(names[1]);
  });
});
