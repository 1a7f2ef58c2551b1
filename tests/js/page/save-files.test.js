// Files of what is shown: that nothing is lost on the way, and that they need nothing else.

import { html, nothing, render } from "lit-html";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { History } from "../../../js/core/table.js";
import { svgOf } from "../../../js/page/charts-svg.js";
import { csv, missing } from "../../../js/page/history-csv.js";
import { download, saving } from "../../../js/page/save-files.js";
import { saveMenu } from "../../../js/views/controls/save-menu.js";

const STYLE = `
  .gd-widget { --paper: #fafafa; }
  .line { stroke: rgb(0, 114, 178); stroke-width: 2.5px; opacity: 0.5; }
  .gone { display: none; }
`;

/** @param {number[][]} rows */
function historyOf(...rows) {
  const history = new History();
  history.write(Float64Array.from(rows.flat()));
  return history;
}

const ROWS = [
  [0, -1, 1, 7.955368194912871, -2.6, -2.9999999999999996, 0.1],
  [1, -0.74, 1.3, 1e-300, 5e-324, 1.7976931348623157e308, 0.1],
];

/** @returns {HTMLElement} a view with two charts of 300 by 100, one under the other */
function view() {
  const root = document.createElement("div");
  root.className = "gd-widget";
  const button = html`<button><svg class="icon"></svg></button>`;
  const charts = html`<style>
      ${STYLE}
    </style>
    <svg class="fit" width="300" height="100" aria-label=${"<a> & b"}>
      <svg x="10" y="20">
        <line class="line" x1="1" y1="2" x2="3" y2="4" />
        <line class="gone" x1="5" />
      </svg>
      <text tabindex="0">${"x < 1 & y"}</text>
    </svg>
    <div>
      <svg class="loss" width="300" height="100">
        ${nothing}
        <path d="M0,0" />
      </svg>
    </div>
    ${button}`;
  render(charts, root);
  document.body.append(root);
  const boxes = { fit: new DOMRect(50, 200, 300, 100), loss: new DOMRect(50, 320, 300, 100) };
  for (const [name, box] of Object.entries(boxes)) {
    const chart = /** @type {Element} */ (root.querySelector(`.${name}`));
    chart.getBoundingClientRect = () => box;
  }
  return root;
}

/** @param {string} text */
const parsed = (text) => new DOMParser().parseFromString(text, "image/svg+xml").documentElement;

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

describe("csv", () => {
  /** @param {string} name @param {number[][]} rows */
  const run = (name, ...rows) => ({ name, history: historyOf(...rows) });

  it("has the history's columns, and every number in all its digits", () => {
    const [header, ...lines] = csv([run("", ...ROWS)])
      .trimEnd()
      .split("\n");
    expect(header).toBe("step,slope,intercept,loss,grad_slope,grad_intercept,lr,epoch");
    expect(lines.map((line) => line.split(",").map(Number))).toEqual(
      ROWS.map((row) => [...row, 0]),
    );
  });

  it("is a header alone where nothing is known", () => {
    expect(csv([run("")]).split("\n")).toHaveLength(2);
  });

  it("has all runs of a race, each row under its run's name", () => {
    const lines = csv([run("Adam, 0.1", ...ROWS), run('my "own"', ROWS[0])]).split("\n");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^run,step,/);
    expect(lines[2]).toMatch(/^"Adam, 0.1",1,-0.74,/);
    expect(lines[3]).toMatch(/^"my ""own""",0,-1,/);
  });

  it("counts epochs", () => {
    const history = historyOf(ROWS[0]);
    history.n = 4;
    const stretch = { step: 1, epoch: 0, batch: 0, optimizer: "gd", lr: 0.1, batch_size: 1 };
    history.write(Float64Array.from(ROWS[1]), 0, [stretch]);
    expect(csv([{ name: "", history }])).toMatch(/,0.1,0.25\n$/);
  });
});

