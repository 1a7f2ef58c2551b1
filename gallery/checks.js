// What must be true of every picture in the gallery. Each check returns what breaks it, in words
// that lead to the cause; the tests run them on the page, at several widths.

const CONTROLS = "button, input, select, textarea, summary";
const FIELDS = "input:not([type=range], [type=checkbox], [type=radio]), select, textarea";
const PLACES = `${CONTROLS}, output, .header *, .setting, [class*="-cell"], svg`;
const MARKS = ".line, circle.now, .best-mark, .true-mark, .landing *";
const TOLERANCE = 1; // pixels
const SMALLEST_TEXT = 12; // pixels
const SMALLEST_TARGET = 24; // pixels

/**
 * Words on the page: what holds them, where they are, and what can be seen of that.
 * @typedef {{ text: string, el: Element, boxes: DOMRect[], seen: DOMRect[] }} Words
 */

/** An element in few words. @param {Element} el */
function described(el) {
  const name = el.getAttribute("aria-label") ?? el.textContent?.trim().replace(/\s+/g, " ") ?? "";
  const classes = el.getAttribute("class")?.trim().replace(/\s+/g, ".");
  return `<${el.localName}${classes ? `.${classes}` : ""}> "${name.slice(0, 40)}"`;
}

/** @param {Element} el */
const isSeen = (el) =>
  !el.closest(".spoken, style, defs") && el.checkVisibility({ visibilityProperty: true });

/**
 * The part of a box that is not cut off by what it lies in.
 * @param {DOMRect} box
 * @param {Element | null} inside
 */
function seenPart(box, inside) {
  let { left, top, right, bottom } = box;
  for (let at = inside; at; at = at.parentElement) {
    if (getComputedStyle(at).overflow === "visible") continue;
    const frame = frameOf(at);
    left = Math.max(left, frame.left);
    top = Math.max(top, frame.top);
    right = Math.min(right, frame.right);
    bottom = Math.min(bottom, frame.bottom);
  }
  return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
}

/** What an element shows its content through. @param {Element} el */
function frameOf(el) {
  const matrix = el instanceof SVGSVGElement && el.ownerSVGElement && outerMatrix(el);
  if (!matrix) return el.getBoundingClientRect();
  // The bounding box of an SVG in an SVG is its content's: its own is in its attributes.
  const { x, y, width, height } = el;
  const corner = new DOMPoint(x.baseVal.value, y.baseVal.value).matrixTransform(matrix);
  return new DOMRect(
    corner.x,
    corner.y,
    matrix.a * width.baseVal.value,
    matrix.d * height.baseVal.value,
  );
}

/** @param {SVGSVGElement} el */
const outerMatrix = (el) => /** @type {SVGGraphicsElement} */ (el.parentNode).getScreenCTM();

/** @param {Element} root @returns {Words[]} */
function wordsIn(root) {
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim();
    const el = node.parentElement;
    if (!text || !el || !isSeen(el)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    found.push({ text, el, boxes: [...range.getClientRects()] });
  }
  for (const el of root.querySelectorAll(FIELDS)) {
    const { value } = /** @type {HTMLInputElement} */ (el);
    if (isSeen(el)) found.push({ text: value, el, boxes: [el.getBoundingClientRect()] });
  }
  return found.map((words) => ({
    ...words,
    seen: words.boxes
      .map((box) => seenPart(box, words.el))
      .filter((box) => box.width && box.height),
  }));
}

/** How far two boxes reach into each other. @param {DOMRect} a @param {DOMRect} b */
function overlap(a, b) {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return Math.min(width, height);
}

/** What was opened, and lies over the rest. @param {Element | null} el */
const sheetOf = (el) => el?.closest(".notice[open], .sheet") ?? null;

/** Words over other words. @param {Element} root */
function overlappingText(root) {
  const words = wordsIn(root).map((one) => ({ ...one, sheet: sheetOf(one.el) }));
  const found = [];
  for (const [i, one] of words.entries()) {
    for (const other of words.slice(i + 1)) {
      if (one.sheet !== other.sheet) continue;
      const most = Math.max(...one.seen.flatMap((a) => other.seen.map((b) => overlap(a, b))));
      if (most > TOLERANCE) {
        found.push(`${shown(one)} and ${shown(other)} overlap by ${most.toFixed(1)} px`);
      }
    }
  }
  return found;
}

/** What is in a chart, or in the buttons that stand on it. @param {Element} el */
const cellOf = (el) => el.closest('[class*="-cell"]');

