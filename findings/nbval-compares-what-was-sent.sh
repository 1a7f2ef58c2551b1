#!/bin/sh
# nbval fails notebooks that nbconvert has just executed, wherever a display is cleared, updated or caught.
#
# Versions: nbval 0.11.0, pytest 9.2.0, nbconvert 7.17.2, nbclient 0.11.0, ipykernel 7.4.0,
#   ipywidgets 8.1.9, Python 3.11.
# Guess before: a notebook executed by `jupyter nbconvert --execute --inplace` and then run by
#   `pytest --nbval`, nothing changed between, passes where each cell gives the same every time.
# Seen: cells with clear_output(), with an update of a display, or with an ipywidgets.Output fail.
#   nbconvert keeps what a notebook shows at the end; nbval compares with what the kernel sent on the
#   way: lines that were cleared since, the display as it was first, and what an Output has caught.
# Who feels it: progress shown in place, a number that is brought up to date, and any cell that sends
#   what it prints to a panel of widgets. Such cells need NBVAL_IGNORE_OUTPUT.
# Output:
#   cleared: kept '2', compared with '1 2'
#   updated: kept 'second', compared with 'first'
#   caught: kept 'after', compared with 'caught after'
#   3 failed, 1 passed
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nbval==0.11.0 pytest==9.2.0 nbconvert==7.17.2 nbclient==0.11.0 \
  ipykernel==7.4.0 ipywidgets==8.1.9
PATH="$folder/venv/bin:$PATH"
cd "$folder"
python - <<'PROGRAM'
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

CELLS = {
    "plain": "print('the same each time')",
    "cleared": """
from IPython.display import clear_output
print(1)
clear_output()
print(2)""",
    "updated": """
from IPython.display import display
shown = display("first", display_id=True)
shown.update("second")""",
    "caught": """
from ipywidgets import Output
with Output():
    print("caught")
print("after")""",
}
for name, code in CELLS.items():
    nbformat.write(new_notebook(cells=[new_code_cell(code.strip())]), f"{name}.ipynb")
PROGRAM
jupyter nbconvert --log-level ERROR --to notebook --execute --inplace ./*.ipynb
pytest -p no:cacheprovider --color=no --nbval ./*.ipynb > compared || true
python - > seen <<'PROGRAM'
import re

compared = open("compared").read()
for name in ("cleared", "updated", "caught"):
    part = compared.split(f"{name}.ipynb::Cell 0 _", 1)[1]
    kept, sent = re.search(r"\n  (['\"].*['\"]) == (['\"].*['\"])\n", part).groups()
    words = [" ".join(re.findall("[a-z]+|[0-9]", text.replace("\\n", " "))) for text in (kept, sent)]
    print(f"{name}: kept '{words[0]}', compared with '{words[1]}'")
print(re.search(r"\d+ failed, \d+ passed", compared)[0])
PROGRAM
cat seen
cat > expected <<'EXPECTED'
cleared: kept '2', compared with '1 2'
updated: kept 'second', compared with 'first'
caught: kept 'after', compared with 'caught after'
3 failed, 1 passed
EXPECTED
diff expected seen
