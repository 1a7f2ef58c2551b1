#!/bin/sh
# Two linked number fields raise "Broken link" as soon as a value is NaN.
#
# Versions: ipywidgets 8.1.9, traitlets 5.16.1, Python 3.11.
# Guess before: link() gives the other widget whatever number comes, infinity and NaN too.
# Seen: inf passes. NaN raises TraitError from the line that assigned it, and says that the source
#   changed meanwhile, which it did not: a link asks whether both values are equal, and NaN equals
#   nothing. Both have the NaN by then, and the next number passes again. dlink(), which goes one
#   way, raises nothing.
# Who feels it: whoever links the loss of a training to a field: that of a rate too large ends as NaN,
#   and the training stops with an error about links.
# Output:
#   link   3.0: 3.0 3.0
#   link   inf: inf inf
#   link   nan: TraitError, the source value changed while updating the target; nan nan
#   link   2.0: 2.0 2.0
#   dlink  nan: nan nan
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet ipywidgets==8.1.9 traitlets==5.16.1
"$folder/venv/bin/python" - > "$folder/seen" <<'PROGRAM'
from ipywidgets import FloatText, dlink, link
from traitlets import TraitError

for name, join, values in (
    ("link", link, ("3.0", "inf", "nan", "2.0")),
    ("dlink", dlink, ("nan",)),
):
    loss, field = FloatText(), FloatText()
    join((loss, "value"), (field, "value"))
    for value in values:
        told = ""
        try:
            loss.value = float(value)
        except TraitError as error:
            told = f"TraitError, {str(error).partition(': ')[2].rstrip('.')}; "
        print(f"{name:<6} {value}: {told}{loss.value} {field.value}")
PROGRAM
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
link   3.0: 3.0 3.0
link   inf: inf inf
link   nan: TraitError, the source value changed while updating the target; nan nan
link   2.0: 2.0 2.0
dlink  nan: nan nan
EXPECTED
diff "$folder/expected" "$folder/seen"