/** Words of the rest over a chart. @param {Element} root */
function textOnCharts(root) {
  const charts = [...root.querySelectorAll("svg:not(svg svg)")].filter(
    (svg) => isSeen(svg) && cellOf(svg),
  );
  return wordsIn(root)
    .filter(({ el }) => !sheetOf(el))
    .flatMap((words) =>
      charts
        .filter((chart) => cellOf(chart) !== cellOf(words.el))
        .map((chart) => {
          const box = chart.getBoundingClientRect();
          return { chart, most: Math.max(...words.seen.map((seen) => overlap(seen, box))) };
        })
        .filter(({ most }) => most > TOLERANCE)
        .map(
          ({ chart, most }) => `${shown(words)} lies ${most.toFixed(1)} px on ${described(chart)}`,
        ),
    );
}

/**
 * A name over a path, a curve, or a mark. That of the best loss stands at its line, and those of axes at
 * their ends, over whatever comes there.
 * @param {Element} root
 */
function namesOnPaths(root) {
  return wordsIn(root)
    .filter(({ el }) => el.matches(":is(svg.surface, svg.loss .held-curve) .over text:not(.name)"))
    .flatMap((words) => {
      const [box] = words.boxes;
      const isIn = (/** @type {DOMPoint} */ { x, y }) =>
        x > box.left - 1 && x < box.right + 1 && y > box.top + 2 && y < box.bottom - 2;
      const chart = words.el.closest("svg");
      const over = [...(chart?.querySelectorAll(MARKS) ?? [])]
        .filter((mark) => isSeen(mark) && isNear(mark, box))
        .filter((mark) => pointsOf(/** @type {SVGGeometryElement} */ (mark)).some(isIn));
      return over.map((mark) => `${shown(words)} lies on ${described(mark)}`);
    });
}

/**
 * Whether a mark may reach into a box: to follow its outline takes long.
 * @param {Element} mark
 * @param {DOMRect} box
 */
function isNear(mark, box) {
  const { left, top, right, bottom } = mark.getBoundingClientRect();
  return right > box.left - 1 && left < box.right + 1 && bottom > box.top && top < box.bottom;
}

/** Some of a mark's outline, on the screen. @param {SVGGeometryElement} mark */
function pointsOf(mark) {
  const matrix = mark.getScreenCTM() ?? new DOMMatrix();
  const length = mark.getTotalLength();
  const parts = Math.ceil(length / 2) || 1;
  return Array.from({ length: parts + 1 }, (_, i) =>
    mark.getPointAtLength((i / parts) * length).matrixTransform(matrix),
  );
}

/** @param {Words} words */
const shown = ({ text, el }) => `"${text.slice(0, 40)}" in ${described(el).split(" ")[0]}`;

/**
 * Words of which only a part is seen, without dots or a way to the rest. Of what is not seen at
 * all, nothing is missed.
 * @param {Element} root
 */
function cutOffText(root) {
  const area = (/** @type {DOMRect[]} */ boxes) =>
    boxes.reduce((sum, { width, height }) => sum + width * height, 0);
  return wordsIn(root)
    .filter(({ boxes, seen }) => area(seen) > 0 && area(seen) < 0.95 * area(boxes))
    .filter(({ el }) => !isExcused(el))
    .map((words) => `${shown(words)} is cut off`);
}

/** Whether what is cut off here is told or can be scrolled to. @param {Element | null} el */
function isExcused(el) {
  for (let at = el; at; at = at.parentElement) {
    const { overflow, textOverflow } = getComputedStyle(at);
    if (/auto|scroll/.test(overflow) || textOverflow === "ellipsis") return true;
  }
  return false;
}

/**
 * Words that end in dots, here or in a drawing. A notice may: pressed, it shows the rest.
 * @param {Element} root
 */
function endsInDots(root) {
  const dotted = [...root.querySelectorAll("*")].filter(
    (el) =>
      isSeen(el) &&
      (el.localName === "text"
        ? el.textContent?.trim().endsWith("…")
        : getComputedStyle(el).textOverflow === "ellipsis" && el.scrollWidth > el.clientWidth),
  );
  return dotted.filter((el) => !el.closest(".notice")).map((el) => `${described(el)} ends in dots`);
}

/** What is further out than the view's own box. @param {Element} root */
function outside(root) {
  const own = root.getBoundingClientRect();
  const found = wordsIn(root)
    .filter(({ el, seen }) => !isExcused(el) && seen.some(({ right }) => right > own.right + 1))
    .map((words) => `${shown(words)} ends outside`);
  for (const el of root.querySelectorAll("*")) {
    if (!isSeen(el)) continue;
    const box = seenPart(el.getBoundingClientRect(), el.parentElement);
    if (!box.width && !box.height) continue;
    const by = Math.max(
      own.left - box.left,
      own.top - box.top,
      box.right - own.right,
      box.bottom - own.bottom,
    );
    if (by > TOLERANCE) found.push(`${described(el)} sticks out by ${by.toFixed(1)} px`);
  }
  return found;
}

