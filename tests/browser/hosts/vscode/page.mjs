// A notebook's output as VS Code shows it: its own manager of widgets, and a kernel.
import { KernelManager, ServerConnection } from "@jupyterlab/services";
import { activate } from "@vscode/jupyter-ipywidgets8";

const VIEW = "application/vnd.jupyter.widget-view+json";
const output = /** @type {HTMLElement} */ (document.querySelector("main"));
const cell = /** @type {HTMLElement} */ (document.querySelector("script[type='text/x-python']"));

/** Widgets' front ends are AMD modules, which VS Code lends from the kernel's environment. */
const scripts = {
  widgetsRegisteredInRequireJs: new Set(),
  loadWidgetScript: async (/** @type {string} */ name) =>
    requirejs.config({ paths: { [name]: `./${name}` } }),
  successHandler() {},
  errorHandler: (/** @type {unknown[]} */ ...what) => console.error("no front end", ...what),
};

const serverSettings = ServerConnection.makeSettings({ baseUrl: location.origin });
const kernel = await new KernelManager({ serverSettings }).startNew({ name: "python3" });
kernel.commsOverSubshells = "disabled"; // VS Code has none

activate();
window.vscIPyWidgets8.load();
const manager = new window.vscIPyWidgets.WidgetManager(kernel, output, scripts, () => {}, {});

/** Draw a widget where the cell's output is. @param {string} id */
async function show(id) {
  const model = await manager.get_model(id);
  const view = await manager.create_view(model, { el: output });
  await manager.display_view({}, view, { node: output });
}

/** Run a cell, and draw the widgets that it shows. Returns what it prints. @param {string} code */
globalThis.runCell = async (code) => {
  let printed = "";
  const run = kernel.requestExecute({ code });
  run.onIOPub = ({ content }) => {
    if (content.data?.[VIEW]) show(content.data[VIEW].model_id);
    printed += content.text ?? content.traceback?.join("\n") ?? "";
  };
  await run.done;
  return printed;
};

await runCell(cell.textContent);
