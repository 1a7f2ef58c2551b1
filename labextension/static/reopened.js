// For JupyterLab and Notebook: where a notebook is reopened without being run, a widget's model is
// gone with its kernel, and "model not found" is shown. A cell of ours has kept a page beside the
// widget; this extension puts it there instead. Plain JavaScript, loaded as it is.

const WIDGET_VIEW = "application/vnd.jupyter.widget-view+json";
const HTML = "text/html";
const OUR_PAGE = /^<\w+ class="gd-widget-page"/;

const plugin = {
  id: "gd-widget:reopened",
  description: "Shows the page of a GDWidget whose model is gone.",
  autoStart: true,
  /** @param {any} app */
  activate: ({ docRegistry }) =>
    docRegistry.addWidgetExtension("Notebook", { createNew: standInForWidgets }),
};

/**
 * Have each place for a widget of this notebook show the page where there is no widget.
 * @param {any} panel  a NotebookPanel
 */
function standInForWidgets({ content: { rendermime } }) {
  const create = rendermime.createRenderer.bind(rendermime);
  rendermime.createRenderer = (/** @type {string} */ type, /** @type {any[]} */ ...rest) => {
    const place = create(type, ...rest);
    if (type === WIDGET_VIEW) {
      const render = place.renderModel.bind(place);
      place.renderModel = async (/** @type {any} */ output) => {
        await render(output);
        if (isEmpty(place) && isOurs(output)) await showPage(place, output, create(HTML, ...rest));
      };
    }
    return place;
  };
}

/** Whether the widget manager has looked for the model, and found none. @param {any} place */
const isEmpty = (place) => place.hasClass("jupyter-widgets") && place.widgets.length === 0;

/** @param {any} output */
const isOurs = ({ data }) => OUR_PAGE.test([data[HTML]].flat().join(""));

/**
 * @param {any} place
 * @param {any} output
 * @param {any} renderer  of HTML
 */
async function showPage(place, output, renderer) {
  place.node.textContent = "";
  place.removeClass("jupyter-widgets");
  place.addWidget(renderer);
  await renderer.renderModel(output);
}

// The form in which JupyterLab loads what was built apart from it: a container of modules.
/** @type {any} */ (globalThis)._JUPYTERLAB ??= {};
/** @type {any} */ (globalThis)._JUPYTERLAB["gd-widget"] = {
  init: () => {},
  get: () => Promise.resolve(() => ({ __esModule: true, default: plugin })),
};