/** How many times as large a matrix draws; words may stand upright. @param {DOMMatrix | null} matrix */
const scaleOf = (matrix) => (matrix ? Math.hypot(matrix.a, matrix.b) : 1);

/** @param {Element} root */
function tooSmallText(root) {
  return wordsIn(root).flatMap((words) => {
    const { el } = words;
    const matrix = el instanceof SVGGraphicsElement ? el.getScreenCTM() : null;
    const size = Number.parseFloat(getComputedStyle(el).fontSize) * scaleOf(matrix);
    return size < SMALLEST_TEXT ? [`${shown(words)} is ${size.toFixed(1)} px`] : [];
  });
}

/** What is no number where one should be, or was forgotten. @param {Element} root */
function notNumbers(root) {
  const values = [...root.querySelectorAll("input")].map((el) => el.value);
  const markup = [...root.children].filter((el) => el.localName !== "style");
  const text = [...markup.map((el) => el.outerHTML), ...values].join("\n");
  return [...text.matchAll(/\b(NaN|Infinity|undefined)\b/g)].map(({ 0: match, index }) =>
    text.slice(Math.max(0, index - 60), index + match.length + 60),
  );
}

/** @param {Element} root */
function controlsIn(root) {
  return [...root.querySelectorAll(CONTROLS)].filter(isSeen).map((control) => {
    const el = /** @type {HTMLInputElement} */ (control);
    return { el, labels: [...(el.labels ?? [])] };
  });
}

/** Controls without a name of their own. @param {Element} root */
function unnamed(root) {
  return controlsIn(root).flatMap(({ el, labels }) => {
    const names = [el.getAttribute("aria-label"), ...labels.map((label) => label.textContent)];
    if (!el.matches(FIELDS)) names.push(el.textContent);
    return names.some((name) => name?.trim()) ? [] : [el.outerHTML.slice(0, 120)];
  });
}

/** Controls that are small, or lie under something else where they are aimed at. @param {Element} root */
function hardToHit(root) {
  return controlsIn(root).flatMap(({ el, labels }) => {
    el.scrollIntoView({ block: "center" });
    const boxes = [el, ...labels].map((part) => part.getBoundingClientRect());
    const [left, top] = [
      Math.min(...boxes.map((b) => b.left)),
      Math.min(...boxes.map((b) => b.top)),
    ];
    const width = Math.max(...boxes.map((b) => b.right)) - left;
    const height = Math.max(...boxes.map((b) => b.bottom)) - top;
    if (Math.min(width, height) < SMALLEST_TARGET) {
      return [`${described(el)} is ${width.toFixed(1)} by ${height.toFixed(1)} px`];
    }
    const reach = SMALLEST_TARGET / 2 - 1;
    const page = /** @type {Document | ShadowRoot} */ (el.getRootNode());
    const at = [left + width / 2, top + height / 2];
    for (const [dx, dy] of [
      [0, 0],
      [reach, 0],
      [-reach, 0],
      [0, reach],
      [0, -reach],
    ]) {
      const hit = page.elementFromPoint(at[0] + dx, at[1] + dy);
      if (sheetOf(hit) && !sheetOf(el)) continue;
      if (![el, ...labels].some((part) => part.contains(hit))) {
        return [`${described(el)} lies under ${hit ? described(hit) : "nothing"}`];
      }
    }
    return [];
  });
}

/**
 * Where panels, controls and numbers are, in the view, by what they are called.
 * @param {Element} root
 * @returns {Record<string, number[]>}
 */
function places(root) {
  const own = root.getBoundingClientRect();
  /** @type {Record<string, number[]>} */
  const found = {};
  for (const el of root.querySelectorAll(PLACES)) {
    if (!isSeen(el) || el.parentElement?.closest("svg, button, summary")) continue;
    const classes = el.getAttribute("class") ?? "";
    const name = `<${el.localName} ${classes}> ${el.getAttribute("aria-label") ?? ""}`.trim();
    const { left, top, width, height } = el.getBoundingClientRect();
    let key = name;
    for (let i = 2; key in found; i++) key = `${name} (${i})`;
    found[key] = [left - own.left, top - own.top, width, height].map(
      (n) => Math.round(10 * n) / 10,
    );
  }
  return found;
}

Object.assign(globalThis, {
  checks: {
    overlappingText,
    textOnCharts,
    namesOnPaths,
    cutOffText,
    endsInDots,
    outside,
    tooSmallText,
    notNumbers,
    unnamed,
    hardToHit,
  },
  places,
});
