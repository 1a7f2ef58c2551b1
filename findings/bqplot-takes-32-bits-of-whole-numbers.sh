#!/bin/sh
# bqplot draws whole numbers from 2,147,483,648 on as other numbers, many of them negative.
#
# Versions: bqplot 0.13.1, numpy 2.4.6, Python 3.11.
# Guess before: JavaScript's numbers hold whole numbers up to nine quadrillions, so these are sent as such,
#   as dates are, which are milliseconds.
# Seen: NumPy's usual whole numbers, of 64 bits, are cut to 32, and nothing is raised or warned: 3 billions
#   are sent as -1,294,967,296, and a time in milliseconds as -807,049,216. As floats they arrive.
# Who feels it: milliseconds since 1970, inhabitants, bytes, money: columns that are whole numbers in every
#   table. A line that rises falls below zero on its way.
# Output (what a page gets):
#   of whole numbers           of the same as floats
#         2147483647                      2147483647
#        -2147483648                      2147483648
#        -1294967296                      3000000000
#         -589934592                      8000000000
#         -807049216                   1700000000000
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet bqplot==0.13.1 numpy==2.4.6
"$folder/venv/bin/python" - > "$folder/seen" <<'PROGRAM'
import numpy as np
from bqplot import LinearScale, Lines

NUMBERS = np.array([2147483647, 2147483648, 3_000_000_000, 8_000_000_000, 1_700_000_000_000])


def sent(numbers):
    """The numbers in the message that bqplot makes for a page."""
    lines = Lines(x=np.arange(5.0), y=numbers, scales={"x": LinearScale(), "y": LinearScale()})
    message = lines.get_state("y")["y"]
    return np.frombuffer(message["value"], message["dtype"])


print("of whole numbers           of the same as floats")
for whole, same in zip(sent(NUMBERS), sent(NUMBERS.astype(float)), strict=True):
    print(f"{whole:>16d} {same:>31.0f}")
PROGRAM
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
of whole numbers           of the same as floats
      2147483647                      2147483647
     -2147483648                      2147483648
     -1294967296                      3000000000
      -589934592                      8000000000
      -807049216                   1700000000000
EXPECTED
diff "$folder/expected" "$folder/seen"
