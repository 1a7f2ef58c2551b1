#!/bin/sh
# In bqplot, two lines of one point each are one line of two points.
#
# Versions: bqplot 0.13.1, numpy 2.4.6, Python 3.11.
# Guess before: Lines(y=...) takes an array of shape (lines, points), so one of shape (2, 1) is two
#   lines that have a point each, as one of shape (2, 2) is two lines of two.
# Seen: every axis of length 1 is taken away when y is set. Of shape (2, 1) there is one line left, of
#   two points; and with the second point of each it is two lines, as it should be.
# Who feels it: curves that grow as something runs, as the losses of several runs do. At the first
#   number of each, one curve leads from run to run. A Lines mark for each curve avoids it.
# Output:
#   y of shape (2, 1) becomes (2,)
#   y of shape (2, 2) becomes (2, 2)
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet bqplot==0.13.1 numpy==2.4.6
"$folder/venv/bin/python" - > "$folder/seen" <<'PROGRAM'
import numpy as np
from bqplot import Lines, LinearScale

losses = np.array([[9.0, 4.0], [7.0, 1.0]])  # of two runs, as they come in
for n_steps in (1, 2):
    so_far = losses[:, :n_steps]
    lines = Lines(x=np.arange(n_steps), y=so_far, scales={"x": LinearScale(), "y": LinearScale()})
    print(f"y of shape {so_far.shape} becomes {lines.y.shape}")
PROGRAM
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
y of shape (2, 1) becomes (2,)
y of shape (2, 2) becomes (2, 2)
EXPECTED
diff "$folder/expected" "$folder/seen"
