// What not every page needs, and the sizes of the front end that are built with or without it.
//
// Where any page may be asked for, in a notebook or on a web page, there is all of it: widget.js. A
// page that is saved or kept in a cell has the smallest that has what it shows; what that needs, says
// gd_widget/page/parts.py.
//
// To whoever reads the sources a part is made of files as any other. In a size without it, what these
// export is null, and style sheets are empty: so call what is in a part only where there is something
// of its kind to show, and have nothing else in its files.

/** The files of each part, in js/. @type {Record<string, string[]>} */
export const PARTS = {
  // Models with any but two parameters, several features or powers.
  many: [
    "core/eigen.js",
    "core/features.js",
    "core/plane.js",
    "core/scaling.js",
    "sources/read-model.js",
    "views/controls/axis-choice.js",
    "views/directions/along.js",
    "views/directions/directions.css",
    "views/directions/directions.js",
    "views/directions/layout-of-shadow.js",
    "views/fit/fitted.css",
    "views/fit/fitted.js",
    "views/fit/many-words.js",
    "views/surface/cut-off.js",
    "views/surface/other-grounds.css",
    "views/surface/other-grounds.js",
    "views/surface/parabola.js",
    "views/surface/plane-choice.js",
    "words/en-many.js",
    "words/terms-of-many.js",
  ],
  // Pictures of very many points.
  density: [
    "core/picture.js",
    "sources/read-picture.js",
    "views/fit/density.css",
    "views/fit/density.js",
    "views/fit/finer-picture.js",
    "views/fit/paint-density.js",
  ],
  // Points that are held back.
  held: [
    "core/held-back.js",
    "views/fit/held-points.css",
    "views/fit/held-points.js",
    "views/loss/held-curve.css",
    "views/loss/held-curve.js",
    "views/loss/held-name.js",
    "words/terms-of-held.js",
  ],
  // Other losses than the mean squared error, and functions.
  losses: [
    "core/contours.js",
    "core/functions.js",
    "core/heights.js",
    "core/line-search.js",
    "core/loss-diagnoses.js",
    "core/losses.js",
    "sources/read-losses.js",
    "views/code/other-losses.js",
    "views/controls/other-rates.js",
    "views/fit/other-words.js",
    "views/fit/yes-or-no.css",
    "views/fit/yes-or-no.js",
    "views/surface/landscape.js",
    "words/en-losses.js",
    "words/terms-of-losses.js",
  ],
  // Several runs at once.
  race: [
    "bets/about-races.js",
    "core/run.js",
    "page/linked-races.js",
    "views/charts/runs.css",
    "views/controls/runs-table.css",
    "views/controls/runs-table.js",
    "words/en-races.js",
    "words/run-name.js",
  ],
  // What is seen beside the charts on a full screen.
  beside: ["views/beside.css", "views/beside.js"],
  // A kernel, which no saved page has; and what spares the page a class's hours of playing.
  kernel: [
    "session/linked.js",
    "sources/switching.js",
    "views/controls/kernel-words.css",
    "views/controls/kernel-words.js",
    "views/still.js",
  ],
  // A film of the page.
  film: ["page/film.js", "page/filming.js", "page/gif.js", "views/controls/film-entry.js"],
  // An address of its own, in which its state can stand.
  link: [
    "page/attributes.js",
    "page/link.js",
    "page/reopened.js",
    "sources/start.js",
    "views/controls/link-entry.js",
  ],
  // Questions that are asked before the outcome is shown.
  bets: [
    "bets/about-code.js",
    "bets/about-loss.js",
    "bets/about-rates.js",
    "bets/about-steps.js",
    "bets/asked.js",
    "bets/bet.js",
    "page/linked-bets.js",
    "session/gate.js",
    "views/bets/bets.css",
    "views/bets/draft.js",
    "views/bets/fields.js",
    "views/bets/on-the-loss.js",
    "views/bets/ordering.js",
    "views/bets/places.js",
    "views/bets/row.js",
    "views/bets/taken-along.js",
    "words/en-bets.js",
  ],
};

/**
 * What is built: its entry in js/, and the parts in it.
 * @type {Record<string, { entry: string, parts: string[] }>}
 */
export const SIZES = {
  "widget.js": { entry: "widget.js", parts: Object.keys(PARTS) },
  "line.js": { entry: "saved-page.js", parts: [] },
  "bets.js": { entry: "saved-page.js", parts: ["bets"] },
  "page.js": { entry: "saved-page.js", parts: ["film", "link"] },
  "page-that-asks.js": { entry: "saved-page.js", parts: ["bets", "film", "link"] },
};
