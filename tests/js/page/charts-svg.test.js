// The charts as a picture that needs nothing else.

import { afterEach, describe, expect, it, vi } from "vitest";
import { svgOf } from "../../../js/page/charts-svg.js";
import { twoCharts } from "./two-charts.js";

/** @param {string} text */
const parsed = (text) => new DOMParser().parseFromString(text, "image/svg+xml").documentElement;

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

describe("svgOf", () => {
  it("is one SVG of the charts, as large as they are together, on paper", () => {
    const picture = parsed(svgOf(twoCharts()));
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
    const text = svgOf(twoCharts());
    const line = parsed(text).querySelector("line");
    expect(line?.getAttribute("stroke")).toBe("rgb(0, 114, 178)");
    expect(line?.getAttribute("opacity")).toBe("0.5");
    expect(text).not.toMatch(/ (class|style|tabindex)=|<!--/);
  });

  it("leaves out what is not seen", () => {
    expect(parsed(svgOf(twoCharts())).querySelectorAll("line")).toHaveLength(1);
  });

  it("keeps text as text, whatever it looks like", () => {
    const picture = parsed(svgOf(twoCharts()));
    expect(picture.querySelector("text")?.textContent).toBe("x < 1 & y");
    expect(picture.querySelector("[aria-label]")?.getAttribute("aria-label")).toBe("<a> & b");
  });

  it("has in a chart what a canvas shows under it", () => {
    const root = twoCharts();
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
    const root = twoCharts();
    const before = root.outerHTML;
    svgOf(root);
    expect(root.outerHTML).toBe(before);
  });
});
