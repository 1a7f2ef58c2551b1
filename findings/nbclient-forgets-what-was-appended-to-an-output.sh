#!/bin/sh
# In a notebook that nbclient executes, a print into an Output takes away what was appended to it.
#
# Versions: nbclient 0.11.0, nbformat 5.11.1, ipykernel 7.4.0, ipywidgets 8.1.9, Python 3.11.
# Guess before: out.append_stdout(...) and `with out: print(...)` both add to what is there, in a page as
#   in the state of widgets that nbclient keeps, and nbconvert with it.
# Seen: where a cell appends and then prints, JupyterLab 4.6.6 shows both lines. nbclient keeps what was
#   printed alone, of one cell and of two. The other way round it keeps both of two cells, and of one what
#   was appended. Nothing is raised.
# Why: nbclient adds what is printed to a list of its own, in which nothing is that the kernel appended; and
#   while a cell runs, the kernel does not hear of what was printed.
# Who feels it: a training that appends a summary or a chart to the Output that its losses are printed
#   into, on pages made of executed notebooks.
# Output:
#   appends, then prints, in one cell:   kept 'printed'
#   appends, then prints, in two cells:  kept 'printed'
#   prints, then appends, in one cell:   kept 'appended'
#   prints, then appends, in two cells:  kept 'printed appended'
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet nbclient==0.11.0 nbformat==5.11.1 ipykernel==7.4.0 ipywidgets==8.1.9
"$folder/venv/bin/python" - > "$folder/seen" 2> "$folder/log" <<'PROGRAM' || { cat "$folder/log"; exit 1; }
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

OUTPUT = "from ipywidgets import Output\nout = Output()"
PRINT = "with out:\n    print('printed')"
APPEND = "out.append_stdout('appended ')"
NEXT_LINE = "\n"


def kept(*cells):
    """The text in the Output of a notebook of those cells, executed."""
    notebook = new_notebook(cells=[new_code_cell(code) for code in cells])
    NotebookClient(notebook, kernel_name="python3", store_widget_state=True).execute()
    widgets = notebook.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    (output,) = (w["state"] for w in widgets.values() if w["model_name"] == "OutputModel")
    return " ".join("".join(part["text"] for part in output["outputs"]).split())


for order, first, second in (
    ("appends, then prints", APPEND, PRINT),
    ("prints, then appends", PRINT, APPEND),
):
    print(f"{order}, in one cell:   kept '{kept(OUTPUT, first + NEXT_LINE + second)}'")
    print(f"{order}, in two cells:  kept '{kept(OUTPUT, first, second)}'")
PROGRAM
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
appends, then prints, in one cell:   kept 'printed'
appends, then prints, in two cells:  kept 'printed'
prints, then appends, in one cell:   kept 'appended'
prints, then appends, in two cells:  kept 'printed appended'
EXPECTED
diff "$folder/expected" "$folder/seen"
