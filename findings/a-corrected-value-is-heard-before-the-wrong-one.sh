#!/bin/sh
# An observer that corrects a value makes the observers after it hear the wrong value last.
#
# Versions: ipywidgets 8.1.9, traitlets 5.16.1, Python 3.11.
# Guess before: where an observer sets a rate of 7 back to 1, a dlink() leaves both fields at 1, whichever
#   of the two was made first.
# Seen: so it is where the dlink is older than the observer. Where it is younger, it hears of 1 first, then
#   of 7: the field shows 7, for good, the rate is 1, and nothing is raised. link() does the same and
#   raises "Broken link". A correction by @validate, before anybody hears, has none of it.
# Why: the correction tells everybody at once, while the news of the 7 is still on its way through the list.
# Who feels it: fields that round or limit what is typed, and a second field, a label or a chart that is
#   fed by change["new"]. Those that ask the widget for its value, instead, show 1.
# Output:
#   dlink, then correction   heard 7 1   rate 1.0  field 1.0
#   correction, then dlink   heard 1 7   rate 1.0  field 7.0
#   correction, then link    heard 1 7   rate 1.0  field 7.0  TraitError
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet ipywidgets==8.1.9 traitlets==5.16.1
"$folder/venv/bin/python" - > "$folder/seen" <<'PROGRAM'
from ipywidgets import FloatText, dlink, link
from traitlets import TraitError


def seen(name, join, correction_first):
    rate, field, heard = FloatText(), FloatText(), []

    def correct(change):
        rate.value = min(rate.value, 1)

    def listen():
        rate.observe(lambda change: heard.append(f"{change['new']:g}"), "value")
        join((rate, "value"), (field, "value"))

    if correction_first:
        rate.observe(correct, "value")
        listen()
    else:
        listen()
        rate.observe(correct, "value")
    told = ""
    try:
        rate.value = 7
    except TraitError:
        told = "  TraitError"
    print(f"{name:<24} heard {' '.join(heard)}   rate {rate.value}  field {field.value}{told}")


seen("dlink, then correction", dlink, correction_first=False)
seen("correction, then dlink", dlink, correction_first=True)
seen("correction, then link", link, correction_first=True)
PROGRAM
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
dlink, then correction   heard 7 1   rate 1.0  field 1.0
correction, then dlink   heard 1 7   rate 1.0  field 7.0
correction, then link    heard 1 7   rate 1.0  field 7.0  TraitError
EXPECTED
diff "$folder/expected" "$folder/seen"
