#!/bin/sh
# What a page gets for NaN depends on whether orjson happens to be installed in the kernel.
#
# Versions: jupyter_client 8.10.0, orjson 3.13.0, Python 3.11.
# Guess before: a kernel sends NaN as it always did, as the text "nan" and with a warning, and a faster
#   packer of messages changes their speed alone.
# Seen: with orjson in the environment NaN and infinity are null, and nobody is warned. Yet a message
#   that orjson refuses, as for a dictionary whose keys are numbers, is packed the old way, and the
#   same NaN in it is text again. A page may get all three from one kernel: a number, a text, nothing.
# Who feels it: widgets that send losses as plain numbers: `Number(value)` is NaN of "nan", and 0 of null:
#   a training that has left for good is drawn at the loss 0, on some machines.
# Output:
#   without orjson  {"loss": NaN}                 {"loss": "nan"}                  a warning
#   without orjson  {"loss": NaN, "at": {1: 0.5}} {"loss": "nan", "at": {1: 0.5}}  a warning
#   with orjson     {"loss": NaN}                 {"loss": null}                   no warning
#   with orjson     {"loss": NaN, "at": {1: 0.5}} {"loss": "nan", "at": {1: 0.5}}  a warning
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/pack.py" <<'PROGRAM'
import json
import sys
import warnings

from jupyter_client.session import Session

for more, shown in (({}, ""), ({"at": {1: 0.5}}, ', "at": {1: 0.5}')):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        packed = Session().pack({"loss": float("nan"), **more})
    loss = json.dumps(json.loads(packed)["loss"])
    sent, got = (f'{{"loss": {value}{shown}}}' for value in ("NaN", loss))
    print(f"{sys.argv[1]:<15} {sent:<29} {got:<32} {'a' if caught else 'no'} warning")
PROGRAM
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jupyter_client==8.10.0
"$folder/venv/bin/python" "$folder/pack.py" "without orjson" > "$folder/seen"
"$folder/venv/bin/pip" install --quiet orjson==3.13.0
"$folder/venv/bin/python" "$folder/pack.py" "with orjson" >> "$folder/seen"
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
without orjson  {"loss": NaN}                 {"loss": "nan"}                  a warning
without orjson  {"loss": NaN, "at": {1: 0.5}} {"loss": "nan", "at": {1: 0.5}}  a warning
with orjson     {"loss": NaN}                 {"loss": null}                   no warning
with orjson     {"loss": NaN, "at": {1: 0.5}} {"loss": "nan", "at": {1: 0.5}}  a warning
EXPECTED
diff "$folder/expected" "$folder/seen"