describe("svgOf", () => {
  it("is one SVG of the charts, as large as they are together, on paper", () => {
    const picture = parsed(svgOf(view()));
    expect(picture.namespaceURI).toBe("http://www.w3.org/2000/svg");
    expect(picture.getAttribute("width")).toBe("324");
    expect(picture.getAttribute("height")).toBe("244");
    expect(picture.firstElementChild?.localName).toBe("rect");
    expect(picture.firstElementChild?.getAttribute("fill")).toBe("#fafafa");
    const charts = [...picture.children].slice(1);
    expect(charts.map((chart) => [chart.getAttribute("x"), chart.getAttribute("y")])).toEqual([
      ["12", "12"],
      ["12", "132"],
    ]);
  });

  it("says with each element how it looks, and needs no style sheet", () => {
    const text = svgOf(view());
    const line = parsed(text).querySelector("line");
    expect(line?.getAttribute("stroke")).toBe("rgb(0, 114, 178)");
    expect(line?.getAttribute("opacity")).toBe("0.5");
    expect(text).not.toMatch(/ (class|style|tabindex)=|<!--/);
  });

  it("leaves out what is not seen", () => {
    expect(parsed(svgOf(view())).querySelectorAll("line")).toHaveLength(1);
  });

  it("keeps text as text, whatever it looks like", () => {
    const picture = parsed(svgOf(view()));
    expect(picture.querySelector("text")?.textContent).toBe("x < 1 & y");
    expect(picture.querySelector("[aria-label]")?.getAttribute("aria-label")).toBe("<a> & b");
  });

  it("has in a chart what a canvas shows under it", () => {
    const root = view();
    const canvas = document.createElement("canvas");
    canvas.getBoundingClientRect = () => new DOMRect(60, 205, 280, 80);
    vi.spyOn(canvas, "toDataURL").mockReturnValue("data:image/png;base64,AAAA");
    root.querySelector(".fit")?.before(canvas);
    const [image, ...others] = parsed(svgOf(root)).querySelectorAll("image");
    expect(others).toEqual([]);
    expect(image.parentElement?.firstElementChild, "under all else").toBe(image);
    const place = ["x", "y", "width", "height"].map((name) => image.getAttribute(name));
    expect(place).toEqual(["10", "5", "280", "80"]);
    expect(image.getAttribute("href")).toBe("data:image/png;base64,AAAA");
  });

  it("says so where there is no chart", () => {
    expect(() => svgOf(document.createElement("div"))).toThrow("there is no chart");
  });

  it("leaves the page as it is", () => {
    const root = view();
    const before = root.outerHTML;
    svgOf(root);
    expect(root.outerHTML).toBe(before);
  });
});

describe("a download", () => {
  /** @type {string[]} */
  let clicked = [];
  const note = (/** @type {Event} */ event) => {
    const link = /** @type {HTMLAnchorElement} */ (event.target);
    clicked.push(`${link.download} ${link.href}`);
    event.preventDefault();
  };

  beforeEach(() => {
    clicked = [];
    vi.useFakeTimers();
    URL.createObjectURL = vi.fn(() => "blob:made");
    URL.revokeObjectURL = vi.fn();
    document.addEventListener("click", note);
  });

  afterEach(() => {
    document.removeEventListener("click", note);
    vi.useRealTimers();
  });

  it("is a link on the page that is clicked, and nothing of it is left", () => {
    download(new Blob(["a"]), "a.csv");
    expect(clicked).toEqual(["a.csv blob:made"]);
    expect(document.querySelector("a")).toBe(null);
    vi.runAllTimers();
    expect(URL.revokeObjectURL).toHaveBeenCalledWith("blob:made");
  });

  it.each([
    ["Gradient descent", "gradient-descent"],
    ["../<b>Größe</b> & 2", "b-größe-b-2"],
    ["…", "gradient-descent"],
  ])("of %j is called %s", (title, name) => {
    const labels = /** @type {any} */ ({ title });
    const runs = [{ name: "", history: historyOf(...ROWS) }];
    const files = saving(view(), { view: { runs, labels } });
    files.svg();
    files.csv();
    expect(clicked.map((words) => words.split(" ")[0])).toEqual([`${name}.svg`, `${name}.csv`]);
  });
});

describe("the menu", () => {
  /** @param {{ svg?: () => void, png?: () => Promise<void>, missing?: () => string }} actions */
  function menu(actions) {
    const el = document.createElement("div");
    document.body.append(el);
    render(saveMenu({ svg() {}, async png() {}, csv() {}, missing: () => "", ...actions }), el);
    const details = /** @type {HTMLDetailsElement} */ (el.querySelector("details"));
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
    const entries = [...details.querySelectorAll("button")];
    return { details, entries, summary: details.querySelector("summary") };
  }

  it("is three buttons, the first of which has the focus when it opens", () => {
    const { entries, summary } = menu({});
    const names = ["Save as SVG", "Save as PNG", "Save history as CSV"];
    expect(entries.map((entry) => entry.textContent?.trim())).toEqual(names);
    expect(summary?.textContent).toBe("Save");
    expect(document.activeElement).toBe(entries[0]);
  });

  it("says what the history lacks", () => {
    const whole = historyOf(...ROWS);
    expect(missing([{ name: "", history: whole }])).toBe("");
    const thinned = historyOf(ROWS[0], [1_999, ...ROWS[1].slice(1)]);
    const words = missing([whole, thinned].map((history) => ({ name: "", history })));
    expect(words).toBe("The history is of 4 of 2,002 rows.");
    expect(menu({ missing: () => words }).details.textContent).toContain(words);
    expect(menu({}).details.querySelector("p")).toBeNull();
  });

  it("closes when something is chosen and done", async () => {
    const svg = vi.fn();
    const { details, entries, summary } = menu({ svg });
    entries[0].click();
    await vi.waitFor(() => expect(details.open).toBe(false));
    expect(svg).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(summary);
  });

  it("stays open and says why when a file cannot be made", async () => {
    const png = async () => {
      throw new Error("the picture is too large for this browser");
    };
    const { details, entries } = menu({ png });
    entries[1].click();
    const line = details.querySelector("[role=alert]");
    await vi.waitFor(() =>
      expect(line?.textContent).toBe(
        "This could not be saved: the picture is too large for this browser",
      ),
    );
    expect(details.open).toBe(true);
  });
});
