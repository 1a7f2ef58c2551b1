#!/bin/sh
# In NiceGUI's ui.anywidget, model.off(event, callback) throws, and the callback goes on being called.
#
# Versions: NiceGUI 3.18.0, Python 3.11, Node 20 or newer.
# Guess before: the model that a front end gets does what anywidget's specification says: after off(),
#   the callback is called no more.
# Seen: "TypeError: this.callbacks[event]?.delete is not a function": callbacks are kept in an array,
#   which has no delete; Sets have.
# Who feels it: every widget that tidies up after itself: what
#   follows off() is not run, and each view that is gone still hears of changes.
# How: the component itself, out of the installed package, is mounted by Node with a front end of two
#   lines; only the loader of front ends, which needs a browser, is replaced.
# Output:
#   on(): heard 1
#   off(): TypeError
#   after off(): heard 2
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nicegui==3.18.0
package=$(echo "$folder"/venv/lib/python3*/site-packages/nicegui)
mkdir -p "$folder/page/elements/anywidget" "$folder/page/static" "$folder/page/node_modules/widget"
cp "$package/elements/anywidget/anywidget.js" "$folder/page/elements/anywidget/"
cp -r "$package/static/utils" "$folder/page/static/"
echo '{"type": "module"}' > "$folder/page/package.json"
echo '{"type": "module", "main": "index.js"}' > "$folder/page/node_modules/widget/package.json"
cat > "$folder/page/node_modules/widget/index.js" <<'LOADER'
export const load_widget = async (module) => module;
export const load_css = () => {};
LOADER
cat > "$folder/page/main.js" <<'PROGRAM'
import component from "./elements/anywidget/anywidget.js";

let heard = 0;
const count = () => (heard += 1);
const frontEnd = { render: ({ model }) => model.on("change:value", count) };
const view = { traits: { value: 0 }, esm_content: frontEnd, $emit() {}, $el: null };
await component.mounted.call(view);
view.model.set("value", 1);
console.log(`on(): heard ${heard}`);
try {
  view.model.off("change:value", count);
  console.log("off(): done");
} catch (error) {
  console.log(`off(): ${error.name}`);
}
view.model.set("value", 2);
console.log(`after off(): heard ${heard}`);
PROGRAM
node "$folder/page/main.js" > "$folder/seen"
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
on(): heard 1
off(): TypeError
after off(): heard 2
EXPECTED
diff "$folder/expected" "$folder/seen"
