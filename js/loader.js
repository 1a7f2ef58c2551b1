// What a widget of a notebook carries in place of the front end, which the notebook has once, as a
// model of its own (gd_widget/front_end.py): it waits until that is on the page, and hands on to it.

const THIS_BUILD = "gd_widget of this build";
const MISSING = "The front end is not on this page. Run the cell again to see the widget.";

const page = /** @type {any} */ (globalThis);

/**
 * What widget.js exports, as soon as the page has it; refused where the host has no such model.
 * @param {any} model
 * @returns {Promise<any>}
 */
const frontEnd = (model) =>
  new Promise((resolve, reject) => {
    const take = () => resolve(page[THIS_BUILD]());
    if (page[THIS_BUILD]) return take();
    page.addEventListener(THIS_BUILD, take, { once: true });
    haveItMade(model).catch(() => {
      reject(new Error(MISSING));
      // A kernel answers by putting all of it in the place of this: hosts then begin the widget anew.
      model.send({ json: '{"type":"front_end"}' });
    });
  });

/** Some hosts make a model only when it is asked for. @param {any} model */
async function haveItMade(model) {
  new DecompressionStream("deflate-raw"); // it unpacks itself, which old browsers cannot
  await model.widget_manager.get_model(model.get("_front_end").replace("IPY_MODEL_", ""));
}

/** @type {Promise<any>} */
let widget;

export default {
  // Does not wait: a host gives up a model that takes seconds here.
  initialize(/** @type {{ model: any }} */ context) {
    widget ??= frontEnd(context.model);
    const begun = widget.then(
      (its) => its.initialize(context),
      () => () => {},
    );
    return () => begun.then((end) => end());
  },

  async render(/** @type {{ model: any, el: HTMLElement }} */ context) {
    const its = await widget.catch((/** @type {Error} */ { message }) => {
      context.el.textContent = message;
    });
    return its?.render(context);
  },
};
